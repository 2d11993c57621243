"""The packet of a warm hand-over: what the next person has to know, so that the customer need not say it again.

Only what was said is in it: quotations and facts with the number of their turn, and promises as the ledger has them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from levelhead.casework.item import Item
from levelhead.casework.note import Mood
from levelhead.casework.note_pledges import Pledge
from levelhead.casework.promise import OPEN, Promised, due_as_said
from levelhead.casework.quoting import Quote, said_about, wanted
from levelhead.casework.remedy import Remedied, RemedyState
from levelhead.conversation import Cue, Fact, FactKind, Fault, Move, Speaker, Timeline
from levelhead.listening.questions import open_questions

Found = TypeVar("Found")
_MOST_QUOTES = 4
_OFTEN_SORRY = 2


class Avoid(StrEnum):
    """What had better not be said now, and why: it went wrong before."""

    ASKING_AGAIN = "asking_again"
    OFFERING_AGAIN = "offering_again"
    SORRY_AGAIN = "sorry_again"
    SET_PHRASES = "set_phrases"
    PLAYING_DOWN = "playing_down"
    BLAMING = "blaming"
    EXCUSING = "excusing"
    ARGUING = "arguing"


@dataclass(frozen=True, slots=True)
class Given:
    """A fact as the customer gave it, in turn `n`."""

    n: int
    kind: FactKind
    value: str


@dataclass(frozen=True, slots=True)
class NotToSay:
    """What to avoid, with the words that it rests on: where it was said, or turned down."""

    what: Avoid
    where: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A remedy that was spoken of: what it is called, and where it stands."""

    name: str
    state: RemedyState


@dataclass(frozen=True, slots=True)
class Packet:
    """All that goes along. `issue` and `cause` are names of the glossary, None while not clear.

    `facts` are those that the customer gave. `tried` is what they say they did and what we did, `declined` what we said
    no to, `turned_down` what they did not want. `course` is how they felt, turn by turn.
    """

    issue: str | None
    cause: str | None
    wanted: Quote | None
    asked_for: Quote | None
    facts: tuple[Given, ...]
    tried: tuple[Quote, ...]
    promises: tuple[Pledge, ...]
    remedies: tuple[Settled, ...]
    declined: tuple[Quote, ...]
    turned_down: tuple[Quote, ...]
    questions: tuple[Quote, ...]
    course: tuple[Mood, ...]
    avoid: tuple[NotToSay, ...]


def packet(
    timeline: Timeline, promises: tuple[Item[Promised], ...] = (), remedies: tuple[Item[Remedied], ...] = ()
) -> Packet:
    """The packet of a conversation so far; `promises` and `remedies` are its casework."""
    facts, declined = facts_given(timeline), _quoted(timeline, _OURS, Move.DECLINE)
    turned_down = _quoted(timeline, _THEIRS, Cue.REJECTS_OFFER)
    return Packet(
        issue=_latest([heard.reading.issue.name for heard in timeline if heard.reading.issue]),
        cause=_latest([heard.reading.cause.name for heard in timeline if heard.reading.cause]),
        wanted=wanted(timeline),
        asked_for=_latest(_quoted(timeline, _THEIRS, Cue.ASKS_SUPERVISOR)),
        facts=tuple(fact for fact in facts if fact.kind is not FactKind.TRIED),
        tried=_tried(timeline, facts),
        promises=tuple(_pledge(item) for item in promises if item.state in OPEN),
        remedies=tuple(_settled(remedies)),
        declined=declined,
        turned_down=turned_down,
        questions=tuple(Quote(n, question.text) for n, question in open_questions(timeline)),
        course=tuple(
            Mood(heard.turn.n, heard.reading.of_customer.emotion, heard.reading.of_customer.intensity)
            for heard in timeline
            if heard.reading.of_customer
        ),
        avoid=tuple(_avoid(timeline, facts, turned_down)),
    )


def facts_given(timeline: Timeline) -> tuple[Given, ...]:
    """Every fact that the customer gave once, where it came first."""
    first: dict[tuple[FactKind, str], Given] = {}
    for heard in timeline:
        if heard.turn.speaker is not Speaker.CUSTOMER:
            continue
        for fact in heard.reading.facts:
            first.setdefault(same(fact), Given(heard.turn.n, fact.kind, fact.value))
    return tuple(first.values())


def same(fact: Fact) -> tuple[FactKind, str]:
    """What two mentions of one fact have in common."""
    return fact.kind, fact.value.casefold()


_THEIRS: Final = frozenset({Speaker.CUSTOMER})
_OURS: Final = frozenset(Speaker) - _THEIRS
_DEEDS: Final = (Move.ACT, Move.OFFER_SOLUTION, Move.OFFER_CHOICE)


def _tried(timeline: Timeline, facts: tuple[Given, ...]) -> tuple[Quote, ...]:
    by_customer = [Quote(fact.n, fact.value) for fact in facts if fact.kind is FactKind.TRIED]
    return tuple(sorted((*by_customer, *_quoted(timeline, _OURS, *_DEEDS)), key=lambda quote: quote.n))


def _quoted(timeline: Timeline, speakers: frozenset[Speaker], *labels: str) -> tuple[Quote, ...]:
    """One sentence of each turn that shows one of these, the latest ones."""
    found: list[Quote] = []
    for heard in timeline:
        label = next((label for label in labels if heard.reading.shows(label)), None)
        if heard.turn.speaker in speakers and label is not None:
            found.append(said_about(heard, label))
    return tuple(found[-_MOST_QUOTES:])


def _pledge(item: Item[Promised]) -> Pledge:
    return Pledge(item.body.n, item.body.action, due_as_said(item), item.body.due_text, item.state)


def _settled(remedies: tuple[Item[Remedied], ...]) -> Iterator[Settled]:
    """Options that were only looked at are nothing that anybody was told of."""
    for item in remedies:
        if item.body.chosen and item.state != RemedyState.PROPOSED:
            yield Settled(item.body.chosen.name, RemedyState(item.state))


def _avoid(timeline: Timeline, facts: tuple[Given, ...], turned_down: tuple[Quote, ...]) -> Iterator[NotToSay]:
    if any(fact.kind is not FactKind.TRIED for fact in facts):
        yield NotToSay(Avoid.ASKING_AGAIN, _quoted(timeline, _OURS, Fault.REPEAT_REQUEST))
    if turned_down:
        yield NotToSay(Avoid.OFFERING_AGAIN, turned_down)
    sorry = _quoted(timeline, _OURS, Fault.OVER_APOLOGY, Move.APOLOGISE_SPECIFIC, Move.APOLOGISE_GENERIC)
    if len(sorry) >= _OFTEN_SORRY:
        yield NotToSay(Avoid.SORRY_AGAIN, sorry)
    for fault, what in _BACKFIRED:
        quotes = _quoted(timeline, _OURS, fault)
        if quotes:
            yield NotToSay(what, quotes)


_BACKFIRED: Final = (
    (Fault.SCRIPTED, Avoid.SET_PHRASES),
    (Fault.DISMISSIVE, Avoid.PLAYING_DOWN),
    (Fault.BLAME_CUSTOMER, Avoid.BLAMING),
    (Fault.EXCUSE, Avoid.EXCUSING),
    (Fault.DEFENSIVE, Avoid.ARGUING),
)


def _latest(found: Sequence[Found]) -> Found | None:
    return found[-1] if found else None
