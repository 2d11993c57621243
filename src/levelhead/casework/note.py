"""The note of a conversation, drafted from its readings: only what was said, each line with the turns it comes from.

Nothing is put into words that nobody used: lines are quotations of whole sentences, numbers as they were given, and
promises as they stand in the ledger; no label says of a quotation what it did. What the readings do not surely show is
left out, so that an agent adds a line sooner than strikes one. How well somebody did is in none of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.note_pledges import Pledge, pledges
from levelhead.casework.numbers_given import numbers_given
from levelhead.casework.promise import OPEN, Promised
from levelhead.casework.quoting import Quote, held, without_handle
from levelhead.casework.retold import Passage, retold
from levelhead.casework.who_answered import introduced
from levelhead.conversation import Abuse, Cue, Emotion, Fact, Heard, Speaker, Timeline


class Outcome(StrEnum):
    """How it stood when the conversation ended, as far as anybody said so."""

    SOLVED = "solved"
    AGREED = "agreed"
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
class Drafted:
    """A note before anybody has looked at it.

    `issue` and `cause` are names of the glossary, None while not clear. `passages` are what was said, in order; `by`
    how those who answered gave their names. `outcome_words` say how it stands, where they said so among their last.
    `threats` and `lewd` are turns that are named and not quoted. `course` is how it went, first and last, where both
    are sure.
    """

    issue: str | None = None
    cause: str | None = None
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    promises: tuple[Pledge, ...] = ()
    by: tuple[Quote, ...] = ()
    threats: tuple[int, ...] = ()
    lewd: tuple[int, ...] = ()
    outcome: Outcome = Outcome.UNSAID
    outcome_words: Quote | None = None
    course: tuple[Mood, ...] = ()


def drafted(timeline: Timeline, promises: tuple[Item[Promised], ...] = ()) -> Drafted:
    """The note of a conversation so far; `promises` are its items of the ledger."""
    promised_in = tuple(pledges(timeline, promises))
    outcome, words = _outcome(timeline, promises)
    promised = [pledge.words for pledge in promised_in if pledge.words]
    passages = retold(timeline)
    quoted = [*promised, *(quote for passage in passages for quote in passage.quotes)]
    return Drafted(
        issue=_latest(heard.reading.issue.name for heard in timeline if heard.reading.issue),
        cause=_latest(heard.reading.cause.name for heard in timeline if heard.reading.cause),
        passages=passages,
        facts=tuple(fact for fact in numbers_given(timeline) if not _is_quoted(fact, quoted)),
        promises=promised_in,
        by=introduced(timeline),
        threats=_turns_of(timeline, Abuse.THREAT),
        lewd=_turns_of(timeline, Abuse.SEXUAL),
        outcome=outcome,
        outcome_words=words,
        course=_course(timeline),
    )


def _is_quoted(fact: Fact, quotes: list[Quote]) -> bool:
    """Whether it stands in what is quoted already, digit for digit."""
    bare = _BESIDE.sub("", fact.value).casefold()
    return any(bare in _BESIDE.sub("", quote.words).casefold() for quote in quotes)


_BESIDE = re.compile(r"[\W_]")


def _latest(names: Iterator[str]) -> str | None:
    return next(reversed(tuple(names)), None)


def _turns_of(timeline: Timeline, abuse: Abuse) -> tuple[int, ...]:
    return tuple(
        heard.turn.n
        for heard in timeline
        if heard.reading.of_customer is not None and heard.reading.of_customer.abuse is abuse
    )


def _outcome(timeline: Timeline, promises: tuple[Item[Promised], ...]) -> tuple[Outcome, Quote | None]:
    """What a customer said of it among their last turns; nothing where they did not, or where promises still stand."""
    stands = any(item.state in OPEN for item in promises)
    theirs_last = [heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER][-_RECENT:]
    for heard in reversed(theirs_last):
        for cue, outcome in _ENDS:
            sure = any(signal.kind == cue and signal.p >= _SURE_OF_END for signal in heard.reading.signals)
            if not sure or _abuses(heard):
                continue
            if outcome is Outcome.SOLVED and stands:
                return Outcome.UNSAID, None
            if outcome is Outcome.NOT_SOLVED and heard is not theirs_last[-1]:
                return Outcome.UNSAID, None  # Something was said since.
            return outcome, Quote(heard.turn.n, held(without_handle(heard.turn.text), _MOST))
    return Outcome.UNSAID, None


_RECENT, _MOST = 2, 170  # Turns of the customer; characters of what they said.
_SURE, _SURE_OF_END = 0.7, 0.8
_ENDS: Final = ((Cue.STILL_UNRESOLVED, Outcome.NOT_SOLVED), (Cue.CONFIRMS_RESOLVED, Outcome.SOLVED))


def _abuses(heard: Heard) -> bool:
    shown = heard.reading.of_customer
    return shown is not None and shown.abuse not in (Abuse.NONE, Abuse.PROFANITY)


def _course(timeline: Timeline) -> tuple[Mood, ...]:
    """Angry or frustrated at first and calm at the end, where both are sure; else nothing."""
    shown = [(heard.turn.n, heard.reading.of_customer) for heard in timeline if heard.reading.of_customer]
    if len(shown) <= 1:
        return ()
    (n, first), (m, last) = shown[0], shown[-1]
    sure = all(one.emotion_p.get(one.emotion, 0.0) >= _SURE for one in (first, last))
    if not sure or first.emotion not in _HOT or last.emotion not in _CALM:
        return ()
    return Mood(n, first.emotion, first.intensity), Mood(m, Emotion.NEUTRAL, 0)


_HOT: Final = frozenset({Emotion.ANGRY, Emotion.FRUSTRATED})
_CALM: Final = frozenset({Emotion.NEUTRAL, Emotion.SATISFIED})
