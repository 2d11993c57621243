"""Readings as a perfect reader would give them, made from the labels of a corpus conversation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from levelhead.conversation import (
    Abuse,
    AgentReading,
    Cue,
    CustomerReading,
    DueKind,
    Emotion,
    Fault,
    Move,
    Promise,
    Reading,
    Signal,
    Span,
    Speaker,
    Turn,
)
from levelhead.listening.facts import facts_in

SURE, UNSURE = 0.97, 0.02
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
# Where a label shows itself: the first sentence with one of these is its evidence, else the whole turn.
_SHOWS: Mapping[str, re.Pattern[str]] = {
    label: re.compile(words, re.IGNORECASE)
    for label, words in {
        "repeat_contact": r"\b(again|already|second|third|fourth|twice|times|told|last week|still)\b",
        "asks_supervisor": r"\b(manager|supervisor|someone else|complaint|in charge|higher|boss)\b",
        "threatens_to_leave": r"\b(cancel|leav|switch|elsewhere|never again|done with|last time|moving to)",
        "threatens_exposure": r"\b(review|ombudsman|press|lawyer|solicitor|bbb|trading standards|twitter|court|regulator)",
        "deadline": r"\b(by|before|tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
        "vulnerable": r"\b(died|passed|hospital|ill|disab|wheelchair|cancer|baby|alone|funeral|laid off|medic|insulin)",
        "self_harm": r"\b(point|here any|around|wake up|better off|end it|not be)",
        "asks_question": r"\?|\b(what|when|how|why|can you|will)\b",
        "thanks": r"\b(thank|thanks|cheers|ta)\b",
        "insult": r"\b(idiot|moron|useless|stupid|clown|liar|thick|pathetic)",
        "profanity": r"\b(f\W*u?c?k|shit|bloody|damn|hell|wtf|crap|ass)",
        "threat": r"\b(find|come down|break|burn|smash|through the|windows?)\b",
    }.items()
}


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """One turn and its gold reading."""

    turn: Turn
    reading: Reading


def gold_turns(talk: Mapping[str, Any]) -> Iterator[LabelledTurn]:
    """The turns of a corpus conversation, each read by its labels."""
    started = talk.get("started_at")
    start = datetime.fromisoformat(started).replace(tzinfo=ZoneInfo(talk["zone"])) if started else None
    for row in talk["turns"]:
        turn = Turn(
            conversation=talk["id"],
            n=row["n"],
            speaker=Speaker(row["speaker"]),
            text=row["text"],
            channel=talk["channel"],
            locale=talk["locale"],
            at=row.get("at"),
            started_at=start,
            customer=talk.get("customer", {}).get("name"),
        )
        yield LabelledTurn(turn, _gold_reading(turn, row, talk))


def _gold_reading(turn: Turn, row: Mapping[str, Any], talk: Mapping[str, Any]) -> Reading:
    fired = _labels(row)
    spans = {label: _evidence(label, turn.text) for label in fired}
    of_customer = _customer(row) if turn.speaker is Speaker.CUSTOMER else None
    return Reading(
        language=turn.locale[:2],
        readable=True,
        of_customer=of_customer,
        of_agent=None if of_customer else _agent(row),
        fired=fired,
        signals=tuple(Signal(label, SURE, (span,)) for label, span in spans.items()),
        facts=facts_in(turn.text, turn.speaker, turn.locale),
        promises=tuple(_promises(turn, talk)),
        model="gold",
    )


def _labels(row: Mapping[str, Any]) -> tuple[str, ...]:
    if row["speaker"] != Speaker.CUSTOMER:
        return (*row.get("moves", ()), *row.get("faults", ()))
    emotion = () if row["emotion"] == Emotion.NEUTRAL else (row["emotion"],)
    abuse = () if row["abuse"] == Abuse.NONE else (row["abuse"],)
    return (*emotion, *row["cues"], *abuse)


def _evidence(label: str, text: str) -> Span:
    shows = _SHOWS.get(label)
    for sentence in _SENTENCE.finditer(text) if shows else ():
        if shows and shows.search(sentence[0]):
            return Span(sentence.start() + len(sentence[0]) - len(sentence[0].lstrip()), sentence.end())
    return Span(0, len(text))


def _customer(row: Mapping[str, Any]) -> CustomerReading:
    emotion, abuse = Emotion(row["emotion"]), Abuse(row["abuse"])
    return CustomerReading(
        emotion=emotion,
        emotion_p={label: SURE if label is emotion else UNSURE for label in Emotion},
        intensity=row["intensity"],
        cues={cue: SURE if cue in row["cues"] else UNSURE for cue in Cue},
        abuse=abuse,
        abuse_p={label: SURE if label is abuse else UNSURE for label in Abuse},
    )


def _agent(row: Mapping[str, Any]) -> AgentReading:
    return AgentReading(
        moves={move: SURE if move in row.get("moves", ()) else UNSURE for move in Move},
        faults={fault: SURE if fault in row.get("faults", ()) else UNSURE for fault in Fault},
    )


def _promises(turn: Turn, talk: Mapping[str, Any]) -> Iterator[Promise]:
    for promise in talk.get("promises") or ():
        if promise["turn"] != turn.n:
            continue
        zone = ZoneInfo(talk["zone"]) if talk.get("zone") else None
        due = datetime.fromisoformat(promise["due"]).replace(tzinfo=zone) if promise.get("due") and zone else None
        said = turn.text.find(promise["due_text"]) if promise["due_text"] else -1
        span = Span(said, said + len(promise["due_text"])) if said >= 0 else Span(0, len(turn.text))
        kind = DueKind(promise["due_kind"])
        yield Promise(promise.get("who", "agent"), promise["action"], promise["due_text"], due, kind, span)
