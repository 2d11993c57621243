"""A person's own account: where they are signed in, and their password. Nobody else sees this page."""

from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.live.entrance import Locked, NotLetIn
from levelhead.live.welcome import change_password as change
from levelhead.people.passwords import WeakPassword
from levelhead.people.permission import Action
from levelhead.people.session import Session
from levelhead.web.away import away_of
from levelhead.web.browsers import browser_named
from levelhead.web.entering import came_from, entered_by, too_many
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.languages import chosen, offered
from levelhead.web.rendering import Page
from levelhead.web.things import own, own_session
from levelhead.web.times import ago
from levelhead.web.ways import ACCOUNT, SIGN_IN

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


@router.get(ACCOUNT)
@asks(Action.MANAGE_SESSIONS, own)
async def account(page: Asked) -> HTMLResponse:
    """Where one is signed in, and a form for a new password."""
    return await _account(page)


@router.post("/account/sessions/{session}/end")
@asks(Action.MANAGE_SESSIONS, own_session)
async def end_session(request: Request, page: Asked) -> Response:
    """Sign out one of one's own browsers."""
    ended = UUID(request.path_params["session"])  # The gate has found it among their sessions.
    await to_thread.run_sync(page.place.entrance.end_session, page.person, ended)
    return RedirectResponse(SIGN_IN if ended == page.visit.session else ACCOUNT, status_code=303)


@router.post("/account/sessions/end")
@asks(Action.MANAGE_SESSIONS, own)
async def end_all(page: Asked) -> Response:
    """Sign out everywhere, here too."""
    await to_thread.run_sync(page.place.entrance.end_all, page.person)
    return RedirectResponse(SIGN_IN, status_code=303)


@router.post("/account/password")
@asks(Action.CHANGE_PASSWORD, own)
async def change_password(request: Request, page: Asked) -> Response:
    """Take a new password; every other browser is signed out, and this one gets a new session."""
    form = await form_of(request)
    if form("password") != form("again"):
        return await _account(page, page.words("password.not_the_same"), 422)
    try:
        entered = await to_thread.run_sync(
            change, page.place.entrance, page.visit, form("old"), form("password"), came_from(request)
        )
    except Locked as refused:
        return too_many(await _account(page, page.words.told(refused)), refused)
    except (WeakPassword, NotLetIn) as refused:
        return await _account(page, page.words.told(refused), 422)
    return await entered_by(request, page, entered, f"{ACCOUNT}?changed=1")


async def _account(page: Page, refused: str = "", status: int = 200) -> HTMLResponse:
    sessions = await to_thread.run_sync(page.place.entrance.sessions, page.person)
    return page.answer(
        "account.html",
        status,
        page="account",
        title=page.words("account.title"),
        sessions=[_session(page, session) for session in sessions],
        here=page.visit.session,
        refused=refused,
        changed="changed" in page.request.query_params,
        away=await to_thread.run_sync(away_of, page),
        languages=offered(),
        language=(await to_thread.run_sync(chosen, page)).get(page.person.id, ""),
    )


def _session(page: Page, session: Session) -> tuple[Session, str, str]:
    return session, browser_named(session.came.device, page.words), ago(session.seen_at, page.now, page.words)
