"""Objections: a customer disputes or corrects a label, and what they say is shown instead of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from levelhead.conversation import Abuse, Cue, Emotion, Reading, Signal

ABUSE, EMOTION = frozenset(Abuse), frozenset(Emotion)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a customer said of one label of one turn: it is disputed, or `instead` is right. Who wrote it down, when.

    Where `instead` is the label itself, an objection was taken back.
    """

    n: int
    label: str
    instead: str | None
    noted_by: str
    at: datetime


class NotALabel(ValueError):
    """A label that no customer turn can show."""


def alternatives(label: str) -> tuple[str, ...]:
    """What else could have been read: the labels of the same kind, the label itself among them. Raises NotALabel."""
    kind = next(kind for kind in (Emotion, Cue, Abuse) if check_label(label) in frozenset(kind))
    return tuple(map(str, kind))


def check_label(label: str) -> str:
    """The label, where it is one that is read of customers. Raises NotALabel."""
    if label not in {*Emotion, *Cue, *Abuse}:
        raise NotALabel(f"{label!r} is no label that is read of a customer")
    return label


def standing(marks: Iterable[Mark]) -> dict[str, Mark]:
    """What stands of each label that was read: the last mark on it; none where that one took the objection back."""
    last = {mark.label: mark for mark in marks}
    return {label: mark for label, mark in last.items() if mark.instead != label}


def label_read(label: str, marks: Iterable[Mark]) -> str:
    """The label that was read where `label` is shown now: what an objection to a corrected label is about."""
    return next((mark.label for mark in standing(marks).values() if mark.instead == label), label)


def feeling_is_disputed(marks: Iterable[Mark]) -> bool:
    """Whether the customer does not feel as was read, and has not said how they do."""
    return any(mark.label in EMOTION and mark.instead is None for mark in standing(marks).values())


def as_marked(reading: Reading, marks: Iterable[Mark]) -> Reading:
    """The reading to be shown: a disputed label is gone, a corrected one has given way; the last mark stands."""
    marked = standing(marks)
    if not marked or reading.of_customer is None:
        return reading
    of_customer = reading.of_customer
    emotion, abuse = marked.get(of_customer.emotion), marked.get(of_customer.abuse)
    if emotion:
        felt = Emotion(emotion.instead) if emotion.instead in EMOTION else Emotion.NEUTRAL
        emotion_p = {one: float(one is felt) for one in Emotion}
        of_customer = replace(of_customer, emotion=felt, intensity=0, emotion_p=emotion_p)
    if abuse:
        said = Abuse(abuse.instead) if abuse.instead in ABUSE else Abuse.NONE
        of_customer = replace(of_customer, abuse=said, abuse_p={one: float(one is said) for one in Abuse})
    of_customer = replace(of_customer, cues=_cues(of_customer.cues, marked))
    signals = tuple(_signals(reading.signals, marked))
    return replace(reading, of_customer=of_customer, signals=signals, fired=tuple(one.kind for one in signals))


def _cues(cues: Mapping[Cue, float], marked: Mapping[str, Mark]) -> Mapping[Cue, float]:
    right = {mark.instead for mark in marked.values()}
    return {cue: 1.0 if cue in right else 0.0 if cue in marked else p for cue, p in cues.items()}


def _signals(signals: Iterable[Signal], marked: Mapping[str, Mark]) -> Iterator[Signal]:
    """What somebody said about a label is no finding of ours: it has no probability but theirs."""
    for signal in signals:
        mark = marked.get(signal.kind)
        if mark is None:
            yield signal
        elif mark.instead and mark.instead not in {Emotion.NEUTRAL, Abuse.NONE}:
            yield Signal(mark.instead, 1.0, signal.spans, rule=CORRECTED)


CORRECTED = "customer_said"
"""Stands for the rule of a signal that a customer has put right."""
