"""The brief: what to know before a contact, in lines that are read in ten seconds, each with where it comes from.

Facts alone: what the customer asked to be called, what was said and promised, what did not work, what they asked for.
Nothing is inferred about the person; what to avoid is what we did before, and no remark on who did it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from levelhead.casework.complaint import STANDING
from levelhead.casework.item import Item, Kind
from levelhead.casework.packet import Avoid, Packet, packet, same
from levelhead.casework.plan import HOLDING, Plan, PlanState, holds
from levelhead.casework.profile import Profile
from levelhead.casework.promise import OPEN, PromiseState, due_as_said
from levelhead.casework.quoting import Quote, said_about
from levelhead.casework.remedy import RemedyState
from levelhead.conversation import Channel, Cue, FactKind, Fault, Heard, Move, Speaker, Timeline

LOOKS_BACK: Final = timedelta(days=90)
"""What is older is in the history, and not in the brief."""
SAME_MATTER: Final = timedelta(days=30)
"""Contacts within this time count towards a third one."""
THIRD: Final = 3
FIRST: Final = 7
"""Lines that are read at once; the others fold."""
_MOST_OF_A_KIND: Final = 2
_NOT_KEPT: Final = (PromiseState.LATE, PromiseState.BROKEN)


class LineKind(StrEnum):
    """What a line says, in the order of use: how to begin, what is owed, what to do differently, what else is known."""

    ADDRESS = "address"
    LOSS = "loss"
    ONE_CONTACT = "one_contact"
    ADJUSTMENT = "adjustment"
    PLAN = "plan"
    NOW = "now"
    NOT_KEPT = "not_kept"
    COMPLAINT = "complaint"
    FAILED = "failed"
    AVOID = "avoid"
    ASKED_FOR = "asked_for"
    OPEN_PROMISE = "open_promise"
    GRANTED = "granted"
    CAUSE = "cause"
    LANGUAGE = "language"


class Settle(StrEnum):
    """Why it is good to take a moment before: facts of the case."""

    BROKEN_PROMISE = "broken_promise"
    OPEN_COMPLAINT = "open_complaint"
    THIRD_CONTACT = "third_contact"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a line comes from: a turn of a conversation, a piece of casework, or neither for the profile."""

    conversation: str | None = None
    n: int | None = None
    item: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `words` are as they were said or kept; `avoid` and `times` say what went wrong and how often.

    `at` is when it was said or due; `plan` is the one that holds, whose contact the words name.
    """

    kind: LineKind
    words: str = ""
    source: Source = Source()
    at: datetime | None = None
    avoid: Avoid | None = None
    times: int = 1
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A conversation with the customer as it was heard; `at` is when its last turn arrived."""

    id: str
    channel: Channel
    at: datetime
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Loss:
    """That they told us of a death: their words, and who answered them then, '' where that is not known."""

    words: str
    source: Source
    at: datetime
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Lines in order of use, why it is good to settle first, and how many contacts there were lately."""

    lines: tuple[Line, ...] = ()
    settle: tuple[Settle, ...] = ()
    contacts: int = 0

    @property
    def first(self) -> tuple[Line, ...]:
        """What is read at once."""
        return self.lines[:FIRST]

    @property
    def more(self) -> tuple[Line, ...]:
        """What folds."""
        return self.lines[FIRST:]


def brief_of(
    profile: Profile,
    past: Sequence[Past],
    items: Iterable[Item[Any]],
    now: datetime,
    current: Past | None = None,
    loss: Loss | None = None,
) -> Brief:
    """The brief for a contact that goes on in `current`, or has yet to begin. `items` are the customer's casework.

    A `loss` that they told of is told once: it stands near the top, with who they spoke to.

    The same arguments give the same brief, in whatever order `past` and `items` come.
    """
    known = tuple(sorted((one for one in items if _is_lately(one, now)), key=lambda one: (one.opened_at, one.key)))
    before = tuple(sorted((one for one in past if now - one.at <= LOOKS_BACK), key=lambda one: (one.at, one.id)))
    before = tuple(one for one in before if current is None or one.id != current.id)
    lines = (
        *_of_profile(profile),
        *_of_loss(loss),
        *_of_now(current, before),
        *_of_plans(known, now),
        *_of_items(known),
        *_of_past((*before, current) if current else before),
    )
    contacts = sum(now - one.at <= SAME_MATTER for one in before) + 1
    return Brief(_ordered(lines), tuple(_settle(known, contacts)), contacts)


def _is_lately(item: Item[Any], now: datetime) -> bool:
    """What stands open stays in the brief, however long ago it began."""
    return _is_open(item) or now - item.changed_at <= LOOKS_BACK


def _is_open(item: Item[Any]) -> bool:
    if item.kind is Kind.COMPLAINT:
        return item.state in STANDING
    if item.kind is Kind.PLAN:
        return item.state in HOLDING
    return item.kind is Kind.PROMISE and item.state in OPEN


def _of_profile(profile: Profile) -> Iterator[Line]:
    if profile.preferred_name or profile.form_of_address:
        words = " · ".join(filter(None, (profile.preferred_name, profile.form_of_address)))
        yield Line(LineKind.ADDRESS, words)
    for need in profile.needs:
        if need.agreed:
            yield Line(LineKind.ADJUSTMENT, need.adjustment)
    if profile.language:
        yield Line(LineKind.LANGUAGE, profile.language)


def _of_loss(loss: Loss | None) -> Iterator[Line]:
    if loss is not None:
        yield Line(LineKind.LOSS, loss.words, loss.source, loss.at)
        if loss.answered_by:
            yield Line(LineKind.ONE_CONTACT, loss.answered_by, loss.source)


def _of_now(current: Past | None, before: Sequence[Past]) -> Iterator[Line]:
    """What they came with this time; before it is said, what they came with last."""
    for talk in (current, *reversed(before)):
        wanted = packet(talk.timeline).wanted if talk else None
        if talk and wanted:
            yield _quoted(LineKind.NOW, talk, wanted)
            return


def _of_plans(items: Sequence[Item[Any]], now: datetime) -> Iterator[Line]:
    for item in reversed(items):
        if item.kind is Kind.PLAN and holds(PlanState(item.state), item.body, now):
            yield Line(LineKind.PLAN, item.body.contact_name, Source(item=item.id), plan=item.body)


def _of_items(items: Sequence[Item[Any]]) -> Iterator[Line]:
    for item in reversed(items):
        source = Source(item.conversation, item=item.id)
        if item.kind is Kind.PROMISE and item.state in _NOT_KEPT:
            yield Line(LineKind.NOT_KEPT, item.body.action, source, due_as_said(item))
        elif item.kind is Kind.PROMISE and item.state in OPEN:
            yield Line(LineKind.OPEN_PROMISE, item.body.action, source, due_as_said(item))
        elif item.kind is Kind.COMPLAINT and _is_open(item):
            said = item.body.said
            yield Line(LineKind.COMPLAINT, said.words, Source(said.conversation, said.n, item.id), item.body.said_at)
        elif item.kind is Kind.REMEDY and item.state == RemedyState.GRANTED and item.body.granted:
            yield Line(LineKind.GRANTED, item.body.granted.chosen.name, source, item.changed_at)


def _of_past(talks: Sequence[Past]) -> Iterator[Line]:
    """From the conversations, the latest first: what failed, what they asked for, what to avoid, the likely cause."""
    packets = [(talk, packet(talk.timeline)) for talk in reversed(talks)]
    for talk, told in packets:
        yield from (_quoted(LineKind.FAILED, talk, quote) for quote in reversed(_failed(talk, told)))
        if told.asked_for:
            yield _quoted(LineKind.ASKED_FOR, talk, told.asked_for)
    yield from _to_avoid(packets, tuple(_asked_again(talks)))
    cause = next(((talk, told.cause) for talk, told in packets if told.cause), None)
    if cause:
        yield Line(LineKind.CAUSE, cause[1] or "", Source(cause[0].id), cause[0].at)


def _failed(talk: Past, told: Packet) -> tuple[Quote, ...]:
    """What they say has not helped, and what they tried."""
    said = tuple(
        said_about(heard, Cue.STILL_UNRESOLVED)
        for heard in talk.timeline
        if heard.turn.speaker is Speaker.CUSTOMER and heard.reading.shows(Cue.STILL_UNRESOLVED)
    )
    return tuple(sorted({*said, *told.turned_down}, key=lambda quote: quote.n))


def _to_avoid(packets: Sequence[tuple[Past, Packet]], again: tuple[Line, ...]) -> Iterator[Line]:
    """Each thing once, with how often it went wrong and where it did last. What never went wrong needs no warning."""
    count = Counter({Avoid.ASKING_AGAIN: len(again)})
    last: dict[Avoid, Line] = {}
    for talk, told in packets:
        for one in told.avoid:
            if one.where:
                count[one.what] += len(one.where)
                last.setdefault(one.what, _quoted(LineKind.AVOID, talk, one.where[-1], one.what))
    if again:
        last.setdefault(Avoid.ASKING_AGAIN, again[-1])
    for what in Avoid:
        if what in last:
            yield replace(last[what], times=count[what])


def _asked_again(talks: Sequence[Past]) -> Iterator[Line]:
    """Where we asked, in whatever conversation, and the customer had to give a number that they had given before."""
    given: set[tuple[FactKind, str]] = set()
    for talk in talks:
        asking: Heard | None = None
        for heard in talk.timeline:
            if heard.turn.speaker is not Speaker.CUSTOMER:
                asking = heard
                continue
            facts = {same(fact) for fact in heard.reading.facts if fact.kind in _NUMBERS}
            label = next((one for one in _ASKS if asking and asking.reading.shows(one)), None)
            # What the reader calls a repeated request counts already.
            if facts & given and asking and label and not asking.reading.shows(Fault.REPEAT_REQUEST):
                yield _quoted(LineKind.AVOID, talk, said_about(asking, label), Avoid.ASKING_AGAIN)
            given |= facts


_NUMBERS: Final = (FactKind.ORDER_NUMBER, FactKind.REFERENCE)
_ASKS: Final = (Move.ASK_CLOSED, Move.ASK_OPEN)


def _quoted(kind: LineKind, talk: Past, quote: Quote, avoid: Avoid | None = None) -> Line:
    return Line(kind, quote.words, Source(talk.id, quote.n), talk.at, avoid)


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By use; of each kind the latest few, and nothing twice."""
    found: dict[tuple[LineKind, str, Avoid | None], Line] = {}
    for line in lines:
        found.setdefault((line.kind, line.words.casefold(), line.avoid), line)
    kept: Counter[LineKind] = Counter()
    chosen = []
    for line in sorted(found.values(), key=lambda one: _PLACE[one.kind]):  # Stable: the latest stays first.
        kept[line.kind] += 1
        # An adjustment that is left out is one that is not made.
        if kept[line.kind] <= _MOST_OF_A_KIND or line.kind is LineKind.ADJUSTMENT:
            chosen.append(line)
    return tuple(chosen)


_PLACE: Final = {kind: place for place, kind in enumerate(LineKind)}


def _settle(items: Sequence[Item[Any]], contacts: int) -> Iterator[Settle]:
    if any(item.kind is Kind.PROMISE and item.state in _NOT_KEPT for item in items):
        yield Settle.BROKEN_PROMISE
    if any(item.kind is Kind.COMPLAINT and _is_open(item) for item in items):
        yield Settle.OPEN_COMPLAINT
    if contacts >= THIRD:
        yield Settle.THIRD_CONTACT
