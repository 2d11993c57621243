"""Customers as pages: found by the very same value, their profile and history, and what a person changes about them."""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.profile import LONGEST, MOST_NEEDS, Teller
from levelhead.people.permission import Action, may
from levelhead.storage.finding import customers_with
from levelhead.storage.merging import Merging
from levelhead.storage.profiles import Profiles
from levelhead.storage.refusals import Refused
from levelhead.web.customer_shown import shown_of
from levelhead.web.customers_here import customer, note_seen, whose_customer
from levelhead.web.customers_lately import here_lately
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks, whose_of
from levelhead.web.plan_shown import customers_plan
from levelhead.web.profile_form import NotSo, profile_in
from levelhead.web.rendering import Page
from levelhead.web.things import own
from levelhead.web.ways import CUSTOMERS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="customer")]
NOTHING_TYPED: Final[Mapping[str, tuple[str, ...]]] = {}
edits = asks(Action.EDIT_CUSTOMER, customer)
merges = asks(Action.MERGE_CUSTOMERS, customer)


@router.get(CUSTOMERS)
@asks(Action.SEE_CUSTOMER, own)
async def find_form(page: Asked) -> HTMLResponse:
    """Where a customer is found."""
    lately = await to_thread.run_sync(here_lately, page)
    title = page.words("customer.find")
    return page.answer("customers.html", page="customers", title=title, refused="", value="", lately=lately)


@router.post(CUSTOMERS)
@asks(Action.SEE_CUSTOMER, own)
async def find(request: Request, page: Asked) -> Response:
    """Lead to the one customer whom this names."""
    value = (await form_of(request))("value").strip()
    found = await to_thread.run_sync(_found, page, value, Action.SEE_CUSTOMER)
    if found is not None:
        return RedirectResponse(f"{CUSTOMERS}/{found}", status_code=303)
    refused = page.words("customer.find_none")
    title = page.words("customer.find")
    said = {"title": title, "refused": refused, "value": value, "lately": ()}
    return page.answer("customers.html", 404, page="customers", **said)


@router.get(CUSTOMERS + "/{customer}")
@asks(Action.SEE_CUSTOMER, customer)
async def show(named: Named, page: Asked) -> HTMLResponse:
    """Profile, brief and history of one customer."""
    return await _page(page, named)


@router.get(CUSTOMERS + "/{customer}/edit")
@edits
async def edit_form(named: Named, page: Asked) -> HTMLResponse:
    """Where what they told us is changed."""
    return await _edit_page(page, named)


@router.post(CUSTOMERS + "/{customer}/edit")
@edits
async def edit(named: Named, request: Request, page: Asked) -> Response:
    """Keep what they told us."""
    profiles = Profiles(page.desk.books, page.place.clock)
    known = await to_thread.run_sync(profiles.of, named)
    form = await form_of(request)
    try:
        profile = profile_in(form, known, page.now.date())
    except NotSo as wrong:
        field = page.words(f"customer.{wrong.field}") if wrong.field else ""
        return await _edit_page(page, named, page.words(wrong.key, most=wrong.most, field=field), form.fields)
    await to_thread.run_sync(profiles.keep, named, profile)
    return RedirectResponse(f"{CUSTOMERS}/{named}", status_code=303)


@router.post(CUSTOMERS + "/{customer}/merge")
@merges
async def merge(named: Named, request: Request, page: Asked) -> Response:
    """Look at both, and when somebody has said so, make them one person."""
    form = await form_of(request)
    other = await to_thread.run_sync(_found, page, form("value").strip(), Action.MERGE_CUSTOMERS)
    if other is None or other == named:
        return await _page(page, named, page.words("customer.not_found"), value=form("value"))
    if form("both") != str(other):
        one, two = [await to_thread.run_sync(shown_of, page, each) for each in (named, other)]
        title = page.words("customer.merge")
        both = (one, two)
        return page.answer("customer_merge.html", page="customers", title=title, both=both, value=form("value"))
    try:
        await to_thread.run_sync(Merging(page.shelf, page.place.clock).merge, other, named)
    except Refused as refused:
        return await _page(page, named, page.words.told(refused), value=form("value"))
    return RedirectResponse(f"{CUSTOMERS}/{named}", status_code=303)


@router.post(CUSTOMERS + "/{customer}/split")
@merges
async def split(named: Named, page: Asked) -> Response:
    """Have this identity be somebody else than the rest."""
    try:
        await to_thread.run_sync(Merging(page.shelf, page.place.clock).split, named)
    except Refused as refused:
        return await _page(page, named, page.words.told(refused))
    return RedirectResponse(f"{CUSTOMERS}/{named}", status_code=303)


def _found(page: Page, value: str, action: Action) -> UUID | None:
    """The one customer whom this value names, among those to whom the person may do this."""
    books, found = page.desk.books, []
    for named in customers_with(books, value) if value else ():
        whose = whose_customer(books, named, page.person)
        if whose is not None and may(page.person, action, whose):
            found.append(named)
    return found[0] if len(found) == 1 else None


async def _page(page: Page, named: UUID, refused: str = "", value: str = "") -> HTMLResponse:
    await to_thread.run_sync(note_seen, page.shelf, named, whose_of(page.request), page.person)
    shown = await to_thread.run_sync(shown_of, page, named)
    planned = await to_thread.run_sync(customers_plan, page, named)
    may_merge = may(page.person, Action.MERGE_CUSTOMERS, whose_of(page.request))
    may_edit = may(page.person, Action.EDIT_CUSTOMER, whose_of(page.request))
    return page.answer(
        "customer.html",
        422 if refused else 200,
        page="customers",
        title=shown.who or page.words("customer.unnamed"),
        shown=shown,
        planned=planned,
        refused=refused,
        value=value,
        may_merge=may_merge,
        may_edit=may_edit,
    )


async def _edit_page(
    page: Page, named: UUID, refused: str = "", typed: Mapping[str, tuple[str, ...]] = NOTHING_TYPED
) -> HTMLResponse:
    shown = await to_thread.run_sync(shown_of, page, named)
    return page.answer(
        "customer_edit.html",
        422 if refused else 200,
        page="customers",
        title=page.words("customer.edit"),
        shown=shown,
        refused=refused,
        typed={name: values[-1] for name, values in typed.items()},
        longest=LONGEST,
        most_needs=MOST_NEEDS,
        tellers=(Teller.CUSTOMER, Teller.SPEAKS_FOR_THEM),
    )
