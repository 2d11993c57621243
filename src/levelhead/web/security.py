"""What keeps a page that shows hostile words safe: strict headers on every answer, and no POST from other sites."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from levelhead.conversation.languages import BRITISH, first_accepted
from levelhead.web.refusals_told import told_for

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
HTTPS_ONLY = {"strict-transport-security": "max-age=31536000"}
"""Said over https only: a browser that has been here over https never comes without it, for a year (RFC 6797)."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_FROM_HERE = "This came from another site, so nothing was changed. Open Levelhead itself and try again."


class StrictHeaders:
    """Adds HEADERS to every answer; what people said is never kept by a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | HTTPS_ONLY if scope["scheme"] == "https" else HEADERS).items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class SameOrigin:
    """Refuses (403) a change that a browser sends on behalf of another site. Tools send neither header and pass."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or refuse."""
        if scope["type"] != "http" or scope["method"] in _SAFE or _is_from_here(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        # Nobody is known yet, so it is said as the browser likes it best; the API speaks English.
        accepts = "" if scope["path"].startswith("/api/") else Headers(scope=scope).get("accept-language", "")
        reason = told_for(first_accepted(accepts) or BRITISH)(NOT_FROM_HERE)
        answer = JSONResponse({"field": None, "reason": reason}, status_code=403)
        await answer(scope, receive, send)


def _is_from_here(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
