"""The pages about plans: propose one for a customer, decide about it, word and print what they are told, end it."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.arrangement import Letter
from levelhead.live.arranging import NotComplete
from levelhead.live.planning import Plans
from levelhead.people.permission import Action
from levelhead.people.sight import sight_of
from levelhead.storage.refusals import Refused
from levelhead.web.customers_here import customer, note_seen
from levelhead.web.days import day_in, zone_of
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, asks, whose_of
from levelhead.web.plan_forms import contact_in, plan_in, words_in
from levelhead.web.plan_handing import hand_over
from levelhead.web.plan_lines import PlanRow, plan_rows
from levelhead.web.plan_shown import form_shown, letter_shown, plan_shown
from levelhead.web.plans_here import changed, could_look_after, facts_for, plans_of, the_plan
from levelhead.web.rendering import Page
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.ways import CUSTOMERS, PLANS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
of_talk = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="plan")]
OfCustomer = Annotated[UUID, Path(alias="customer")]
LONGEST_WHY = 2_000


class Do(StrEnum):
    """What a supervisor decides about a plan."""

    AGREE = "agree"
    REFUSE = "refuse"
    TELL = "tell"
    KEEP = "keep"
    UPHOLD = "uphold"
    END = "end"


@of_talk.post("/conversations/{conversation:path}/plan")
@asks(Action.ASK_FOR_HELP, the_conversation)
async def pass_on(conversation: str, request: Request) -> Response:
    """Hand the conversation over to whoever looks after this customer."""
    await hand_over(request, conversation)
    return RedirectResponse("/", status_code=303)


@router.get(CUSTOMERS + "/{customer}/plan")
@asks(Action.PROPOSE_PLAN, customer)
async def ask_for(named: OfCustomer, page: Asked) -> HTMLResponse:
    """The form that proposes a plan."""
    await to_thread.run_sync(note_seen, page.shelf, named, whose_of(page.request), page.person)
    return await _form(page, named)


@router.post(CUSTOMERS + "/{customer}/plan")
@asks(Action.PROPOSE_PLAN, customer)
async def propose(named: OfCustomer, request: Request, page: Asked) -> Response:
    """Propose it; what is missing is said, and what was typed stays."""
    form, team = await form_of(request), whose_of(request).team
    colleagues = await to_thread.run_sync(could_look_after, page.shelf, team)
    zone = await to_thread.run_sync(zone_of, page.shelf)
    facts = await to_thread.run_sync(facts_for, request, named)
    try:
        asked = plan_in(form, colleagues, zone)
        proposing = partial(plans_of(request).propose, named, asked, page.person, team, facts)
        made = await changed(request, named, proposing)
    except Refused as refused:
        return await _form(page, named, form, refused)
    return RedirectResponse(f"{PLANS}/{made.id}", status_code=303)


@router.get(PLANS)
@asks(Action.DECIDE_PLAN, own)
async def plans(page: Asked) -> HTMLResponse:
    """Those that wait for somebody, that hold, and that are over."""
    sight = sight_of(page.person)
    assert sight is not None  # noqa: S101 - whoever may decide sees conversations
    known = plans_of(page.request)

    def rows() -> tuple[PlanRow, ...]:
        return plan_rows(page, (*known.open(sight), *known.over(sight)))

    found = await to_thread.run_sync(rows)
    groups = [(name, [row for row in found if row.group == name]) for name in ("waiting", "holding", "over")]
    title = page.words("plan.list_title")
    return page.answer("plans.html", page="plans", title=title, groups=[one for one in groups if one[1]])


@router.get(PLANS + "/{plan}/letter")
@asks(Action.SEE_PLANS, the_plan)
async def letter(named: Named, page: Asked) -> HTMLResponse:
    """What the customer was told, or would be told now; what is still missing is said instead."""
    written: Letter | None = None
    missing = ""
    try:
        written = await to_thread.run_sync(plans_of(page.request).letter, named)
    except NotComplete as why:
        missing = page.words.told(why)
    shown = await to_thread.run_sync(letter_shown, page, named)
    return page.answer("restriction_letter.html", page="restriction-letter", letter=written, missing=missing, **shown)


@router.get(PLANS + "/{plan}")
@asks(Action.SEE_PLANS, the_plan)
async def plan_page(named: Named, page: Asked) -> HTMLResponse:
    """One plan, and what can be done about it."""
    return await _page(page, named)


@router.post(PLANS + "/{plan}/words")
@asks(Action.PROPOSE_PLAN, the_plan)
async def word(named: Named, request: Request, page: Asked) -> Response:
    """Put otherwise what the customer is told, or take the words of the pack again."""
    words = words_in(await form_of(request))
    return await _done(page, named, lambda known: known.word(named, words))


@router.post(PLANS + "/{plan}/contact")
@asks(Action.DECIDE_PLAN, the_plan)
async def give_to(named: Named, request: Request, page: Asked) -> Response:
    """Have somebody else look after the customer, and say why."""
    form, team = await form_of(request), whose_of(request).team

    def give(known: Plans) -> None:
        contact = contact_in(form, could_look_after(page.shelf, team))
        known.give_to(named, contact, page.person, _why(form))

    return await _done(page, named, give)


@router.post(PLANS + "/{plan}/take-back")
@asks(Action.PROPOSE_PLAN, the_plan)
async def take_back(named: Named, page: Asked) -> Response:
    """Take a plan back before the customer is told."""
    return await _done(page, named, lambda known: known.take_back(named))


@router.post(PLANS + "/{plan}/objection")
@asks(Action.PROPOSE_PLAN, the_plan)
async def object_to(named: Named, request: Request, page: Asked) -> Response:
    """Write down what the customer says against it: whoever hears it."""
    words = _why(await form_of(request))
    return await _done(page, named, lambda known: known.object(named, words))


@router.post(PLANS + "/{plan}")
@asks(Action.DECIDE_PLAN, the_plan)
async def decide(named: Named, request: Request, page: Asked) -> Response:
    """Agree, refuse, say that the customer was told, look at it again, end it, or answer an objection."""
    form = await form_of(request)
    if form("do") not in set(Do):
        raise BadForm
    return await _done(page, named, partial(_decide, Do(form("do")), named, form, page))


def _decide(do: Do, named: UUID, form: Form, page: Page, known: Plans) -> None:
    why, by = _why(form), page.person
    deeds: dict[Do, Callable[[], None]] = {
        Do.AGREE: lambda: known.agree(named, by),
        Do.REFUSE: lambda: known.refuse(named, why),
        Do.TELL: lambda: known.tell(named, by),
        Do.KEEP: lambda: known.keep(named, by, day_in(form, "review_at", zone_of(page.shelf)), why),
        Do.UPHOLD: lambda: known.uphold(named, by, why),
        Do.END: lambda: known.end(named, by, why),
    }
    deeds[do]()


def _why(form: Form) -> str:
    return form("why").strip()[:LONGEST_WHY]


async def _done(page: Page, named: UUID, deed: Callable[[Plans], None]) -> Response:
    known = plans_of(page.request)
    item = await to_thread.run_sync(known.one, named)
    try:
        await changed(page.request, item.customer, partial(deed, known))
    except Refused as refused:
        return await _page(page, named, page.words.told(refused), status=409)
    return RedirectResponse(f"{PLANS}/{named}", status_code=303)


async def _form(page: Page, named: UUID, typed: Form | None = None, refused: Refused | None = None) -> HTMLResponse:
    shown = await to_thread.run_sync(form_shown, page, named, typed)
    status = 200 if refused is None else 422 if isinstance(refused, NotComplete) else 409
    return page.answer("plan_new.html", status, page="customers", missing=refused, **shown)


async def _page(page: Page, named: UUID, refused: str = "", status: int = 200) -> HTMLResponse:
    shown = await to_thread.run_sync(plan_shown, page, named)
    return page.answer("plan.html", status, page="plans", refused=refused, **shown)
