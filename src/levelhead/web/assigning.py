"""Who answers in a conversation: a supervisor gives it to an agent of its team, or its holder lets it go."""

from contextlib import suppress
from functools import partial
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict

from levelhead.live.entrance import Entrance
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role, Whose
from levelhead.storage.accounts import People, UnknownPerson
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.web.consenting import Asked, Name
from levelhead.web.documented import api_router
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, asks, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.rendering import here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import shelf_of
from levelhead.web.workplace import workplace_of

calls = api_router(for_people=True)
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
NOBODY = "nobody"
"""What the form says where a conversation is to wait for whoever takes it."""


class PersonOut(BaseModel):
    """Somebody who may answer."""

    id: UUID
    shown_as: str


class HolderOut(BaseModel):
    """Who answers now, null where nobody does, and to whom the conversation can be given."""

    holder: PersonOut | None
    agents: list[PersonOut]


class HolderIn(BaseModel):
    """Who is to answer; null: whoever of the team takes it."""

    model_config = ConfigDict(extra="forbid")
    person: UUID | None


def agents_of(shelf: Shelf, entrance: Entrance, whose: Whose) -> tuple[Person, ...]:
    """The agents of its team who can come in, by name."""
    found = (one for one in People(shelf).all() if one.role is Role.AGENT and entrance.lets_in(one))
    return tuple(sorted((one for one in found if whose.team in one.teams), key=lambda one: one.shown_as.casefold()))


def holder_of(shelf: Shelf, whose: Whose) -> Person | None:
    """Who answers in a conversation that is `whose`."""
    if whose.owner is None:
        return None
    with suppress(UnknownPerson):
        return People(shelf).one(whose.owner)
    return None


@calls.get("/conversations/{conversation:path}/holder")
@asks(Action.ASSIGN_CONVERSATION, the_conversation)
async def holder(conversation: Name, request: Request) -> HolderOut:
    """Who answers in this conversation, and to whom it can be given."""
    return await to_thread.run_sync(_told, request, conversation)


@calls.put("/conversations/{conversation:path}/holder")
@asks(Action.ASSIGN_CONVERSATION, the_conversation)
async def give(conversation: Name, to: HolderIn, request: Request) -> HolderOut:
    """Give it to an agent of its team, or to nobody; whoever held it until now can open it no longer."""
    if not await _given(request, conversation, to.person):
        raise Refusal(422, "Nobody of this id is an agent of the conversation's team.", field="person")
    return await to_thread.run_sync(_told, request, conversation)


@pages.post("/conversations/{conversation:path}/give")
@asks(Action.ASSIGN_CONVERSATION, the_conversation)
async def give_to(conversation: str, request: Request, page: Asked) -> Response:
    """Give it to whom the form says."""
    person = (await form_of(request))("person")
    if not await _given(request, conversation, None if person == NOBODY else _id(person)):
        raise BadForm
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(f"{here_of(conversation)}#answering", status_code=303)


@pages.post("/conversations/{conversation:path}/let-go")
@asks(Action.TAKE_CONVERSATION, the_conversation)
async def let_go(conversation: str, page: Asked) -> Response:
    """Have somebody else of the team take what one held; of what another holds, nothing changes."""
    go = partial(Holding(page.shelf).let_go, conversation, page.person.id)
    await page.desk.change(conversation, go)
    return RedirectResponse("/", status_code=303)


async def _given(request: Request, conversation: str, person: UUID | None) -> bool:
    """Whether it could be given: to an agent of its team alone."""
    place, who = workplace_of(request), who_of(request)
    shelf = shelf_of(request, who)
    agents = await to_thread.run_sync(agents_of, shelf, place.entrance, whose_of(request))
    if person is not None and person not in {agent.id for agent in agents}:
        return False
    await place.desks.of(who.tenant).change(conversation, partial(Holding(shelf).give, conversation, person))
    return True


def _told(request: Request, conversation: str) -> HolderOut:
    shelf = shelf_of(request, who_of(request))
    whose = Holding(shelf).whose(conversation) or whose_of(request)
    agents = agents_of(shelf, workplace_of(request).entrance, whose)
    held = holder_of(shelf, whose)
    return HolderOut(holder=_out(held) if held else None, agents=[_out(agent) for agent in agents])


def _out(person: Person) -> PersonOut:
    return PersonOut(id=person.id, shown_as=person.shown_as)


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise BadForm from None
