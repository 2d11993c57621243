"""Heads: from the network's logits to calibrated probabilities and the one label that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Abuse, AgentReading, Cue, CustomerReading, Emotion, Fault, Move
from levelhead.listening.patterns import NOTHING, Ruled

DECLARED_P = 0.85
"""What "I'm furious" is worth: a judgement, since too few training turns say it to measure."""
RULE_P = 0.97
"""What a rule's match is worth as a probability: the precision of the listed rules on training conversations."""


@dataclass(frozen=True, slots=True)
class Head:
    """One set of labels with its calibration: p = softmax or sigmoid of `scale * logit + bias`."""

    labels: tuple[str, ...]
    one_of: bool
    scale: NDArray[np.float64]
    bias: NDArray[np.float64]
    thresholds: tuple[float, ...]

    def probabilities(self, logits: NDArray[Any]) -> tuple[float, ...]:
        """Calibrated probabilities, in the order of `labels`."""
        z = logits.astype(np.float64) * self.scale + self.bias
        if self.one_of:
            e = np.exp(z - z.max())
            return tuple(float(p) for p in e / e.sum())
        return tuple(float(p) for p in 1.0 / (1.0 + np.exp(-z)))

    def chosen(self, p: Sequence[float]) -> int:
        """Of a one-of head: the label furthest over its threshold; the first label (neutral, none) when none is."""
        best = max(range(len(p)), key=lambda i: p[i] / self.thresholds[i])
        return best if p[best] >= self.thresholds[best] else 0


def head_of(told: Mapping[str, Any]) -> Head:
    """A head as the settings describe it."""
    return Head(
        labels=tuple(told["labels"]),
        one_of=told["one_of"],
        scale=np.array(told["scale"], dtype=np.float64),
        bias=np.array(told["bias"], dtype=np.float64),
        thresholds=tuple(told["thresholds"]),
    )


def customer_reading(
    heads: Mapping[str, Head], p: Mapping[str, tuple[float, ...]], ruled: Ruled = NOTHING
) -> CustomerReading:
    """The calibrated reading of a customer turn; `neutral` and `none` when unsure."""
    emotions, abuses, cues = heads["emotion"], heads["abuse"], heads["cues"]
    emotion = Emotion(emotions.labels[emotions.chosen(p["emotion"])])
    p_cues = {Cue(label): value for label, value in zip(cues.labels, p["cues"], strict=True)}
    for match in ruled.cues:
        p_cues[match.cue] = max(p_cues[match.cue], RULE_P)
    intensity = heads["intensity"].chosen(p["intensity"])
    p_emotion = {Emotion(label): value for label, value in zip(emotions.labels, p["emotion"], strict=True)}
    if ruled.feeling:
        emotion, intensity = ruled.feeling.emotion, max(ruled.feeling.intensity, intensity)
        p_emotion = _sure_of(emotion, p_emotion)
    return CustomerReading(
        emotion=emotion,
        emotion_p=p_emotion,
        intensity=0 if emotion is Emotion.NEUTRAL else max(1, intensity),
        cues=p_cues,
        abuse=Abuse(abuses.labels[abuses.chosen(p["abuse"])]),
        abuse_p={Abuse(label): value for label, value in zip(abuses.labels, p["abuse"], strict=True)},
    )


def _sure_of(emotion: Emotion, p: dict[Emotion, float]) -> dict[Emotion, float]:
    """At least DECLARED_P for the emotion that was named, the others in proportion; they still add up to 1."""
    if p[emotion] >= DECLARED_P:
        return p
    rest = (1.0 - DECLARED_P) / (1.0 - p[emotion])
    return {one: DECLARED_P if one is emotion else value * rest for one, value in p.items()}


def agent_reading(heads: Mapping[str, Head], p: Mapping[str, tuple[float, ...]]) -> AgentReading:
    """What an agent turn did, calibrated."""
    moves, faults = heads["moves"], heads["faults"]
    return AgentReading(
        moves={Move(label): value for label, value in zip(moves.labels, p["moves"], strict=True)},
        faults={Fault(label): value for label, value in zip(faults.labels, p["faults"], strict=True)},
    )
