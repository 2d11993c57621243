"""The panel *plan*: who looks after this customer, what somebody else says to them, and the way to hand over."""

from dataclasses import dataclass
from uuid import UUID

from levelhead.casework.item import Item
from levelhead.casework.plan import Plan
from levelhead.casework.plan_pack import Moment
from levelhead.casework.plan_words import is_time, says_of, says_while_away
from levelhead.conversation import Timeline
from levelhead.people.permission import Action, may
from levelhead.people.person import Whose
from levelhead.web.days import zone_of
from levelhead.web.panel import Looked, Panel
from levelhead.web.plan_lines import plan_line
from levelhead.web.plans_here import plans_at, seen_to_by
from levelhead.web.rendering import Page
from levelhead.web.ways import PLANS

KEY = "p"


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The panel at one moment. `say` is in the customer's language; `to` is who it is handed to, None where nobody."""

    line: str
    contact: str
    is_mine: bool
    is_now: bool
    say: str
    to: UUID | None
    to_name: str
    href: str
    acts: bool


def plan_panel(looked: Looked) -> Panel:
    """The panel; where no plan holds it is empty, and the page does not show it."""
    page = looked.page
    found = plans_at(page.place, page.person.tenant).holding(looked.conversation) if looked.timeline else None
    if found is None or not may(page.person, Action.SEE_PLANS, looked.whose):
        return Panel("plan", {"plan": None}, key=KEY)
    shown = shown_of(page, found, looked.timeline, looked.whose)
    news = "" if shown.is_mine else page.words("plan.news", name=shown.contact)
    return Panel("plan", {"plan": shown}, news=news, key=KEY)


def shown_of(page: Page, item: Item[Plan], timeline: Timeline, whose: Whose) -> PlanShown:
    """The plan as the desk shows it in this conversation; waits on the database, so use a thread."""
    body, last, seen = item.body, timeline[-1].turn, seen_to_by(page.shelf, item.body, page.place)
    pack = page.desk.packs.plans(last.locale)
    now = is_time(body, page.now, zone_of(page.shelf))
    if seen.person is not None and not seen.stands_in:
        say = says_of(body, pack, last.channel, Moment.NOW if now else Moment.LATER)
    else:
        say = says_while_away(body, pack, seen.person.shown_as if seen.person else "")
    is_mine = seen.person is not None and seen.person.id == page.person.id
    return PlanShown(
        line=plan_line(page, body),
        contact=body.contact_name,
        is_mine=is_mine,
        is_now=now,
        say="" if is_mine else say,
        to=seen.person.id if seen.person and not is_mine else None,
        to_name=seen.person.shown_as if seen.person else "",
        href=f"{PLANS}/{item.id}",
        acts=whose.owner == page.person.id and may(page.person, Action.ASK_FOR_HELP, whose),
    )
