"""A plan in one line: whose, what stands, and what has to happen by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from levelhead.casework.item import Item
from levelhead.casework.plan import HOLDING, WAITING, Plan, PlanState, untold
from levelhead.casework.plan_words import line_of
from levelhead.people.permission import Action, may
from levelhead.web import times
from levelhead.web.gate import whose_of
from levelhead.web.plans_here import plans_at
from levelhead.web.rendering import Page
from levelhead.web.ways import PLANS


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the list; `group` is the heading that it stands under, `next` what has to happen by when."""

    id: UUID
    href: str
    customer: str
    state: PlanState
    line: str
    next: str
    is_overdue: bool
    group: str


def plan_rows(page: Page, items: Iterable[Item[Plan]]) -> tuple[PlanRow, ...]:
    """The plans in lines, in the same order; waits on the database, so use a thread."""
    return tuple(_row(page, item) for item in items)


def plan_line(page: Page, plan: Plan) -> str:
    """The one quiet line, in the words of who reads it."""
    return line_of(plan, page.desk.packs.plans(page.words.locale), page.now)


def held_here(page: Page, conversation: str) -> str:
    """The line of the plan that holds for the customer of this conversation; '' where none does, or not for them."""
    if not may(page.person, Action.SEE_PLANS, whose_of(page.request)):
        return ""
    found = plans_at(page.place, page.person.tenant).holding(conversation)
    return plan_line(page, found.body) if found else ""


def _row(page: Page, item: Item[Plan]) -> PlanRow:
    state = PlanState(item.state)
    overdue = item.due_at is not None and item.due_at <= page.now
    plans = plans_at(page.place, page.person.tenant)
    return PlanRow(
        id=item.id,
        href=f"{PLANS}/{item.id}",
        customer=plans.called(item) or page.words("plan.nameless"),
        state=state,
        line=plan_line(page, item.body),
        next=_next(item, state, page),
        is_overdue=overdue,
        group="waiting" if state in WAITING or untold(state, item.body) else "holding" if state in HOLDING else "over",
    )


def _next(item: Item[Plan], state: PlanState, page: Page) -> str:
    if untold(state, item.body):
        return page.words("plan.untold", name=item.body.contact_name)
    if state is PlanState.OBJECTED and item.due_at:
        zone = item.body.expires_at.tzinfo
        return page.words("plan.answer_by", due=times.due(item.due_at.astimezone(zone), page.now, page.words))
    if state is PlanState.IN_FORCE:
        return page.words("plan.look", review=page.words.date("time.day_month_year", item.body.review_at))
    return ""
