"""A promise in a line: what is to be done for whom, by when, how it stands, and the one thing to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from levelhead.casework.item import Item, Kind
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import OPEN, Promised, PromiseState
from levelhead.casework.promise_clock import is_history
from levelhead.casework.promise_times import times_for
from levelhead.casework.promise_words import as_a_task
from levelhead.casework.promised_money import beyond_authority
from levelhead.people.permission import Action, may
from levelhead.storage.accounts import People
from levelhead.storage.customers import Customers
from levelhead.storage.opening_hours import Opening
from levelhead.web import times
from levelhead.web.promised import cases_of, whose_are
from levelhead.web.rendering import Page, here_of


class Deed(StrEnum):
    """The one thing to do about a promise."""

    CONFIRM = "confirm"
    TIME = "time"
    KEEP = "keep"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class TimeOffered:
    """A time that can be had by one press: as it is said, and as the form gives it, on the tenant's clock."""

    said: str
    value: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise as a page says it; `who` is the customer, '' while nobody knows.

    `deed` is None for whoever may only look; `sign` are words that sound as if it were kept; `closed` says
    what is wrong with a time at which nobody is there, `times` are others that can be kept; `beyond` is an amount
    above what who looks may give.
    """

    id: UUID
    task: str
    who: str
    owner: str
    state: PromiseState
    when: str
    iso: str
    exact: str
    due_text: str
    needs_time: bool
    confirmed: bool
    sign: str
    closed: str
    here: str
    turn: int | None
    deed: Deed | None
    times: tuple[TimeOffered, ...] = ()
    beyond: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN


def promise_lines(page: Page, conversation: str) -> tuple[PromiseLine, ...]:
    """The promises of a conversation in the order in which they were made, without those that got another time."""
    items = cases_of(page.request).of_conversation(conversation, Kind.PROMISE)
    timeline = page.desk.books.timeline(conversation)
    pack = page.desk.packs.remedies(timeline[-1].turn.locale if timeline else page.words.locale)
    given = {item.id: beyond_authority(item.body.action, pack, page.person.role) for item in items}
    lines = lines_of(page, items, times.clock_of(timeline, page.now))
    standing = (line for line in lines if line.state is not PromiseState.SUPERSEDED)
    return tuple(replace(line, beyond=given[line.id] if line.is_open else "") for line in standing)


def lines_of(page: Page, items: Iterable[Item[Promised]], clock: datetime | None = None) -> tuple[PromiseLine, ...]:
    """These promises in lines, in the order given; without those that the person may not see.

    `clock` is the moment that those are told by whose time was over when they were heard, now where it is None.
    """
    return tuple(_lines(page, tuple(items), clock or page.now))


def _lines(page: Page, items: tuple[Item[Promised], ...], clock: datetime) -> Iterator[PromiseLine]:
    if not items:
        return
    hours, whose = Opening(page.shelf).hours(), whose_are(items, cases_of(page.request), page.person)
    people = {person.id: person.shown_as for person in People(page.shelf).all()}
    names: dict[UUID, str] = {}
    for item in items:
        of = whose.get(item.id)
        if of is None or not may(page.person, Action.SEE_PROMISES, of):
            continue
        if item.customer not in names:
            names[item.customer] = _name(page, item.customer)
        owner = people.get(item.owner, "") if item.owner and item.owner != page.person.id else ""
        deed = _deed(item) if may(page.person, Action.KEEP_PROMISES, of) else None
        now = clock if is_history(item) else page.now.astimezone(hours.tz)
        yield _line(page, item, names[item.customer], owner, deed, hours, now)


def _line(
    page: Page, item: Item[Promised], who: str, owner: str, deed: Deed | None, hours: OpeningHours, now: datetime
) -> PromiseLine:
    due = item.due_at.astimezone(now.tzinfo) if item.due_at else None
    offered = _times(item, hours, page) if deed in (Deed.TIME, Deed.CONFIRM) else ()
    return PromiseLine(
        id=item.id,
        task=as_a_task(item.body.action, who or page.words("promise.somebody")) or page.words("promise.nothing_said"),
        who=who,
        owner=owner,
        state=PromiseState(item.state),
        when=times.due(due, now, page.words) if due else "",
        iso=due.isoformat() if due else "",
        exact=times.exact(due, page.words) if due else "",
        due_text=item.body.due_text,
        needs_time=item.body.needs_time,
        confirmed=item.body.confirmed,
        sign=item.body.sign.words if item.body.sign and item.state in OPEN else "",
        closed=_closed(item, hours, now, page, offers=bool(offered)) if item.state in OPEN else "",
        here=_here(item),
        turn=item.body.n,
        deed=deed,
        times=offered,
    )


def _deed(item: Item[Promised]) -> Deed | None:
    if item.state not in OPEN:
        return Deed.KEEP if item.state == PromiseState.BROKEN else Deed.UNDO
    if item.body.sign or item.state == PromiseState.LATE:
        return Deed.KEEP
    if item.body.needs_time:
        return Deed.TIME
    return Deed.KEEP if item.body.confirmed else Deed.CONFIRM


def _closed(item: Item[Promised], hours: OpeningHours, now: datetime, page: Page, *, offers: bool) -> str:
    """Where nobody is there when it is due: until when it can be kept, unless times that can be kept stand below."""
    due = item.due_at
    if due is None or item.body.needs_time or due <= now:
        return ""
    last = hours.last_open(due)
    if last == due:
        return ""
    if last <= now:
        return page.words("promise.closed_until_then")
    if offers:
        return page.words("promise.closed_then")
    return page.words("promise.closed", when=times.when(last.astimezone(hours.tz), now, page.words))


def _times(item: Item[Promised], hours: OpeningHours, page: Page) -> tuple[TimeOffered, ...]:
    """Always still to come, also for a conversation that was brought in later."""
    now = page.now.astimezone(hours.tz)
    found = times_for(item, now, hours)
    return tuple(TimeOffered(times.when(one, now, page.words), one.strftime("%Y-%m-%dT%H:%M")) for one in found)


def _here(item: Item[Promised]) -> str:
    if item.conversation is None:
        return ""
    return here_of(item.conversation) + (f"#turn-{item.body.n}" if item.body.n is not None else "")


def _name(page: Page, customer: UUID) -> str:
    return Customers(page.shelf, page.desk.books.vault).get(customer).name or ""
