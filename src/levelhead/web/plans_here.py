"""Whose plans are, who can look after a customer, and who sees to it now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.item import Item
from levelhead.casework.persisting import Persisting
from levelhead.casework.plan import Plan
from levelhead.casework.standing_in import sees_to
from levelhead.live.bus import ConversationChanged
from levelhead.live.planning import Plans
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Whose
from levelhead.storage.accounts import People
from levelhead.storage.books import Books
from levelhead.storage.cases import UnknownItem
from levelhead.storage.database import Shelf
from levelhead.storage.history import contacts_with
from levelhead.storage.opening_hours import Absences
from levelhead.web.customers_here import readable, whose_customer
from levelhead.web.gate import NotHere, Who, who_of
from levelhead.web.things import named_in
from levelhead.web.workplace import Workplace, workplace_of

Done = TypeVar("Done")
_PAGES = 3
"""Conversations of a customer whose open pages hear that a plan has changed: the latest ones."""


@dataclass(frozen=True, slots=True)
class SeenTo:
    """Who sees to a customer now: the contact, who stands in for them, or nobody (None)."""

    person: Person | None
    stands_in: bool


async def the_plan(request: Request, who: Who) -> Whose | None:
    """Of the plan that the address names: of its team, and of whoever had a part in it or answers the customer."""
    named = named_in(request, "plan")
    return await to_thread.run_sync(_whose_plan, plans_of(request, who), named, who) if named else None


def plans_of(request: Request, who: Who | None = None) -> Plans:
    """The plans of the caller's tenant, by the clock of the house."""
    place = workplace_of(request)
    return plans_at(place, (who or who_of(request)).tenant)


def plans_at(place: Workplace, tenant: UUID) -> Plans:
    """The plans of a tenant, by the clock of the house."""
    return Plans(place.desks.of(tenant).books, place.clock)


def _whose_plan(plans: Plans, named: UUID, who: Who) -> Whose | None:
    try:
        item = plans.one(named)
    except UnknownItem:
        return None
    return whose_plan(plans.books, item, who)


def whose_plan(books: Books, item: Item[Plan], who: Who) -> Whose:
    """Whose this plan is for the caller."""
    had_part = isinstance(who, Person) and who.id in (item.body.proposed.person, item.body.contact)
    theirs = whose_customer(books, item.customer, who)
    team = theirs.team if theirs and item.team is None else item.team
    return Whose(books.tenant, team, who.id if had_part else theirs.owner if theirs else None)


def could_look_after(shelf: Shelf, team: UUID | None) -> tuple[Person, ...]:
    """Who of the team answers customers, by name."""
    found = (one for one in People(shelf).all() if team in one.teams and reach_of(one, Action.KEEP_PROMISES))
    return tuple(sorted(found, key=lambda one: one.shown_as.casefold()))


def seen_to_by(shelf: Shelf, plan: Plan, place: Workplace) -> SeenTo:
    """Who sees to the customer now; somebody who has left is as one who is away with nobody in their place."""
    person = sees_to(plan.contact, Absences(shelf, place.clock).now(), place.clock())
    known = next((one for one in People(shelf).all() if one.id == person and one.active), None)
    return SeenTo(known, stands_in=known is not None and known.id != plan.contact)


def facts_for(request: Request, named: UUID, locale: str = "") -> Persisting | None:
    """How many contacts there were about one issue, among those that the caller may read."""
    plans, who = plans_of(request), who_of(request)
    seen = readable(plans.books.shelf, contacts_with(plans.books.shelf, named), who)
    return plans.facts(named, seen, locale)


def person_of(request: Request) -> Person:
    """The person who asks. Raises NotHere for a program."""
    who = who_of(request)
    if not isinstance(who, Person):
        raise NotHere
    return who


async def changed(request: Request, customer: UUID, change: Callable[[], Done]) -> Done:
    """Change something about a plan, and the open pages of the customer hear of it."""
    desk = workplace_of(request).desks.of(who_of(request).tenant)
    done = await to_thread.run_sync(change)
    for contact in (await to_thread.run_sync(contacts_with, desk.books.shelf, customer))[:_PAGES]:
        desk.bus.publish(ConversationChanged(contact.conversation))
    return done
