"""What people do about remedies on their pages: say what went wrong, offer, grant, ask for more, and answer that."""

import re
from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.remedy_options import Facts
from levelhead.live.bus import EVERYTHING
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, NotHere, asks, whose_of
from levelhead.web.regions import Regions
from levelhead.web.remedies_asked import answer_request, asked_lines
from levelhead.web.remedies_here import Deed, approvers, do, pack_of, put_right, request_asked
from levelhead.web.rendering import Page, here_of
from levelhead.web.streams import stream
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.ways import REQUESTS, within

_DAYS = re.compile("[0-9]{1,3}")
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="remedy")]


@router.post("/conversations/{conversation:path}/remedies")
@asks(Action.GRANT_REMEDY, the_conversation)
async def remedies(conversation: str, request: Request, page: Asked) -> Response:
    """Take one step with a remedy."""
    form = await form_of(request)
    await do(request, conversation, await to_thread.run_sync(_deed, form, page, conversation))
    return _done(page, here_of(conversation))


@router.get(REQUESTS)
@asks(Action.APPROVE_REMEDY, own)
async def requests(page: Asked) -> HTMLResponse:
    """What waits for a yes or a no."""
    lines = await to_thread.run_sync(asked_lines, page)
    return page.answer("requests.html", page="requests", title=page.words("request.title"), lines=lines)


@router.get(f"{REQUESTS}/stream")
@asks(Action.APPROVE_REMEDY, own)
async def requests_stream(request: Request) -> Response:
    """The live updates of the list."""

    async def regions() -> Regions:
        page = Page.asked_by(request)
        lines = await to_thread.run_sync(asked_lines, page)
        names = {"count": "requests_count", "list": "requests_list", "trouble": "trouble"}
        return Regions({name: page.render(f"regions/{file}.html", lines=lines) for name, file in names.items()})

    return stream(request, Page.asked_by(request).desk.bus, EVERYTHING, regions)


@router.post(REQUESTS + "/{remedy}")
@asks(Action.APPROVE_REMEDY, request_asked)
async def answer(named: Named, request: Request, page: Asked) -> Response:
    """Say yes or no to what was asked for."""
    form = await form_of(request)
    if form("answer") not in {"approve", "refuse"}:
        raise BadForm
    await answer_request(request, named, approved=form("answer") == "approve", words=form("words"))
    return _done(page, within(form("back")) or REQUESTS)


def _done(page: Page, there: str) -> Response:
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(there, status_code=303)


def _deed(form: Form, page: Page, conversation: str) -> Deed:
    """The step that a form asks for. Raises BadForm for what no page of ours sends."""
    step = form("do")
    if step == "settle":
        wrong, facts = form("wrong"), _facts(form, page, conversation)
        return lambda remedying, team: remedying.settle(wrong, facts, team)
    if step == "offer":
        return lambda remedying, team: remedying.offer(form("option"), team)
    if step == "request":
        to = _approver(form("to"), page)
        return lambda remedying, team: remedying.request(form("option"), form("reason"), to, team)
    if step not in _STEPS:
        raise BadForm
    return _STEPS[step]


_STEPS: Final[Mapping[str, Deed]] = {
    "accept": lambda remedying, _: remedying.accept(),
    "decline": lambda remedying, _: remedying.decline(),
    "take_back": lambda remedying, _: remedying.take_back(),
    "grant": lambda remedying, _: remedying.grant(),
}


def _facts(form: Form, page: Page, conversation: str) -> Facts:
    """What was filled in; what cannot be read as a number is not known."""
    timeline = put_right(page.desk.books, conversation)
    if not timeline:
        raise NotHere
    days = form("days_late").strip()
    return Facts(
        delivered={"yes": True, "no": False}.get(form("delivered")),
        days_late=int(days) if _DAYS.fullmatch(days) else None,
        amount=pack_of(page.desk, timeline).currency.read(form("amount")),
    )


def _approver(named: str, page: Page) -> Person:
    known = approvers(page.shelf, page.place.presence, whose_of(page.request), page.person, page.now)
    found = next((one for one in known if str(one.id) == named), None)
    if found is None:
        raise BadForm
    return found
