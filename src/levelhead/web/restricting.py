"""The pages about restrictions: propose one, decide about it, print its letter, look at it again, answer an appeal."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.arrangement import Letter, Signed
from levelhead.casework.boundary import BoundaryState, evidence
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.item import Item
from levelhead.casework.restriction import Restriction, RestrictionState
from levelhead.conversation.dates import written as day_written
from levelhead.live.arranging import NotComplete
from levelhead.live.climbing import boundary_of
from levelhead.live.restricting import Restrictions
from levelhead.live.speaking import written_in
from levelhead.people.permission import Action, may
from levelhead.people.person import Whose
from levelhead.people.sight import sight_of
from levelhead.storage.cases import UnknownItem
from levelhead.storage.refusals import Refused
from levelhead.web.consenting import Asked
from levelhead.web.days import day_in, proposed_days, zone_of
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, NotHere, Who, asks, whose_of
from levelhead.web.rendering import Page, here_of
from levelhead.web.restriction_forms import asked_in
from levelhead.web.restriction_lines import Row, rows_of, when_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import named_in, own
from levelhead.web.ways import RESTRICTIONS
from levelhead.web.workplace import workplace_of

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)


class Do(StrEnum):
    """What a supervisor decides about a restriction."""

    APPROVE = "approve"
    REFUSE = "refuse"
    TELL = "tell"
    REVIEW = "review"
    LIFT = "lift"
    APPEAL = "appeal"
    UPHOLD = "uphold"


async def the_restriction(request: Request, who: Who) -> Whose | None:
    """Whose the restriction is that the address names: of its team, and of who proposed it."""
    named = named_in(request, "restriction")
    cases = workplace_of(request).desks.of(who.tenant).cases
    if named is None:
        return None
    try:
        item = await to_thread.run_sync(cases.get, named)
    except UnknownItem:
        return None
    return Whose(who.tenant, item.team, item.owner) if isinstance(item.body, Restriction) else None


@pages.get("/conversations/{conversation:path}/restriction")
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def ask_for(conversation: str, page: Asked) -> HTMLResponse:
    """The form that proposes a restriction, once the contact was ended."""
    limits, zone = (await _policy(page, conversation)).limits, await to_thread.run_sync(zone_of, page.shelf)
    return await _form(page, conversation, proposed_days(page.now, limits, zone))


@pages.post("/conversations/{conversation:path}/restriction")
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def propose(conversation: str, request: Request, page: Asked) -> Response:
    """Propose it; what is missing is said, and what was typed stays."""
    form, policy = await form_of(request), await _policy(page, conversation)
    try:
        asked = asked_in(form, await to_thread.run_sync(zone_of, page.shelf))
        proposing = partial(_at(page, policy).propose, conversation, asked, page.person, whose_of(request).team)
        made = await page.desk.change(conversation, proposing)
    except NotComplete as missing:
        typed = {name: values[-1] for name, values in form.fields.items()}
        return await _form(page, conversation, typed, missing, status=422)
    return RedirectResponse(f"{RESTRICTIONS}/{made.id}", status_code=303)


@pages.get(RESTRICTIONS)
@asks(Action.DECIDE_RESTRICTION, own)
async def restrictions(page: Asked) -> HTMLResponse:
    """Those that wait for somebody, that hold, and that are over."""
    sight = sight_of(page.person)
    assert sight is not None  # noqa: S101 - whoever may decide sees conversations
    known = _at(page, await to_thread.run_sync(page.desk.packs.boundary, page.words.locale))
    open_now = await to_thread.run_sync(known.open, sight)
    over = await to_thread.run_sync(known.over, sight)
    rows = await to_thread.run_sync(rows_of, page, (*open_now, *over))
    shown = {"groups": _grouped(rows), "count": len(open_now)}
    return page.answer("restrictions.html", page="restrictions", title=page.words("restriction.list_title"), **shown)


@pages.get(f"{RESTRICTIONS}/{{restriction}}/letter")
@asks(Action.HOLD_BOUNDARY, the_restriction)
async def letter(restriction: UUID, page: Asked) -> HTMLResponse:
    """The letter, as it went out or as it would go out now; what is still missing is said instead."""
    item, policy = await _item(page, restriction)
    written: Letter | None = None
    missing = ""
    try:
        written = await to_thread.run_sync(_at(page, policy).letter, restriction)
    except NotComplete as why:
        missing = page.words.told(why)
    sent = item.body.told.at if item.body.told else page.now
    return page.answer(
        "restriction_letter.html",
        page="restriction-letter",
        title=policy.title,
        letter=written,
        missing=missing,
        dated=day_written(sent, policy.date_form, policy.locale),
        back=f"{RESTRICTIONS}/{restriction}",
        reference=str(restriction)[:8],
        organisation=await to_thread.run_sync(_organisation, page),
    )


@pages.get(f"{RESTRICTIONS}/{{restriction}}")
@asks(Action.HOLD_BOUNDARY, the_restriction)
async def restriction_page(restriction: UUID, page: Asked) -> HTMLResponse:
    """One restriction, and what can be decided about it."""
    return await _page(page, restriction)


@pages.post(f"{RESTRICTIONS}/{{restriction}}/take-back")
@asks(Action.HOLD_BOUNDARY, the_restriction)
async def take_back(restriction: UUID, page: Asked) -> Response:
    """Take a proposal back before anybody is told."""
    return await _decided(page, restriction, lambda known: known.take_back(restriction))


@pages.post(f"{RESTRICTIONS}/{{restriction}}")
@asks(Action.DECIDE_RESTRICTION, the_restriction)
async def decide(restriction: UUID, request: Request, page: Asked) -> Response:
    """Approve, refuse, tell, look again, lift, note an appeal or answer it."""
    form = await form_of(request)
    if form("do") not in set(Do):
        raise BadForm
    return await _decided(page, restriction, partial(_decide, Do(form("do")), restriction, form, page))


def _decide(do: Do, item: UUID, form: Form, page: Page, known: Restrictions) -> None:
    why, by = form("why").strip()[:2_000], page.person
    deeds: dict[Do, Callable[[], None]] = {
        Do.APPROVE: lambda: known.approve(item, by),
        Do.REFUSE: lambda: known.refuse(item, why),
        Do.TELL: lambda: known.tell(item, by),
        Do.REVIEW: lambda: known.review(item, by, day_in(form, "review_at", zone_of(page.shelf)), why),
        Do.LIFT: lambda: known.lift(item, by, why),
        Do.APPEAL: lambda: known.appeal(item, why),
        Do.UPHOLD: lambda: known.uphold(item, by, why),
    }
    deeds[do]()


async def _decided(page: Page, restriction: UUID, deed: Callable[[Restrictions], None]) -> Response:
    item, policy = await _item(page, restriction)
    try:
        await page.desk.change(item.conversation or "", partial(deed, _at(page, policy)))
    except Refused as refused:
        return await _page(page, restriction, page.words.told(refused), status=409)
    return RedirectResponse(f"{RESTRICTIONS}/{restriction}", status_code=303)


async def _form(
    page: Page, conversation: str, typed: dict[str, str], missing: NotComplete | None = None, status: int = 200
) -> HTMLResponse:
    ended = await to_thread.run_sync(boundary_of, page.desk.cases, conversation)
    if ended is None or ended.state != BoundaryState.ENDED:
        raise NotHere
    policy = await _policy(page, conversation)
    return page.answer(
        "restriction_new.html",
        status,
        page="restrictions",
        title=page.words("restriction.title"),
        here=here_of(conversation),
        policy=policy,
        quotes=evidence(conversation, ended.body),
        typed=typed,
        missing=missing,
        until={"expires_at": policy.limits.longest_days, "review_at": policy.limits.review_days},
    )


async def _page(page: Page, restriction: UUID, refused: str = "", status: int = 200) -> HTMLResponse:
    item, policy = await _item(page, restriction)
    (row,) = await to_thread.run_sync(rows_of, page, (item,))
    changes = await to_thread.run_sync(page.desk.cases.changes, item.id)
    zone = await to_thread.run_sync(zone_of, page.shelf)
    body, state, person = item.body, RestrictionState(item.state), page.person
    had_part = person.id in {body.proposed.person, body.approved.person if body.approved else None}
    return page.answer(
        "restriction.html",
        status,
        page="restrictions",
        title=page.words("restriction.one_title", customer=row.customer),
        row=row,
        item=item,
        body=body,
        state=state,
        refused=refused,
        decides=may(person, Action.DECIDE_RESTRICTION, whose_of(page.request)),
        is_mine=body.proposed.person == person.id,
        had_part=had_part,
        signed=partial(_signed, page),
        history=[(change, when_of(change.at, page)) for change in changes],
        day=lambda moment: page.words.date("time.day_month_year", moment),
        next_look=proposed_days(page.now, policy.limits, zone)["review_at"],
        here=here_of(item.conversation) if item.conversation else "",
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows under one heading."""

    name: str
    rows: tuple[Row, ...]


