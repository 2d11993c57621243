"""The note of a conversation, drafted from its readings: only what was said, each line with the turns it comes from.

Nothing is put into words that nobody used: lines are quotations of whole sentences, numbers as they were given, and
promises as they stand in the ledger; no label says of a quotation what it did. What the readings do not surely show is
left out, so that an agent adds a line sooner than strikes one. How well somebody did is in none of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from levelhead.casework.deed_words import HOLDS
from levelhead.casework.deeds import MOST_SAID
from levelhead.casework.item import Item
from levelhead.casework.numbers_given import numbers_given
from levelhead.casework.our_words import introduced, ours
from levelhead.casework.promise import OPEN, Promised, PromiseState
from levelhead.casework.quoting import Quote, held, spans_of, without_handle
from levelhead.casework.their_words import last_words, said_in, theirs
from levelhead.conversation import (
    Abuse,
    Cue,
    DueKind,
    Emotion,
    Fact,
    FactKind,
    Heard,
    Move,
    Promise,
    Speaker,
    Timeline,
)
from levelhead.listening.clauses import clauses_of


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
class Pledge:
    """A promise as the note names it; `due` is None where no time was surely given. `words` is how it was said.

    Where no `clock` was named ("by Wednesday"), only its day is.
    """

    n: int | None
    action: str
    due: datetime | None
    due_text: str
    state: str
    words: Quote | None = None
    clock: bool = True


@dataclass(frozen=True, slots=True)
class Drafted:
    """A note before anybody has looked at it.

    `issue` and `cause` are names of the glossary, None while not clear. `theirs` and `ours` are what was said, in
    order; `by` how those who answered gave their names. `outcome_words` say how it stands, where a customer said so
    among their last; else `last` is what they said last. `threats` and `lewd` are turns that are named and not quoted.
    `course` is how it went, first and last, where both are sure.
    """

    issue: str | None = None
    cause: str | None = None
    theirs: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    ours: tuple[Quote, ...] = ()
    promises: tuple[Pledge, ...] = ()
    by: tuple[Quote, ...] = ()
    threats: tuple[int, ...] = ()
    lewd: tuple[int, ...] = ()
    outcome: Outcome = Outcome.UNSAID
    outcome_words: Quote | None = None
    last: Quote | None = None
    course: tuple[Mood, ...] = ()


def drafted(timeline: Timeline, promises: tuple[Item[Promised], ...] = ()) -> Drafted:
    """The note of a conversation so far; `promises` are its items of the ledger."""
    pledges = tuple(_pledges(timeline, promises))
    outcome, words = _outcome(timeline, promises)
    last = None if words else last_words(timeline)
    said = ours(timeline, [pledge.words for pledge in pledges if pledge.words])
    spoken = sorted({quote.n for quote in said} | {pledge.n for pledge in pledges if pledge.n is not None})
    ends = [quote for quote in (words, last) if quote]
    heard_of = theirs(timeline, ends, spoken[-_LAST:])
    quoted = [*ends, *heard_of, *said, *(pledge.words for pledge in pledges if pledge.words)]
    return Drafted(
        issue=_latest(heard.reading.issue.name for heard in timeline if heard.reading.issue),
        cause=_latest(heard.reading.cause.name for heard in timeline if heard.reading.cause),
        theirs=heard_of,
        facts=tuple(fact for fact in numbers_given(timeline) if not _is_quoted(fact, quoted)),
        ours=said,
        promises=pledges,
        by=introduced(timeline),
        threats=_turns_of(timeline, Abuse.THREAT),
        lewd=_turns_of(timeline, Abuse.SEXUAL),
        outcome=outcome,
        outcome_words=words,
        last=last,
        course=_course(timeline),
    )


_LAST = 2


def _is_quoted(fact: Fact, quotes: list[Quote]) -> bool:
    """A sum stands in what was said; a number to look up stands by itself as well."""
    return fact.kind is FactKind.AMOUNT and any(
        _DIGITS.sub("", fact.value) in quote.words.replace(",", "") for quote in quotes
    )


_DIGITS = re.compile(r"[^\d.]")


def _latest(names: Iterator[str]) -> str | None:
    return next(reversed(tuple(names)), None)


def _turns_of(timeline: Timeline, abuse: Abuse) -> tuple[int, ...]:
    return tuple(
        heard.turn.n
        for heard in timeline
        if heard.reading.of_customer is not None and heard.reading.of_customer.abuse is abuse
    )


def _pledges(timeline: Timeline, promises: tuple[Item[Promised], ...]) -> Iterator[Pledge]:
    for item in promises:
        if item.state in _GONE:
            continue
        body, heard, promise = item.body, *_heard_in(item, timeline)
        said = _said(heard, promise) if heard is not None and promise is not None else None
        sure = promise is None or _is_sure(promise, said)
        if said is not None and not body.due_text and HOLDS.search(said.words) is not None:
            continue  # "Let me have a look": no promise to hand over.
        if said is not None and heard is not None and _is_choice(heard, said, body):
            continue  # It stands in what we said.
        due = item.due_at if sure and not body.needs_time else None
        clock = promise is None or _CLOCK.search(promise.due_text) is not None
        yield Pledge(body.n, body.action, due, body.due_text, item.state, said, clock)


_CLOCK = re.compile(
    r"\d\s?(?:[ap]\.?m\b|[:.]\d\d)"
    r"|\b(?:noon|midday|midnight|o'clock|minutes?|mins?|hours?|hrs?|half|quarter|[ap]m)\b"
    r"|\b(?:at|by|before) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b"
    r"(?! (?:\w+ )?day)",
    re.IGNORECASE,
)


def _is_choice(heard: Heard, said: Quote, body: Promised) -> bool:
    """Whether it was one of several things to choose from, and nobody named a time for it."""
    offers = heard.reading.shows(Move.OFFER_CHOICE) or heard.turn.text.rstrip().endswith("?")
    return offers and not body.due_text and not body.confirmed and _CHOOSE.search(said.words) is not None


_CHOOSE = re.compile(
    r"\bif you(?:'d| would) (?:rather|like|prefer)\b|\bor if you\b|\bor (?:i|we)(?:'ll| will)\b", re.IGNORECASE
)


_GONE: Final = frozenset({PromiseState.SUPERSEDED, PromiseState.WITHDRAWN})


def _heard_in(item: Item[Promised], timeline: Timeline) -> tuple[Heard | None, Promise | None]:
    """The turn in which it was promised, and the promise as it was read there."""
    heard = next((heard for heard in timeline if heard.turn.n == item.body.n), None)
    place = item.key.rsplit(":", 1)[-1]
    if heard is None or not place.isdigit() or int(place) >= len(heard.reading.promises):
        return heard, None
    return heard, heard.reading.promises[int(place)]


def _is_sure(promise: Promise, said: Quote | None) -> bool:
    """Whether its words name one moment: "between seven and nine" is told in its words alone."""
    if promise.due_kind not in (DueKind.ABSOLUTE, DueKind.RELATIVE):
        return False
    words = promise.due_text.casefold()
    before, found, _ = said.words.casefold().partition(words) if said is not None else ("", words, "")
    words = f"{' '.join(before.split()[-1:])} {words}"
    return (
        bool(found) and not any(f" {join} " in f" {words} " for join in _BETWEEN) and not any(c in words for c in "-–/")
    )


_BETWEEN = ("between", "to", "or", "and", "from", "till", "until", "ish", "about", "around")


def _said(heard: Heard, promise: Promise) -> Quote:
    """The sentences in which it was promised: a long one begins with the clause that has it, and its condition."""
    text, at = heard.turn.text, promise.span
    spans = [span for span in spans_of(text) if span.start < at.end and at.start < span.end] or [at]
    start, end = spans[0].start, spans[-1].end
    if len(text[start:end].strip()) > MOST_SAID:
        clauses = clauses_of(text[start:end])
        before = [clause for clause in clauses if start + clause.span.start <= at.start]
        if before:
            joined = before[-2] if len(before) > 1 and before[-2].subordinate else before[-1]
            start += joined.span.start
    most = max(MOST_SAID, at.end - start + 1)
    return Quote(heard.turn.n, held(without_handle(text[start:end]).strip().lstrip(",;:-–— "), most))


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
            return outcome, said_in(heard)
    return Outcome.UNSAID, None


_RECENT = 2  # Turns of the customer.
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
