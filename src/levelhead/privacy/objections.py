"""Objections: a customer disputes or corrects a label, and what they say is shown instead of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from levelhead.conversation import Abuse, Cue, Emotion, Reading, Signal

ABUSE, EMOTION = frozenset(Abuse), frozenset(Emotion)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a customer said of one label of one turn: it is disputed, or `instead` is right. Who wrote it down, when."""

    n: int
    label: str
    instead: str | None
    noted_by: str
    at: datetime


class NotALabel(ValueError):
    """A label that no customer turn can show."""


def check_label(label: str) -> str:
    """The label, where it is one that is read of customers. Raises NotALabel."""
    if label not in {*Emotion, *Cue, *Abuse}:
        raise NotALabel(f"{label!r} is no label that is read of a customer")
    return label


def as_marked(reading: Reading, marks: Iterable[Mark]) -> Reading:
    """The reading to be shown: a disputed label is gone, a corrected one has given way; the last mark stands."""
    standing = {mark.label: mark for mark in marks}
    if not standing or reading.of_customer is None:
        return reading
    of_customer = reading.of_customer
    emotion, abuse = standing.get(of_customer.emotion), standing.get(of_customer.abuse)
    if emotion:
        felt = Emotion(emotion.instead) if emotion.instead in EMOTION else Emotion.NEUTRAL
        of_customer = replace(of_customer, emotion=felt, intensity=0, emotion_p={felt: 1.0})
    if abuse:
        said = Abuse(abuse.instead) if abuse.instead in ABUSE else Abuse.NONE
        of_customer = replace(of_customer, abuse=said, abuse_p={said: 1.0})
    of_customer = replace(of_customer, cues={cue: p for cue, p in of_customer.cues.items() if cue not in standing})
    signals = tuple(_signals(reading.signals, standing))
    return replace(reading, of_customer=of_customer, signals=signals, fired=tuple(one.kind for one in signals))


def _signals(signals: Iterable[Signal], standing: dict[str, Mark]) -> Iterator[Signal]:
    """What somebody said about a label is no finding of ours: it has no probability but theirs."""
    for signal in signals:
        mark = standing.get(signal.kind)
        if mark is None:
            yield signal
        elif mark.instead and mark.instead not in {Emotion.NEUTRAL, Abuse.NONE}:
            yield Signal(mark.instead, 1.0, signal.spans, rule=CORRECTED)


CORRECTED = "customer_said"
"""Stands for the rule of a signal that a customer has put right."""
