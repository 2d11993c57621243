"""The brief: what is known by now, and what is still open."""

from dataclasses import dataclass
from datetime import datetime

from levelhead.conversation import Fact, FactKind, Promise, Timeline
from levelhead.listening.questions import open_questions
from levelhead.web import times
from levelhead.web.words import Words


@dataclass(frozen=True, slots=True)
class Given:
    """A fact and the turn in which it was first given."""

    kind: FactKind
    value: str
    turn: int


@dataclass(frozen=True, slots=True)
class Open:
    """A question of the customer's that nobody has answered yet."""

    text: str
    turn: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as the page says it; `when` is empty where no time was given, `is_past` once the time is over."""

    action: str
    turn: int
    when: str
    exact: str
    iso: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """What the agent would have to scroll back for."""

    facts: tuple[Given, ...]
    questions: tuple[Open, ...]
    promises: tuple[Promised, ...]


def brief_of(timeline: Timeline, now: datetime, words: Words) -> Brief:
    """Facts and promises in the order they were first heard, each once; questions in the order they were asked."""
    return Brief(
        facts=_facts(timeline),
        questions=tuple(Open(question.text, turn) for turn, question in open_questions(timeline)),
        promises=_promises(timeline, times.clock_of(timeline, now), words),
    )


def _facts(timeline: Timeline) -> tuple[Given, ...]:
    first: dict[tuple[FactKind, str], Given] = {}
    for heard in timeline:
        for fact in heard.reading.facts:
            # The name stands at the top of the page already.
            if fact.value != heard.turn.customer:
                first.setdefault(_same(fact), Given(fact.kind, fact.value, heard.turn.n))
    return tuple(sorted(first.values(), key=lambda given: list(FactKind).index(given.kind)))


def _same(fact: Fact) -> tuple[FactKind, str]:
    return fact.kind, fact.value.casefold()


def _promises(timeline: Timeline, now: datetime, words: Words) -> tuple[Promised, ...]:
    heard_in = [(promise, heard.turn.n) for heard in timeline for promise in heard.reading.promises]
    return tuple(_promised(promise, turn, now, words) for promise, turn in heard_in)


def _promised(promise: Promise, turn: int, now: datetime, words: Words) -> Promised:
    if promise.due is None:
        when = words("brief.vague_due", words=promise.due_text) if promise.due_text else ""
        return Promised(promise.action, turn, when, "", "", is_past=False)
    return Promised(
        action=promise.action,
        turn=turn,
        when=times.due(promise.due, now, words),
        exact=times.exact(promise.due, words),
        iso=promise.due.isoformat(),
        is_past=promise.due < now,
    )
