"""The cookies of a browser: who is signed in, a form before that, and a sign-in that is under way elsewhere.

Over https they carry the `__Host-` prefix: the browser then takes them only from this host, for the whole of it, and
only over https (RFC 6265bis, 4.1.3.2), so that no neighbouring site can plant one. Browsers refuse that prefix over
plain http, where the same names go without it; over https those are never looked at.
"""

from enum import StrEnum

from fastapi import Request
from starlette.responses import Response

PREFIX = "__Host-"


class Cookie(StrEnum):
    """What a browser is asked to keep; no script can read any of them."""

    SESSION = "levelhead"
    FORM = "levelhead-form"
    ELSEWHERE = "levelhead-elsewhere"
    KNOWN = "levelhead-known"
    """That somebody has signed in with this browser before; it opens nothing."""


def kept_in(request: Request, cookie: Cookie) -> str | None:
    """What the browser keeps under this cookie."""
    return request.cookies.get(_name(request, cookie)) or None


def keep(request: Request, response: Response, cookie: Cookie, value: str, seconds: int | None = None) -> None:
    """Have the browser keep this, for so long or until it is closed."""
    response.set_cookie(
        _name(request, cookie),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response, cookie: Cookie) -> None:
    """Have the browser keep it no longer."""
    response.delete_cookie(_name(request, cookie), path="/", secure=_is_secure(request), httponly=True, samesite="lax")


def _name(request: Request, cookie: Cookie) -> str:
    return f"{PREFIX}{cookie}" if _is_secure(request) else cookie.value


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
