"""Remedies of a conversation as a request reaches them: whose deeds they are, and of whom can be asked for more."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.remedy_pack import Remedies
from levelhead.conversation import Timeline
from levelhead.live.approving import Approving
from levelhead.live.desk import Desk
from levelhead.live.presence import Presence
from levelhead.live.remedying import Remedying
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Whose
from levelhead.storage.accounts import People
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, UnknownItem
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.objections import Objections
from levelhead.web.gate import NotHere, Who, who_of, whose_of
from levelhead.web.rendering import Page
from levelhead.web.seeing import sees_readings
from levelhead.web.things import named_in
from levelhead.web.workplace import workplace_of

Deed = Callable[[Remedying, UUID | None], None]
"""What a person does about a remedy; it is told the team of the conversation."""


def pack_of(desk: Desk, timeline: Timeline) -> Remedies:
    """The pack for whom this conversation is with."""
    return desk.packs.remedies(timeline[-1].turn.locale)


async def do(request: Request, conversation: str, deed: Deed) -> None:
    """Do something about the remedies of a conversation, between two of its turns. Raises NotHere and NotNow."""
    person, place = who_of(request), workplace_of(request)
    if not isinstance(person, Person) or not await sees_readings(request):
        raise NotHere
    desk, team = place.desks.of(person.tenant), whose_of(request).team

    def done() -> None:
        timeline = put_right(desk.books, conversation)
        if not timeline:
            raise NotHere
        deed(Remedying(desk.books, Cases(desk.books, place.clock), pack_of(desk, timeline), timeline, person), team)

    await desk.change(conversation, done)


def put_right(books: Books, conversation: str) -> Timeline:
    """The conversation, as its customer put it right."""
    timeline = books.timeline(conversation)
    return Objections(books.shelf).shown(conversation, timeline) if timeline else timeline


def remedying_at(page: Page, timeline: Timeline) -> Remedying:
    """The remedies of a conversation, for whoever looks."""
    books = page.desk.books
    return Remedying(books, Cases(books, page.place.clock), pack_of(page.desk, timeline), timeline, page.person)


def approving_at(request: Request, who: Who) -> Approving:
    """The requests of the caller's tenant, by the clock of the house."""
    place = workplace_of(request)
    books = place.desks.of(who.tenant).books
    return Approving(books, Cases(books, place.clock))


def approvers(shelf: Shelf, presence: Presence, whose: Whose, asker: Person, now: datetime) -> tuple[Person, ...]:
    """Who of the team may approve what this person asks for: those who are here and free first, then by name."""
    known = {one.id: one for one in People(shelf).all() if _could_approve(one, whose) and one.id != asker.id}
    here = presence.here(known, now)

    def place(person: Person) -> tuple[bool, str]:
        return not (person.id in here and presence.room(person.id).free), person.shown_as.casefold()

    return tuple(sorted(known.values(), key=place))


async def request_asked(request: Request, who: Who) -> Whose | None:
    """Of the conversation that the remedy which the address names was asked for in."""
    named = named_in(request, "remedy")
    return await to_thread.run_sync(_whose, approving_at(request, who), named) if named else None


def _could_approve(person: Person, whose: Whose) -> bool:
    return person.active and reach_of(person, Action.APPROVE_REMEDY) is not None and whose.team in person.teams


def _whose(approving: Approving, named: UUID) -> Whose | None:
    try:
        item = approving.one(named)
    except UnknownItem:
        return None
    return Holding(approving.shelf).whose(item.conversation) if item.conversation else None
