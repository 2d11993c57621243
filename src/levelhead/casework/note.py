"""The note of a conversation, drafted from its readings: only what was said, each line with the turns it comes from.

Nothing is put into words that nobody used: lines are quotations, facts as they were given, and promises as they stand
in the ledger. What the readings do not show is left out, so that an agent adds a line sooner than strikes one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.promise import Promised
from levelhead.casework.quoting import Quote, said_about, wanted
from levelhead.conversation import Cue, Emotion, Fact, FactKind, Move, Speaker, Timeline
from levelhead.listening.questions import open_questions

_MOST_DONE = 4


class Outcome(StrEnum):
    """How it stood when the conversation ended, as far as anybody said so."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    PASSED_ON = "passed_on"
    ENDED_BY_US = "ended_by_us"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Mood:
    """What the customer's words expressed in turn `n`."""

    n: int
    emotion: Emotion
    intensity: int


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as the note names it; `due` is None where no time was given."""

    n: int | None
    action: str
    due: datetime | None
    due_text: str
    state: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A note before anybody has looked at it. `course` is how it went over time: first, strongest and last, each once.

    `issue` and `cause` are names of the glossary, None while not clear; `wanted` is what the customer came with, in
    their words; `done` what the agent did and offered, `outcome_words` what says how it ended.
    """

    issue: str | None
    cause: str | None
    wanted: Quote | None
    facts: tuple[Fact, ...]
    done: tuple[Quote, ...]
    promises: tuple[Pledge, ...]
    questions: tuple[Quote, ...]
    outcome: Outcome
    outcome_words: Quote | None
    course: tuple[Mood, ...]


def drafted(timeline: Timeline, promises: tuple[Item[Promised], ...] = ()) -> Drafted:
    """The note of a conversation so far; `promises` are its items of the ledger."""
    outcome, words = _outcome(timeline)
    return Drafted(
        issue=_latest(heard.reading.issue.name for heard in timeline if heard.reading.issue),
        cause=_latest(heard.reading.cause.name for heard in timeline if heard.reading.cause),
        wanted=wanted(timeline),
        facts=_facts(timeline),
        done=tuple(_done(timeline))[-_MOST_DONE:],
        promises=tuple(
            Pledge(item.body.n, item.body.action, item.due_at, item.body.due_text, item.state) for item in promises
        ),
        questions=tuple(Quote(n, question.text) for n, question in open_questions(timeline)),
        outcome=outcome,
        outcome_words=words,
        course=_course(timeline),
    )


def _latest(names: Iterator[str]) -> str | None:
    return next(reversed(tuple(names)), None)


def _facts(timeline: Timeline) -> tuple[Fact, ...]:
    first: dict[tuple[FactKind, str], Fact] = {}
    for heard in timeline:
        for fact in heard.reading.facts:
            first.setdefault((fact.kind, fact.value.casefold()), fact)
    return tuple(first.values())


def _done(timeline: Timeline) -> Iterator[Quote]:
    """What the agent did, offered or arranged: one sentence a turn, the one that the reading rests on."""
    for heard in timeline:
        if heard.turn.speaker is Speaker.CUSTOMER:
            continue
        label = next((label for label in _DEEDS if heard.reading.shows(label)), None)
        if label is not None:
            yield said_about(heard, label)


_DEEDS: Final = (Move.ACT, Move.OFFER_SOLUTION, Move.OFFER_CHOICE, Move.TRANSFER, Move.SIGNPOST_SUPPORT)


def _outcome(timeline: Timeline) -> tuple[Outcome, Quote | None]:
    """The last word on it: what the customer said last of its being solved counts more than what the agent did."""
    for heard in reversed(timeline):
        for label, outcome in _ENDS:
            if heard.reading.shows(label):
                return outcome, said_about(heard, label)
    return Outcome.UNSAID, None


_ENDS: Final = (
    (Cue.CONFIRMS_RESOLVED, Outcome.SOLVED),
    (Cue.STILL_UNRESOLVED, Outcome.NOT_SOLVED),
    (Move.TRANSFER, Outcome.PASSED_ON),
    (Move.END_CONTACT, Outcome.ENDED_BY_US),
)


def _course(timeline: Timeline) -> tuple[Mood, ...]:
    moods = [
        Mood(heard.turn.n, heard.reading.of_customer.emotion, heard.reading.of_customer.intensity)
        for heard in timeline
        if heard.reading.of_customer
    ]
    if not moods:
        return ()
    strongest = max(moods, key=lambda mood: mood.intensity)
    chosen = {mood.n: mood for mood in (moods[0], strongest, moods[-1])}
    in_order = [chosen[n] for n in sorted(chosen)]
    same = zip(in_order, [None, *in_order[:-1]], strict=True)
    return tuple(mood for mood, before in same if before is None or mood.emotion is not before.emotion)
