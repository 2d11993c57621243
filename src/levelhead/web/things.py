"""Whose the things are that routes are about: what `gate.asks` looks up before anybody is let through."""

from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.people.person import Person, Whose
from levelhead.storage.accounts import People, UnknownPerson
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from levelhead.web.gate import Who
from levelhead.web.workplace import workplace_of


async def own(_request: Request, who: Who) -> Whose:
    """What is the caller's own; for a token, its team's. Whoever may do a thing at all may do it to this."""
    return Whose.of(who) if isinstance(who, Person) else Whose(who.tenant, who.team)


async def whole_tenant(_request: Request, who: Who) -> Whose:
    """What belongs to the organisation as a whole."""
    return Whose(who.tenant)


async def conversation(request: Request, who: Who) -> Whose | None:
    """Of the conversation that the address names."""
    holding = Holding(shelf_of(request, who))
    return await to_thread.run_sync(holding.whose, request.path_params["conversation"])


async def conversation_or_new(request: Request, who: Who) -> Whose:
    """Of the conversation that the address names; of one that is not there yet, what it would become."""
    known = await conversation(request, who)
    request.state.is_new = known is None
    return known or await new_conversation(request, who)


async def new_conversation(_request: Request, who: Who) -> Whose:
    """A person's new conversation is their own and of their first team; a program's is its team's, held by nobody.

    Which team it is where a program is of the whole organisation, `placing.placed` finds out.
    """
    if isinstance(who, Person):
        return Whose(who.tenant, min(who.teams, default=None), who.id)
    return Whose(who.tenant, who.team)


def is_new(request: Request) -> bool:
    """Whether the conversation that the request was let through to is not there yet."""
    found: bool = request.state.is_new
    return found


async def own_session(request: Request, who: Who) -> Whose | None:
    """Of a session of the caller's."""
    if not isinstance(who, Person):
        return None
    sessions = await to_thread.run_sync(workplace_of(request).entrance.sessions, who)
    named = named_in(request, "session")
    return Whose.of(who) if any(session.id == named for session in sessions) else None


async def somebody(request: Request, who: Who) -> Whose | None:
    """Of the person that the address names."""
    named, people = named_in(request, "person"), People(shelf_of(request, who))
    try:
        return Whose.of(await to_thread.run_sync(people.one, named)) if named else None
    except UnknownPerson:
        return None


async def team(request: Request, who: Who) -> Whose | None:
    """Of the team that the address names."""
    named = named_in(request, "team")
    teams = await to_thread.run_sync(Teams(shelf_of(request, who)).all)
    return next((Whose(who.tenant, found.id) for found in teams if found.id == named), None)


async def api_token(request: Request, who: Who) -> Whose | None:
    """Of the API token that the address names, ended or not."""
    named = named_in(request, "token")
    tokens = await to_thread.run_sync(Tokens(shelf_of(request, who)).all)
    return next((Whose(who.tenant) for token in tokens if token.id == named), None)


def shelf_of(request: Request, who: Who) -> Shelf:
    """What is kept for the caller's tenant, and nothing else."""
    return workplace_of(request).desks.library.shelf(who.tenant)


def named_in(request: Request, what: str) -> UUID | None:
    """The id that the address gives; None where it is no id."""
    try:
        return UUID(request.path_params[what])
    except ValueError:
        return None