def _grouped(rows: tuple[Row, ...]) -> tuple[_Group, ...]:
    names = ("waiting", "holding", "over")
    groups = (_Group(name, tuple(row for row in rows if row.group == name)) for name in names)
    return tuple(group for group in groups if group.rows)


def _signed(page: Page, signed: Signed) -> str:
    return page.words("restriction.signed", name=signed.name, when=when_of(signed.at, page))


async def _item(page: Page, restriction: UUID) -> tuple[Item[Restriction], Policy]:
    item: Item[Restriction] = await to_thread.run_sync(page.desk.cases.get, restriction)
    policy = await _policy(page, item.conversation)
    return item, policy


async def _policy(page: Page, conversation: str | None) -> Policy:
    """The policy of the language that the customer is written to in."""
    timeline = await to_thread.run_sync(page.desk.books.timeline, conversation) if conversation else ()
    locale = await to_thread.run_sync(written_in, page.desk.books, timeline) if timeline else page.words.locale
    return await to_thread.run_sync(page.desk.packs.boundary, locale)


def _at(page: Page, policy: Policy) -> Restrictions:
    return Restrictions(page.desk.books, policy, page.place.clock)


def _organisation(page: Page) -> str:
    tenants = page.place.desks.library.tenants()
    return next((tenant.name for tenant in tenants if tenant.id == page.person.tenant), "")
