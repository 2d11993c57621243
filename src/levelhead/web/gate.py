"""The one place that decides who is let through to a route.

Every route says what it does, and to what: `@asks(Action.READ_CONVERSATION, of=conversation)`; a route that says
nothing cannot be made. Before anything of the request is read, the gate finds out who asks (a session's cookie, or an
API token), looks up whose the thing is within their tenant, and asks `people.permission`. What is not there and what
may not be seen are answered alike.
"""

import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import BaseRoute

from levelhead.people.api_token import ApiToken
from levelhead.people.audit_actor import NOBODY, act_as
from levelhead.people.audit_looks import look_of
from levelhead.people.permission import BEFORE_TAKING, Action, may, may_open, reach_of
from levelhead.people.person import Person, Visit, Whose
from levelhead.storage.audit_notes import note_look
from levelhead.web.characters import check_address, check_json
from levelhead.web.cookies import Cookie, kept_in
from levelhead.web.forms import HEADER, NotOurForm, check_form
from levelhead.web.workplace import workplace_of

Who = Person | ApiToken
Of = Callable[[Request, Who], Awaitable[Whose | None]]
"""Whose the thing is that a request is about; None where it is not there."""
Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NUMBER = re.compile("[0-9]{1,10}")
# What FastAPI adds by itself: the description of the API, which is public, and files of no secret.
_OF_NOBODY = frozenset({"/api/v1/openapi.json", "/static"})


class NotSignedIn(Exception):
    """Nobody, or somebody whose session or token is over, asked for what needs one."""


class NotAllowed(Exception):
    """Their role may not do this to anything."""


class NotHere(Exception):
    """The thing is not there, or not for them: nobody is told which."""


class Undeclared(Exception):
    """A route that does not say what it does: a fault of ours."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person by a session, or a program by a token."""

    who: Who
    visit: Visit | None = None
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a route does and to what; without an action it is open to everyone."""

    action: Action | None
    of: Of | None
    programs: bool


_ASKS: dict[Callable[..., object], Ask] = {}


def asks(action: Action, of: Of, *, programs: bool = False) -> Callable[[Endpoint], Endpoint]:
    """Have a route ask whether the caller may do this to that thing; `programs`: API tokens may call it too."""
    return _declared(Ask(action, of, programs))


def open_to_all(endpoint: Endpoint) -> Endpoint:
    """Have a route answer everyone, signed in or not."""
    return _declared(Ask(None, None, programs=True))(endpoint)


def _declared(ask: Ask) -> Callable[[Endpoint], Endpoint]:
    def declare(endpoint: Endpoint) -> Endpoint:
        _ASKS[endpoint] = ask
        return endpoint

    return declare


class Guarded(APIRoute):
    """A route behind the gate."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **known: Any) -> None:  # noqa: ANN401 - whatever a route takes
        if endpoint not in _ASKS:
            raise Undeclared(f"{path} does not say what it does; put @asks or @open_to_all on its function")
        self.ask = _ASKS[endpoint]
        super().__init__(path, endpoint, **known)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answers as the route does, once the gate has let the caller through."""
        answer = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            await _admit(request, self.ask)
            if self.body_field is not None:
                await check_json(request)
            return await answer(request)

        return guarded


def check_declared(app: FastAPI) -> None:
    """Raises Undeclared for a route that would answer without asking at the gate."""
    for route in _routes(app.routes):
        if not isinstance(route, Guarded) and getattr(route, "path", None) not in _OF_NOBODY:
            raise Undeclared(f"{route!r} is not behind the gate; give its router route_class=Guarded")


def guarded_routes(app: FastAPI) -> tuple[Guarded, ...]:
    """Every route behind the gate, for whoever documents or tries them all."""
    return tuple(route for route in _routes(app.routes) if isinstance(route, Guarded))


def _routes(routes: list[BaseRoute]) -> list[BaseRoute]:
    """All of them; newer FastAPI keeps an included router as one route."""
    found: list[BaseRoute] = []
    for route in routes:
        included = getattr(route, "original_router", None)
        found += _routes(included.routes) if included is not None else [route]
    return found


def caller_of(request: Request) -> Caller | None:
    """Who asks, as far as the gate or a refusal has found out."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


