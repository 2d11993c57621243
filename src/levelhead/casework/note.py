"""The note of a conversation, drafted from its readings: only what was said, each line with the turns it comes from.

Nothing is put into words that nobody used: lines are quotations, facts as they were given, and promises as they stand
in the ledger. What the readings do not show is left out, so that an agent adds a line sooner than strikes one. How well
somebody did is in none of it: a note is about the case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from levelhead.casework.deeds import Deed, DeedKind, deeds_in
from levelhead.casework.item import Item
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.promise_words import about
from levelhead.casework.quoting import Quote, said_about
from levelhead.casework.their_words import asked_for, came_with, cut_at_clause, last_words, matters, reached_by, said_in
from levelhead.conversation import Cue, Emotion, Fact, FactKind, Heard, Move, Speaker, Timeline
from levelhead.listening.questions import open_questions

_MOST_DONE, _MOST_OFFERED, _MOST_TO_COME, _MOST_REFUSED, _MOST_OPEN = 4, 3, 8, 3, 2
_MOST_OF_A_KIND = 3


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
    """A promise as the note names it; `due` is None where no time was given. `words` is how it was said."""

    n: int | None
    action: str
    due: datetime | None
    due_text: str
    state: str
    words: Quote | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A note before anybody has looked at it. `course` is how it went over time: first, strongest and last, each once.

    `issue` and `cause` are names of the glossary, None while not clear. `wanted`, `asked`, `matters`, `reach` and
    `tried` are the customer's words; `done`, `offered`, `to_come` and `refused` ours. `to_come` are words for something
    still to come that are no promise of the ledger. `outcome_words` say how it ended.
    """

    issue: str | None
    cause: str | None
    wanted: tuple[Quote, ...]
    asked: tuple[Quote, ...]
    matters: tuple[Quote, ...]
    reach: Quote | None
    facts: tuple[Fact, ...]
    tried: tuple[Quote, ...]
    done: tuple[Quote, ...]
    offered: tuple[Quote, ...]
    promises: tuple[Pledge, ...]
    to_come: tuple[Quote, ...]
    refused: tuple[Quote, ...]
    questions: tuple[Quote, ...]
    outcome: Outcome
    outcome_words: Quote | None
    course: tuple[Mood, ...]

    @property
    def has_open_promises(self) -> bool:
        """Whether something was promised that nobody has seen done."""
        return any(pledge.state in _STANDS for pledge in self.promises)


def drafted(timeline: Timeline, promises: tuple[Item[Promised], ...] = ()) -> Drafted:
    """The note of a conversation so far; `promises` are its items of the ledger."""
    deeds = [deed for heard in timeline for deed in deeds_in(heard)]
    pledges = tuple(_pledges(timeline, promises, deeds))
    outcome, words = _outcome(timeline)
    wanted = came_with(timeline)
    asked = asked_for(timeline, (*wanted, *((words,) if words else ())))
    return Drafted(
        issue=_latest(heard.reading.issue.name for heard in timeline if heard.reading.issue),
        cause=_latest(heard.reading.cause.name for heard in timeline if heard.reading.cause),
        wanted=wanted,
        asked=asked,
        matters=matters(timeline, (*wanted, *asked)),
        reach=reached_by(timeline),
        facts=_facts(timeline),
        tried=_tried(timeline),
        done=_quotes(deeds, DeedKind.DONE, _MOST_DONE),
        offered=_quotes(deeds, DeedKind.OFFERED, _MOST_OFFERED),
        promises=pledges,
        to_come=_to_come(deeds, promises, timeline),
        refused=_quotes(deeds, DeedKind.REFUSED, _MOST_REFUSED),
        questions=tuple(Quote(n, cut_at_clause(question.text)) for n, question in open_questions(timeline))[
            -_MOST_OPEN:
        ],
        outcome=outcome,
        outcome_words=words,
        course=_course(timeline),
    )


def _latest(names: Iterator[str]) -> str | None:
    return next(reversed(tuple(names)), None)


def _facts(timeline: Timeline) -> tuple[Fact, ...]:
    """What somebody has to look up or to pay: numbers, sums, and names that the customer gave; the latest of each."""
    first: dict[tuple[FactKind, str], Fact] = {}
    for heard in timeline:
        for fact in heard.reading.facts:
            if fact.kind in _KEPT or (fact.kind is FactKind.NAME and heard.turn.speaker is Speaker.CUSTOMER):
                first.setdefault((fact.kind, fact.value.casefold()), fact)
    return tuple(fact for kind in (*_KEPT, FactKind.NAME) for fact in _last_of(kind, first.values()))


