"""What the pages about a plan show: the form, one plan with what can be done, and a customer's plan on their page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from levelhead.casework.arrangement import Signed
from levelhead.casework.persisting import Persisting
from levelhead.casework.plan import OPEN, Former, PlanState, untold
from levelhead.casework.profile import Profile
from levelhead.conversation import Channel
from levelhead.live.arranging import NotComplete
from levelhead.people.permission import Action, may
from levelhead.storage.customers import Customers
from levelhead.storage.profiles import Profiles
from levelhead.web.customers_here import note_seen, whose_customer
from levelhead.web.days import proposed_days, zone_of
from levelhead.web.forms import Form
from levelhead.web.gate import whose_of
from levelhead.web.plan_forms import MOST_TIMES
from levelhead.web.plan_lines import PlanRow, plan_rows
from levelhead.web.plans_here import could_look_after, facts_for, plans_of
from levelhead.web.rendering import Page
from levelhead.web.ways import CUSTOMERS, PLANS


@dataclass(frozen=True, slots=True)
class CustomersPlan:
    """A customer's plan on their page; `facts` are said only where there is none."""

    row: PlanRow | None
    facts: Persisting | None
    may_propose: bool


def customers_plan(page: Page, named: UUID) -> CustomersPlan:
    """The plan that stands for this customer, or what might give cause for one."""
    standing = [item for item in plans_of(page.request).of(named) if item.state in OPEN]
    row = next(iter(plan_rows(page, standing[:1])), None)
    return CustomersPlan(
        row=row,
        facts=None if row else facts_for(page.request, named),
        may_propose=row is None and may(page.person, Action.PROPOSE_PLAN, whose_of(page.request)),
    )


def form_shown(page: Page, named: UUID, typed: Form | None) -> Mapping[str, Any]:
    """The form that proposes a plan, as it was typed or empty."""
    books, zone = page.desk.books, zone_of(page.shelf)
    profile: Profile = Profiles(books).of(named)
    limits = page.desk.packs.plans(page.words.locale).limits
    fields = typed.fields if typed else {}
    rows = list(zip(*(fields.get(one, ()) for one in ("day", "opens", "closes")), strict=False))[:MOST_TIMES]
    return {
        "title": page.words("plan.title"),
        "who": profile.preferred_name or Customers(books.shelf, books.vault).get(named).name or "",
        "needs": profile.needs,
        "facts": facts_for(page.request, named),
        "colleagues": could_look_after(page.shelf, whose_of(page.request).team),
        "channels": tuple(Channel),
        "rows": rows + [("", "", "")] * (MOST_TIMES - len(rows)),
        "typed": {name: values[-1] for name, values in fields.items()} or proposed_days(page.now, limits, zone),
        "limits": limits,
        "back": f"{CUSTOMERS}/{named}",
    }


def plan_shown(page: Page, named: UUID) -> Mapping[str, Any]:
    """One plan with what can be done about it by who looks; the look is noted as one at the customer."""
    known, whose, person = plans_of(page.request), whose_of(page.request), page.person
    item = known.one(named)
    theirs = whose_customer(page.desk.books, item.customer, person)
    note_seen(page.shelf, item.customer, theirs or whose, person)
    body, (row,) = item.body, plan_rows(page, (item,))
    limits = page.desk.packs.plans(body.locale).limits
    try:
        told, gap = known.draft(named), ""
    except NotComplete as missing:
        told, gap = body.words, page.words.told(missing)
    return {
        "title": page.words("plan.one_title", customer=row.customer),
        "row": row,
        "item": item,
        "body": body,
        "state": PlanState(item.state),
        "decides": may(person, Action.DECIDE_PLAN, whose),
        "proposes": may(person, Action.PROPOSE_PLAN, whose),
        "is_mine": body.proposed.person == person.id,
        "had_part": person.id in {one.person for one in (body.proposed, body.approved) if one},
        "signed": partial(_signed, page),
        "history": [(one, page.words.date("time.day_month_year", one.at)) for one in page.desk.cases.changes(item.id)],
        "day": partial(page.words.date, "time.day_month_year"),
        "told": told,
        "untold": untold(PlanState(item.state), body),
        "others": [one for one in could_look_after(page.shelf, whose.team) if one.id != body.contact],
        "former": [_former(page, one) for one in body.former],
        "gap": gap,
        "next_look": proposed_days(page.now, limits, zone_of(page.shelf))["review_at"],
        "whose": f"{CUSTOMERS}/{item.customer}" if theirs and may(person, Action.SEE_CUSTOMER, theirs) else "",
    }


def letter_shown(page: Page, named: UUID) -> Mapping[str, Any]:
    """What stands around the letter."""
    item = plans_of(page.request).one(named)
    pack, zone = page.desk.packs.plans(item.body.locale), item.body.expires_at.tzinfo
    sent = item.body.told.at if item.body.told else page.now
    tenants = page.place.desks.library.tenants()
    return {
        "title": pack.title,
        "dated": page.words.date("time.day_month_year", sent.astimezone(zone)),
        "back": f"{PLANS}/{named}",
        "reference": str(named)[:8],
        "organisation": next((one.name for one in tenants if one.id == page.person.tenant), ""),
    }


def _former(page: Page, one: Former) -> str:
    until = page.words.date("time.day_month_year", one.changed.at)
    return page.words("plan.former_one", name=one.name, until=until, by=one.changed.name)


def _signed(page: Page, signed: Signed) -> str:
    return page.words("restriction.signed", name=signed.name, when=page.words.date("time.day_month_year", signed.at))
