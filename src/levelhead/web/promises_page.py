"""The page *Promises*: what is to be done, the most pressing first, and what a person does about one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.item import Item
from levelhead.casework.keeping import Rate
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import OPEN, Promised, PromiseState
from levelhead.live.bus import EVERYTHING
from levelhead.live.promise_ledger import Ledger
from levelhead.people.permission import Action, reach_of
from levelhead.storage.opening_hours import Opening
from levelhead.storage.refusals import Refused
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.promise_lines import lines_of
from levelhead.web.promised import Wanted, cases_of, promise, promises_for
from levelhead.web.promises_changing import changed
from levelhead.web.promises_rates import rates_for
from levelhead.web.regions import Regions
from levelhead.web.rendering import Page
from levelhead.web.streams import stream
from levelhead.web.things import own
from levelhead.web.ways import PROMISES, within

UNDO_FOR = timedelta(minutes=10)
"""For how long what was done stands in the list, with the way back."""
BROKEN_FOR = timedelta(days=7)
"""For how long what is broken can still be made good from the list."""
_ENDED = (PromiseState.KEPT, PromiseState.WITHDRAWN, PromiseState.SUPERSEDED)
_ORDER = (PromiseState.LATE, PromiseState.DUE_SOON, PromiseState.MADE)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="promise")]
keeps = asks(Action.KEEP_PROMISES, promise)


@router.get(PROMISES)
@asks(Action.SEE_PROMISES, own)
async def promises(page: Asked) -> HTMLResponse:
    """Every promise that one has to see to, or one's team."""
    shown = await _shown(page)
    return page.answer(
        "promises.html", page="promises", title=page.words("promise.title"), **shown, **await _rates(page)
    )


@router.get(f"{PROMISES}/stream")
@asks(Action.SEE_PROMISES, own)
async def promises_stream(request: Request) -> Response:
    """The live updates of the list."""

    async def regions() -> Regions:
        page = Page.asked_by(request)
        shown = await _shown(page)
        names = {"count": "promises_count", "list": "promises_list", "trouble": "trouble"}
        return Regions({name: page.render(f"regions/{file}.html", **shown) for name, file in names.items()})

    return stream(request, Page.asked_by(request).desk.bus, EVERYTHING, regions)


@router.post(PROMISES + "/{promise}/confirm")
@keeps
async def confirm(named: Named, request: Request) -> Response:
    """Agree that it was promised."""
    return await _done(request, named, lambda ledger: ledger.confirm(named))


@router.post(PROMISES + "/{promise}/keep")
@keeps
async def keep(named: Named, request: Request) -> Response:
    """Say that it was kept."""
    return await _done(request, named, lambda ledger: ledger.keep(named))


@router.post(PROMISES + "/{promise}/withdraw")
@keeps
async def withdraw(named: Named, request: Request) -> Response:
    """Say that nothing has to be done."""
    return await _done(request, named, lambda ledger: ledger.withdraw(named))


@router.post(PROMISES + "/{promise}/undo")
@keeps
async def undo(named: Named, request: Request) -> Response:
    """Take back what was done last."""
    return await _done(request, named, lambda ledger: ledger.reopen(named))


@router.get(PROMISES + "/{promise}/change")
@keeps
async def change_form(named: Named, page: Asked) -> HTMLResponse:
    """Where a promise gets a time or another one, or turns out to be none."""
    return await _change_page(page, named)


@router.post(PROMISES + "/{promise}/time")
@keeps
async def give_time(named: Named, request: Request, page: Asked) -> Response:
    """Give it a time, or another one: then the promise in its place has a clock of its own."""
    typed = (await form_of(request))("due")
    try:
        due = datetime.fromisoformat(typed).replace(tzinfo=(await _hours(page)).tz)
    except ValueError:
        return await _change_page(page, named, page.words("promise.time_not_read"))
    try:
        return await _done(request, named, partial(_timed, named, due))
    except Refused as refused:
        return await _change_page(page, named, page.words.told(refused))


def _timed(named: UUID, due: datetime, ledger: Ledger) -> Item[Promised]:
    if ledger.get(named).body.needs_time:
        return ledger.confirm(named, due)
    return ledger.supersede(named, due)


async def _done(request: Request, named: UUID, change: Callable[[Ledger], Item[Promised]]) -> Response:
    await changed(request, named, change)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(within((await form_of(request))("back")) or PROMISES, status_code=303)


async def _change_page(page: Page, named: UUID, refused: str = "") -> HTMLResponse:
    item = await to_thread.run_sync(Ledger(cases_of(page.request)).get, named)
    (line,) = await to_thread.run_sync(lines_of, page, (item,))
    zone = (await _hours(page)).tz
    due = item.due_at.astimezone(zone) if item.due_at else page.now.astimezone(zone)
    return page.answer(
        "promise_change.html",
        422 if refused else 200,
        page="promises",
        title=line.task,
        line=line,
        due=max(due, page.now.astimezone(zone)).strftime("%Y-%m-%dT%H:%M"),
        least=page.now.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        back=within(page.request.query_params.get("back", "")) or PROMISES,
        refused=refused,
    )


async def _shown(page: Page) -> dict[str, object]:
    return await to_thread.run_sync(_listed, page)


def _listed(page: Page) -> dict[str, object]:
    cases, now = cases_of(page.request), page.now
    see = partial(promises_for, page.person, cases)
    standing = sorted(see(Wanted(OPEN)), key=lambda item: _ORDER.index(PromiseState(item.state)))
    broken = see(Wanted((PromiseState.BROKEN,), changed_after=now - BROKEN_FOR))
    settled = sorted(see(Wanted(_ENDED, changed_after=now - UNDO_FOR)), key=lambda item: item.changed_at, reverse=True)
    lines = lines_of(page, standing)
    return {
        "lines": lines,
        "late": sum(line.state is PromiseState.LATE for line in lines),
        "broken": lines_of(page, broken),
        "settled": lines_of(page, settled),
    }


async def _rates(page: Page) -> dict[str, tuple[Rate, ...] | None]:
    if reach_of(page.person, Action.SEE_KEEPING) is None:
        return {"rates": None}
    return {"rates": await to_thread.run_sync(rates_for, page.person, cases_of(page.request))}


async def _hours(page: Page) -> OpeningHours:
    return await to_thread.run_sync(Opening(page.shelf).hours)