_KEPT: Final = (FactKind.ORDER_NUMBER, FactKind.REFERENCE, FactKind.AMOUNT)


def _last_of(kind: FactKind, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind is kind][-_MOST_OF_A_KIND:]


def _tried(timeline: Timeline) -> tuple[Quote, ...]:
    found = {
        fact.value.casefold(): Quote(heard.turn.n, cut_at_clause(fact.value))
        for heard in timeline
        for fact in heard.reading.facts
        if fact.kind is FactKind.TRIED and heard.turn.speaker is Speaker.CUSTOMER
    }
    return tuple(found.values())[:_MOST_OF_A_KIND]


def _quotes(deeds: Iterable[Deed], kind: DeedKind, most: int) -> tuple[Quote, ...]:
    found = {deed.quote.words.casefold(): deed.quote for deed in deeds if deed.kind is kind}
    return tuple(found.values())[-most:]


def _pledges(timeline: Timeline, promises: Iterable[Item[Promised]], deeds: list[Deed]) -> Iterator[Pledge]:
    for item in promises:
        if item.state in _GONE:
            continue
        body = item.body
        due = None if body.needs_time else item.due_at
        said = _said(item, timeline, deeds)
        yield Pledge(body.n, body.action, due, body.due_text, item.state, said)


_GONE: Final = frozenset({PromiseState.SUPERSEDED, PromiseState.WITHDRAWN})
_STANDS: Final = frozenset(PromiseState) - _GONE - {PromiseState.KEPT}


def _said(item: Item[Promised], timeline: Timeline, deeds: list[Deed]) -> Quote | None:
    """The words in which it was promised."""
    heard = next((heard for heard in timeline if heard.turn.n == item.body.n), None)
    if heard is None:
        return None
    place = item.key.rsplit(":", 1)[-1]
    if not place.isdigit() or int(place) >= len(heard.reading.promises):
        return None
    span = heard.reading.promises[int(place)].span
    for deed in deeds:
        if deed.quote.n == heard.turn.n and deed.span.start < span.end and span.start < deed.span.end:
            return deed.quote
    return Quote(heard.turn.n, cut_at_clause(heard.turn.text[span.start : span.end]))


def _to_come(deeds: list[Deed], promises: tuple[Item[Promised], ...], timeline: Timeline) -> tuple[Quote, ...]:
    """What else was said to come: not what the ledger has, nor what was said before in more words."""
    listed = [item for item in promises if item.state != PromiseState.SUPERSEDED]
    known = {quote for item in listed if (quote := _said(item, timeline, deeds))}
    found: list[Quote] = []
    for deed in deeds:
        fresh = deed.kind is DeedKind.TO_COME and deed.quote not in known
        if fresh and not any(about(deed.quote.words) <= about(one.words) for one in found):
            found.append(deed.quote)
    return tuple(found[-_MOST_TO_COME:])


def _outcome(timeline: Timeline) -> tuple[Outcome, Quote | None]:
    """The last word on it: what the customer said last of its being solved counts more than what the agent did.

    What they said some turns ago says nothing of the end; then their last words stand alone.
    """
    last, pleased, since = last_words(timeline), False, 0
    for heard in reversed(timeline):
        theirs = heard.turn.speaker is Speaker.CUSTOMER
        since += theirs
        if since > _RECENT:
            break
        for label, outcome in _ENDS:
            if not heard.reading.shows(label):
                continue
            if outcome is Outcome.NOT_SOLVED and pleased:
                return Outcome.UNSAID, last
            return outcome, said_in(heard) if theirs else _cut(said_about(heard, label))
        pleased = pleased or _is_pleased(heard)
    return Outcome.UNSAID, last


_RECENT = 2  # Turns of the customer.
_ENDS: Final = (
    (Cue.CONFIRMS_RESOLVED, Outcome.SOLVED),
    (Cue.STILL_UNRESOLVED, Outcome.NOT_SOLVED),
    (Cue.REJECTS_OFFER, Outcome.NOT_SOLVED),
    (Cue.ACCEPTS_OFFER, Outcome.AGREED),
    (Move.TRANSFER, Outcome.PASSED_ON),
    (Move.END_CONTACT, Outcome.ENDED_BY_US),
)


def _cut(quote: Quote) -> Quote:
    return Quote(quote.n, cut_at_clause(quote.words))


def _is_pleased(heard: Heard) -> bool:
    shown = heard.reading.of_customer
    return shown is not None and shown.emotion is Emotion.SATISFIED and not heard.reading.shows(Cue.SARCASM)


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
