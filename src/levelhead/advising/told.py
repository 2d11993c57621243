"""Told: what the customer's latest words say outright, found by the pack's words beside the reader."""

from collections.abc import Iterator
from re import Pattern

from levelhead.advising.circumstance import Circumstance
from levelhead.advising.history import Evidence, Line
from levelhead.advising.pack import Listening, Pack
from levelhead.conversation import Cue

# The label names the finding whose words, where the reader has any, are quoted as evidence.
Told = tuple[Pattern[str], Circumstance, str]


def told_in(now: Line, pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """Every circumstance that this customer turn states in so many words."""
    for pattern, name, label in (*_of_the_case(pack.listening), *_of_the_talk(pack.listening)):
        found = pattern.search(now.turn.text)
        if found is not None:
            yield name, Evidence(now, label, found.span())


def _of_the_case(words: Listening) -> tuple[Told, ...]:
    return (
        (words.asks_when, Circumstance.ASKS_WHEN, Cue.ASKS_QUESTION),
        (words.asks_who, Circumstance.ASKS_WHO, Cue.ASKS_QUESTION),
        (words.deadline, Circumstance.DEADLINE_TOLD, Cue.DEADLINE),
        (words.contact_told, Circumstance.CONTACT_TOLD, Cue.REPEAT_CONTACT),
        (words.effort, Circumstance.EFFORT_TOLD, Cue.REPEAT_CONTACT),
        (words.not_come, Circumstance.NOT_COME, Cue.STILL_UNRESOLVED),
        (words.broken_promise, Circumstance.BROKEN_PROMISE_TOLD, Cue.REPEAT_CONTACT),
        (words.wish, Circumstance.WISH_TOLD, Cue.REJECTS_OFFER),
        (words.agrees, Circumstance.AGREED, Cue.ACCEPTS_OFFER),
        (words.medicine, Circumstance.MEDICINE_TOLD, Cue.VULNERABLE),
        (words.demand, Circumstance.DEMAND_TOLD, Cue.GIVES_DETAILS),
        (words.health, Circumstance.HEALTH_TOLD, Cue.VULNERABLE),
        (words.hardship, Circumstance.HARDSHIP_TOLD, Cue.VULNERABLE),
        (words.hardship_plain, Circumstance.HARDSHIP_PLAIN, Cue.VULNERABLE),
    )


def _of_the_talk(words: Listening) -> tuple[Told, ...]:
    return (
        (words.corrects, Circumstance.CORRECTS, Cue.GIVES_DETAILS),
        (words.not_understood, Circumstance.NOT_UNDERSTOOD, Cue.ASKS_QUESTION),
        (words.asks_slower, Circumstance.ASKS_SLOWER, ""),
        (words.not_heard, Circumstance.NOT_HEARD, Cue.REPEAT_CONTACT),
        (words.other_way, Circumstance.ASKS_OTHER_WAY, Cue.ASKS_QUESTION),
        (words.fear, Circumstance.FEAR_TOLD, Cue.ASKS_QUESTION),
        (words.says_sorry, Circumstance.SAYS_SORRY, ""),
        (words.disbelieved, Circumstance.DISBELIEVED, ""),
    )
