"""A follow-up at the edge: whose it is, what its draft says, where it could go, and how a deed reaches it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.follow_up import FollowUp
from levelhead.casework.follow_up_draft import Draft, drafted, grounds_of
from levelhead.casework.item import Item, Kind
from levelhead.conversation import Timeline
from levelhead.live.desk import Desk
from levelhead.live.follow_ups import FollowUps
from levelhead.live.reaching import Reach, reaches
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Role, Whose
from levelhead.storage.accounts import People
from levelhead.storage.cases import Cases, UnknownItem
from levelhead.storage.customers import Customers
from levelhead.storage.opening_hours import Opening
from levelhead.storage.profiles import Profiles
from levelhead.web.gate import Who, who_of
from levelhead.web.promised import cases_of, whose_are
from levelhead.web.things import named_in
from levelhead.web.workplace import workplace_of

Done = TypeVar("Done")


async def follow_up(request: Request, who: Who) -> Whose | None:
    """Of the follow-up that the address names: whoever has to see to it has it as their own."""
    named = named_in(request, "follow_up")
    return await to_thread.run_sync(_whose_of_one, cases_of(request, who), named, who) if named else None


def _whose_of_one(cases: Cases, named: UUID, who: Who) -> Whose | None:
    try:
        item = FollowUps(cases).get(named)
    except UnknownItem:
        return None
    return whose_are((item,), cases, who).get(item.id)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a follow-up asks, in which language, whom, and where it could go."""

    draft: Draft
    locale: str
    name: str
    timeline: Timeline
    reaches: tuple[Reach, ...]


def asking(desk: Desk, cases: Cases, item: Item[FollowUp], agent: str) -> Asking:
    """The follow-up as it stands: in the words that somebody settled, or drafted from what is on record now."""
    timeline = desk.books.timeline(item.conversation) if item.conversation else ()
    profile = Profiles(desk.books).of(item.customer)
    known = Customers(desk.books.shelf, desk.books.vault).get(item.customer)
    name = profile.preferred_name or known.name or ""
    locale = profile.language or (timeline[-1].turn.locale if timeline else "en-GB")
    draft = Draft(item.body.subject, item.body.text)
    if not item.body.is_worded:
        draft = _drafted(desk, cases, item, timeline, locale, name, agent)
    return Asking(draft, locale, name, timeline, reaches(desk.books, item.customer, item.conversation))


def _drafted(
    desk: Desk, cases: Cases, item: Item[FollowUp], timeline: Timeline, locale: str, name: str, agent: str
) -> Draft:
    zone = Opening(cases.shelf).hours().tz
    moments = [heard.turn.said_at for heard in timeline if heard.turn.said_at]
    on = max(moments) if moments else item.opened_at.astimezone(zone)
    cause = next((heard.reading.cause.name for heard in reversed(timeline) if heard.reading.cause), "")
    settled = cases.of_conversation(item.conversation, *_SAYS) if item.conversation else ()
    grounds = grounds_of(on, cause, settled, desk.packs.remedies(locale))
    body, pack = item.body, desk.packs.follow_up(locale)
    return drafted(grounds, pack, body.way, occasion=body.occasion, days=body.days, name=name, agent=agent)


_SAYS = (Kind.NOTE, Kind.PROMISE, Kind.REMEDY)


async def changed(request: Request, named: UUID, change: Callable[[FollowUps], Done]) -> Done:
    """Change the follow-up that the gate let the caller through to; whoever watches its conversation hears of it."""
    follow_ups = FollowUps(cases_of(request))
    item = await to_thread.run_sync(follow_ups.get, named)
    if item.conversation is None:
        return await to_thread.run_sync(change, follow_ups)
    desk = workplace_of(request).desks.of(who_of(request).tenant)
    return await desk.change(item.conversation, partial(change, follow_ups))


def colleagues(cases: Cases, item: Item[Any], but: UUID) -> tuple[Person, ...]:
    """Who else of the team could see to it, by name."""
    of = Whose(cases.shelf.tenant, item.team)
    found = (one for one in People(cases.shelf).all() if one.active and one.id != but and one.role in _WORK)
    return tuple(sorted((one for one in found if item.team in one.teams and may(one, _KEEPS, _own(of, one))), key=_by))


def _own(of: Whose, person: Person) -> Whose:
    return Whose(of.tenant, of.team, person.id)


def _by(person: Person) -> str:
    return person.shown_as.casefold()


_KEEPS = Action.KEEP_FOLLOW_UPS
_WORK = (Role.AGENT, Role.SUPERVISOR)