def who_of(request: Request) -> Who:
    """Who was let through to a route that asks for somebody."""
    caller = caller_of(request)
    if caller is None:
        raise NotSignedIn
    return caller.who


def whose_of(request: Request) -> Whose:
    """Whose the thing is that this request was let through to."""
    found: Whose = request.state.whose
    return found


async def recognise(request: Request) -> Caller | None:
    """Who asks; an API token that is not good is nobody, whatever cookie comes with it."""
    if not hasattr(request.state, "caller"):
        request.state.caller = await to_thread.run_sync(_caller, request)
    return caller_of(request)


def _caller(request: Request) -> Caller | None:
    entrance = workplace_of(request).entrance
    if "authorization" in request.headers:
        scheme, _, secret = request.headers["authorization"].partition(" ")
        token = entrance.token(secret.strip()) if scheme.lower() == "bearer" else None
        return Caller(token) if token else None
    cookie = kept_in(request, Cookie.SESSION)
    visit = entrance.visit(cookie) if cookie else None
    return Caller(visit.person, visit, cookie or "") if visit else None


async def still_admitted(request: Request) -> bool:
    """Whether a request that was let through a while ago would be let through now; no sign of life of the person."""
    caller, ask = caller_of(request), request.state.ask
    if caller is None or await to_thread.run_sync(workplace_of(request).entrance.still, caller.cookie) is None:
        return False
    whose = request.state.whose = await ask.of(request, caller.who)
    return whose is not None and _allows(caller.who, ask.action, whose)


async def _admit(request: Request, ask: Ask) -> None:
    caller = await recognise(request)
    act_as(caller.who if caller else NOBODY)
    request.state.ask = ask
    if ask.action is None or ask.of is None:
        check_address(request)
        if request.method not in _SAFE:
            visit = caller.visit if caller else None
            await check_form(request, kept_in(request, Cookie.FORM), visit.csrf if visit else None)
        return
    if caller is None or (caller.visit is None and not ask.programs):
        raise NotSignedIn
    if request.method not in _SAFE and caller.visit is not None:
        await _check_token(request, caller.visit, ask)
    check_address(request)
    whose = request.state.whose = await _whose(request, caller.who, ask.action, ask.of)
    conversation, part = request.path_params.get("conversation"), _part(request)
    if look_of(caller.who, ask.action, whose, conversation) is not None:
        # No look without a note: who cannot be noted is not answered.
        shelf = workplace_of(request).desks.library.shelf(whose.tenant)
        await to_thread.run_sync(note_look, shelf, caller.who, ask.action, whose, conversation, part)


def _part(request: Request) -> str:
    """Which placeholder of which turn the address names; '' where it names none."""
    named = [request.path_params.get(name, "") for name in ("n", "place")]
    return ":".join(named) if all(_NUMBER.fullmatch(one) for one in named) else ""


async def _check_token(request: Request, visit: Visit, ask: Ask) -> None:
    # What programs call takes JSON, so a browser's script puts the token beside it.
    if ask.programs and HEADER not in request.headers:
        raise NotOurForm
    await check_form(request, visit.csrf)


async def _whose(request: Request, who: Who, action: Action, of: Of) -> Whose:
    if reach_of(who, action) is None and not _may_take_to_read(who, action):
        raise NotAllowed
    whose = await of(request, who)
    if whose is None or not _allows(who, action, whose):
        raise NotHere if request.path_params else NotAllowed
    return whose


def _allows(who: Who, action: Action, whose: Whose) -> bool:
    return may_open(who, whose, action) if action in BEFORE_TAKING else may(who, action, whose)


def _may_take_to_read(who: Who, action: Action) -> bool:
    return action in BEFORE_TAKING and reach_of(who, Action.TAKE_CONVERSATION) is not None
