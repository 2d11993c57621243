"""A complaint in a line: whose, in which words, how it stands, and what it asks for by when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from levelhead.casework.complaint import Complaint, ComplaintState
from levelhead.casework.complaint_clock import Due, dues, next_due
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.complaint_steps import is_standing
from levelhead.casework.item import Item
from levelhead.casework.opening_hours import OpeningHours
from levelhead.live.complaint_ledger import Complaints
from levelhead.storage.accounts import People
from levelhead.storage.customers import Customers
from levelhead.web.promised import cases_of
from levelhead.web.rendering import Page, here_of

WEEKS = (4, 5, 6)
"""Over how many weeks open complaints are counted (Ofcom looks at six)."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A limit in words: `says` is "final response by Fri 4 Dec, 12 days"."""

    duty: Duty
    says: str
    at: datetime
    is_met: bool
    is_paused: bool
    is_over: bool
    is_soon: bool
    binds: bool
    source: str


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """One complaint as a page says it; `next` is what it asks for next, None where it asks for nothing."""

    id: UUID
    who: str
    words: str
    code: str
    state: ComplaintState
    owner: str
    here: str
    began: str
    weeks: int
    next: DueLine | None
    at_limit: bool


def lines_of(page: Page, items: Iterable[Item[Complaint]]) -> tuple[ComplaintLine, ...]:
    """These complaints in lines: answers that are late, then what is due first; what asks for nothing comes last."""
    complaints = Complaints(cases_of(page.request))
    hours = complaints.hours()
    people = {person.id: person.shown_as for person in People(page.shelf).all()}
    lines = [_line(page, item, complaints, hours, people.get(item.owner, "") if item.owner else "") for item in items]
    return tuple(sorted(lines, key=_rank))


def _rank(line: ComplaintLine) -> tuple[bool, datetime]:
    late_answer = line.next is not None and line.at_limit and line.next.duty is not Duty.ACKNOWLEDGE
    return not late_answer, line.next.at if line.next else datetime.max.replace(tzinfo=UTC)


def line_of(page: Page, item: Item[Complaint]) -> ComplaintLine:
    """One complaint in a line."""
    (line,) = lines_of(page, (item,))
    return line


def over_weeks(lines: Sequence[ComplaintLine]) -> tuple[tuple[int, int], ...]:
    """How many have been open for longer than so many weeks."""
    return tuple((weeks, sum(line.weeks >= weeks for line in lines)) for weeks in WEEKS)


def due_lines(page: Page, item: Item[Complaint]) -> tuple[DueLine, ...]:
    """Every limit of a complaint, the nearest first."""
    complaints = Complaints(cases_of(page.request))
    hours = complaints.hours()
    return tuple(_due(page, due, hours) for due in dues(item.body, complaints.rules_of(item.body), hours))


def day_of(page: Page, moment: datetime, hours: OpeningHours) -> str:
    """The day where the tenant is: "Fri 4 Dec", with its year where that is another one."""
    here, now = moment.astimezone(hours.tz), page.now.astimezone(hours.tz)
    return page.words.date("complaint.day" if here.year == now.year else "complaint.day_year", here)


def _line(page: Page, item: Item[Complaint], complaints: Complaints, hours: OpeningHours, owner: str) -> ComplaintLine:
    body = item.body
    due = next_due(body, complaints.rules_of(body), hours, page.now) if is_standing(item.state) else None
    name = Customers(page.shelf, page.desk.books.vault).get(item.customer).name
    return ComplaintLine(
        id=item.id,
        who=name or page.words("now.unnamed"),
        words=body.said.words,
        code=body.code,
        state=ComplaintState(item.state),
        owner=owner,
        here=f"{here_of(item.conversation)}#turn-{body.said.n}" if item.conversation else "",
        began=day_of(page, body.said_at, hours),
        weeks=(page.now - body.said_at) // timedelta(weeks=1),
        next=_due(page, due, hours) if due else None,
        at_limit=due is not None and page.now > due.at,
    )


def _due(page: Page, due: Due, hours: OpeningHours) -> DueLine:
    words = page.words
    days = (due.at.astimezone(hours.tz).date() - page.now.astimezone(hours.tz).date()).days
    is_over = page.now > due.at
    if due.met:
        left = words("complaint.met")
    elif due.paused:
        left = words("complaint.stands_still")
    elif is_over:
        left = words("complaint.over", count=-days) if days < 0 else words("complaint.over_today")
    else:
        left = words("complaint.left", count=days) if days else words("complaint.today")
    duty = words(f"complaint_duty.{due.limit.duty}")
    says = words("complaint.by", duty=duty, day=day_of(page, due.at, hours), left=left)
    soon = not is_over and due.at - page.now <= timedelta(days=due.limit.warn_days)
    source = due.limit.source
    return DueLine(
        due.limit.duty, says, due.at, due.met, due.paused, is_over and not due.met, soon, due.limit.binds, source
    )
