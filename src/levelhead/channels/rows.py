"""What was heard as one flat JSON row: the form that `levelhead read` and the API both speak."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from levelhead.conversation import (
    Abuse,
    Advice,
    AgentReading,
    Card,
    Cue,
    CustomerReading,
    Emotion,
    Fault,
    Heard,
    Likely,
    Move,
    Outlook,
    Promise,
    Reading,
    Speaker,
    Step,
    StepState,
)

Row = dict[str, object]
_Label = TypeVar("_Label", bound=StrEnum)


UNREAD = CustomerReading(
    emotion=Emotion.NEUTRAL,
    emotion_p={emotion: float(emotion is Emotion.NEUTRAL) for emotion in Emotion},
    intensity=0,
    cues=dict.fromkeys(Cue, 0.0),
    abuse=Abuse.NONE,
    abuse_p={abuse: float(abuse is Abuse.NONE) for abuse in Abuse},
)
"""A customer turn that could not be read counts as neutral in a row; its `readable` says that this is no finding."""

NOTHING_DONE = AgentReading(moves=dict.fromkeys(Move, 0.0), faults=dict.fromkeys(Fault, 0.0))


def row_of(heard: Heard) -> Row:
    """The row of one turn, ready for JSON; the keys and their order are the public contract (docs/api.md)."""
    turn, reading, advice = heard.turn, heard.reading, heard.advice
    return {
        "conversation": turn.conversation,
        "n": turn.n,
        "speaker": turn.speaker.value,
        "language": reading.language,
        "readable": reading.readable,
        **_of_customer(reading.of_customer or (UNREAD if turn.speaker is Speaker.CUSTOMER else None)),
        **_of_agent(reading.of_agent or (None if turn.speaker is Speaker.CUSTOMER else NOTHING_DONE)),
        "fired": list(reading.fired),
        "outlook": _outlook(reading.outlook) if turn.speaker is Speaker.CUSTOMER else None,
        **_of_advice(advice),
        **_of_words(reading),
        "cause": _likely(reading.cause),
        "issue": _likely(reading.issue),
    }


def _of_customer(reading: CustomerReading | None) -> Row:
    if reading is None:
        return dict.fromkeys(("emotion", "emotion_p", "intensity", "cues", "abuse", "abuse_p"))
    return {
        "emotion": reading.emotion.value,
        "emotion_p": _rounded(reading.emotion_p),
        "intensity": reading.intensity,
        "cues": _rounded(reading.cues),
        "abuse": reading.abuse.value,
        "abuse_p": _rounded(reading.abuse_p),
    }


def _of_agent(reading: AgentReading | None) -> Row:
    if reading is None:
        return dict.fromkeys(("moves", "faults"))
    return {"moves": _rounded(reading.moves), "faults": _rounded(reading.faults)}


def _outlook(outlook: Outlook | None) -> Row | None:
    """The forecasts that are shown; None when none is."""
    if outlook is None:
        return None
    shown = {
        "asks_supervisor": _probability(outlook.asks_supervisor),
        "ends_dissatisfied": _probability(outlook.ends_dissatisfied),
        "csat": None if outlook.csat is None else round(outlook.csat, 2),
    }
    return None if all(value is None for value in shown.values()) else {**shown}


def _of_advice(advice: Advice) -> Row:
    return {
        "steps": {step.value: advice.steps.get(step, StepState.IDLE).value for step in Step},
        "card": _card(advice.card) if advice.card else None,
        "quiet_because": advice.quiet_because,
    }


def _card(card: Card) -> Row:
    because = [{"turn": reason.turn, "words": reason.words, "rule": reason.rule} for reason in card.because]
    return {"kind": card.kind.value, "title": card.title, "say": card.say, "because": because}


def _of_words(reading: Reading) -> Row:
    return {
        "promises": [_promise(promise) for promise in reading.promises],
        "facts": [{"kind": fact.kind.value, "value": fact.value, "span": list(fact.span)} for fact in reading.facts],
        "signals": [
            {"kind": signal.kind, "p": _probability(signal.p), "spans": [list(span) for span in signal.spans]}
            for signal in reading.signals
        ],
    }


def _likely(likely: Likely | None) -> Row | None:
    return likely and {"name": likely.name, "p": _probability(likely.p)}


def _promise(promise: Promise) -> Row:
    # Local time without offset, as the corpus writes it: `due` is already in the conversation's zone.
    due = promise.due and promise.due.replace(tzinfo=None).isoformat(timespec="seconds")
    return {
        "who": promise.who,
        "action": promise.action,
        "due_text": promise.due_text,
        "due": due,
        "due_kind": promise.due_kind.value,
    }


def _rounded(probabilities: Mapping[_Label, float]) -> dict[str, float | None]:
    return {label.value: _probability(p) for label, p in probabilities.items()}


def _probability(p: float | None) -> float | None:
    return None if p is None else round(float(p), 4)
