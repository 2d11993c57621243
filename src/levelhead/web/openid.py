"""Signing in with the account of one's organisation: OpenID Connect, by Authlib.

The authorisation code flow with PKCE (S256), `state` and `nonce`. What Authlib has to remember until the provider
sends the browser back stays with that browser, in a cookie of ten minutes: whoever comes back without it is refused.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated, Any

import structlog
from anyio import to_thread
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import StarletteOAuth2App
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from httpx2 import HTTPError
from joserfc.errors import JoseError

from levelhead.live.entrance import Entered, NotLetIn
from levelhead.live.vouched import enter_by_claims
from levelhead.web.addresses import link_to
from levelhead.web.cookies import Cookie, forget, keep, kept_in
from levelhead.web.entering import came_from, entered_by
from levelhead.web.gate import Guarded, NotHere, open_to_all
from levelhead.web.rendering import Page
from levelhead.web.ways import within

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
START, BACK = "/sign-in/elsewhere", "/sign-in/elsewhere/back"
UNDER_WAY_S = 600
_ON = "on"


@router.get(START)
@open_to_all
async def start(request: Request, page: Asked) -> Response:
    """Send the browser to the provider."""
    provider = _provider(page)
    remembered: dict[str, Any] = {_ON: within(request.query_params.get("next", "")) or ""}
    request.scope["session"] = remembered
    try:
        answer: Response = await provider.authorize_redirect(request, link_to(request, BACK))
    except (HTTPError, AuthlibBaseError) as wrong:
        log.warning("The sign-in provider cannot be reached", why=type(wrong).__name__)
        return _refused(page, page.words("elsewhere.not_reached"), 503)
    keep(request, answer, Cookie.ELSEWHERE, _packed(remembered), UNDER_WAY_S)
    return answer


@router.get(BACK)
@open_to_all
async def back(request: Request, page: Asked) -> Response:
    """Let in whom the provider vouches for, with the role and the teams that the mapping gives."""
    provider = _provider(page)
    remembered = _unpacked(kept_in(request, Cookie.ELSEWHERE))
    request.scope["session"] = remembered
    try:
        token: Mapping[str, Any] = await provider.authorize_access_token(request)
        claims: Mapping[str, Any] = token["userinfo"]
    except (HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError) as wrong:
        log.warning("A sign-in at the provider did not hold", why=type(wrong).__name__)
        return _refused(page, page.words("elsewhere.did_not_hold"), 401)
    try:
        entered = await to_thread.run_sync(_enter, page, claims, request)
    except NotLetIn as refused:
        return _refused(page, page.words.told(refused), 403)
    answer = await entered_by(request, page, entered, str(remembered.get(_ON, "")))
    forget(request, answer, Cookie.ELSEWHERE)
    return answer


def _provider(page: Page) -> StarletteOAuth2App:
    if page.place.provider is None:
        raise NotHere
    return page.place.provider


def _enter(page: Page, claims: Mapping[str, Any], request: Request) -> Entered:
    place, settings = page.place, page.place.settings
    tenant, leaving = place.desks.library.tenant(settings.oidc_tenant), kept_in(request, Cookie.SESSION)
    return enter_by_claims(
        place.entrance, tenant.id, str(claims["iss"]), claims, settings.claim_rules, came_from(request), leaving
    )


def _refused(page: Page, sentence: str, status: int) -> HTMLResponse:
    title = page.words("elsewhere.refused_title")
    return page.answer("elsewhere_refused.html", status, page="refusal", title=title, sentence=sentence)


def _packed(remembered: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(remembered).encode()).decode()


def _unpacked(cookie: str | None) -> dict[str, Any]:
    """What was remembered; nothing where the browser brings something else, which then holds no `state`."""
    try:
        found = json.loads(urlsafe_b64decode(cookie or ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
