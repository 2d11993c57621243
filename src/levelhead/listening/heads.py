"""Heads: from the network's logits to calibrated probabilities and the one label that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Abuse, AgentReading, Cue, CustomerReading, Emotion, Fault, Move
from levelhead.listening.patterns import NOTHING, Ruled

_Label = TypeVar("_Label", Emotion, Abuse)
MILDER = frozenset({Abuse.NONE, Abuse.PROFANITY, Abuse.INSULT})
"""What a threat found by rule stands above; the worst abuse in a turn is the one that is named."""
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
        p_cues[Cue(match.label)] = max(p_cues[Cue(match.label)], RULE_P)
    abuse = Abuse(abuses.labels[abuses.chosen(p["abuse"])])
    p_abuse = {Abuse(label): value for label, value in zip(abuses.labels, p["abuse"], strict=True)}
    if ruled.threat and abuse in MILDER:
        abuse, p_abuse = Abuse.THREAT, _sure_of(Abuse.THREAT, p_abuse, RULE_P)
    intensity = heads["intensity"].chosen(p["intensity"])
    p_emotion = {Emotion(label): value for label, value in zip(emotions.labels, p["emotion"], strict=True)}
    if ruled.feeling:
        emotion, intensity = ruled.feeling.emotion, max(ruled.feeling.intensity, intensity)
        p_emotion = _sure_of(emotion, p_emotion, DECLARED_P)
    return CustomerReading(
        emotion=emotion,
        emotion_p=p_emotion,
        intensity=0 if emotion is Emotion.NEUTRAL else max(1, intensity),
        cues=p_cues,
        abuse=abuse,
        abuse_p=p_abuse,
    )


def _sure_of(label: _Label, p: dict[_Label, float], at_least: float) -> dict[_Label, float]:
    """At least this much for the label that a rule found, the others in proportion; they still add up to 1."""
    if p[label] >= at_least:
        return p
    rest = (1.0 - at_least) / (1.0 - p[label])
    return {one: at_least if one == label else value * rest for one, value in p.items()}


def agent_reading(heads: Mapping[str, Head], p: Mapping[str, tuple[float, ...]]) -> AgentReading:
    """What an agent turn did, calibrated."""
    moves, faults = heads["moves"], heads["faults"]
    return AgentReading(
        moves={Move(label): value for label, value in zip(moves.labels, p["moves"], strict=True)},
        faults={Fault(label): value for label, value in zip(faults.labels, p["faults"], strict=True)},
    )
