"""The page *Rules for complaints*: which sets hold for the tenant, when each was checked, what letters say of it."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.people.permission import Action
from levelhead.storage.complaint_rules import ComplaintRules, Settled
from levelhead.web.forms import Form, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.rendering import Page
from levelhead.web.things import whole_tenant
from levelhead.web.ways import COMPLAINTS

RULES = f"{COMPLAINTS}/rules"
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


@router.get(RULES)
@asks(Action.SETTLE_COMPLAINTS, whole_tenant)
async def rules_page(page: Asked) -> HTMLResponse:
    """Every rule set there is, those that hold checked."""
    settled = await to_thread.run_sync(ComplaintRules(page.shelf).settled)
    known = await to_thread.run_sync(page.desk.packs.complaints)
    sets = tuple(known.values())
    return page.answer(
        "complaint_rules.html",
        page="complaint_rules",
        title=page.words("complaint.rules_title"),
        settled=settled,
        sets=tuple((one, one.is_old(page.now)) for one in sets),
        saved="saved" in page.request.query_params,
    )


@router.post(RULES)
@asks(Action.SETTLE_COMPLAINTS, whole_tenant)
async def settle(request: Request, page: Asked) -> Response:
    """Settle which hold; complaints that stand keep the rules that they fall under."""
    settled = settled_in(await form_of(request))
    known = await to_thread.run_sync(page.desk.packs.complaints)
    await to_thread.run_sync(ComplaintRules(page.shelf).settle, settled, known)
    return RedirectResponse(f"{RULES}?saved", status_code=303)


def settled_in(form: Form) -> Settled:
    """What the form says, the set that is proposed first at the front."""
    first = form("first")
    chosen = sorted(form.all("sets"), key=lambda name: name != first)
    return Settled(tuple(chosen), form("company"), form("contact"), form("scheme"))
