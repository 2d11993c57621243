"""What every call of the API has in common, and its OpenAPI document says: the token, and the ways to be refused."""

from typing import Any

from fastapi import APIRouter, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from levelhead.web import wire
from levelhead.web.cookies import Cookie
from levelhead.web.gate import Guarded

PREFIX = "/api/v1"
_BEARER = HTTPBearer(auto_error=False, description="An API token; `levelhead token add` makes one.")
_SESSION = APIKeyCookie(
    name=Cookie.SESSION,
    auto_error=False,
    description="The session of a person who is signed in; what changes something sends `X-CSRF-Token` too.",
)
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": wire.Problem, "description": "Not JSON"},
    401: {"model": wire.Problem, "description": "No API token, or one that is over"},
    403: {"model": wire.Problem, "description": "The token has no scope for this, or another site sent it"},
    404: {"model": wire.Problem, "description": "There is no such thing, or not for this caller"},
    409: {"model": wire.Problem, "description": "Taken by other words, or not possible as it stands"},
    413: {"model": wire.Problem, "description": "More than can be taken at once"},
    422: {"model": wire.Problem, "description": "Not as agreed: which field, and why"},
    503: {"model": wire.Problem, "description": "Cannot be kept right now, and nothing of it was"},
}


def api_router(*, needs_token: bool = True, for_people: bool = False) -> APIRouter:
    """A router for calls of the API, behind the gate; what is `for_people` answers sessions alone, and no token."""
    caller = _SESSION if for_people else _BEARER
    dependencies = [Security(caller)] if needs_token else []
    return APIRouter(prefix=PREFIX, responses=_PROBLEMS, tags=["v1"], route_class=Guarded, dependencies=dependencies)
