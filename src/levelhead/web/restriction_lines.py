"""A restriction in one line: of whom, what stands, and what has to happen by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from levelhead.casework.item import Item
from levelhead.casework.restriction import IN_FORCE, WAITING, Restriction, RestrictionState
from levelhead.web import times
from levelhead.web.rendering import Page


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; `group` is the heading that it stands under, `next` what has to happen by when."""

    id: UUID
    customer: str
    state: RestrictionState
    meaning: str
    ends: str
    next: str
    is_overdue: bool
    group: str


def rows_of(page: Page, items: Iterable[Item[Restriction]]) -> tuple[Row, ...]:
    """The restrictions in lines, in the same order; waits on the database, so use a thread."""
    return tuple(_row(page, item) for item in items)


def when_of(moment: datetime, page: Page) -> str:
    """A moment as the pages about restrictions say it: the day, which is what letters say."""
    return page.words.date("time.day_month_year", moment)


def _row(page: Page, item: Item[Restriction]) -> Row:
    state, words = RestrictionState(item.state), page.words
    overdue = item.due_at is not None and item.due_at <= page.now and state in {*WAITING, *IN_FORCE}
    return Row(
        id=item.id,
        customer=_name(page, item.conversation) or words("restriction.nameless"),
        state=state,
        meaning=item.body.meaning,
        ends=when_of(item.body.expires_at, page),
        next=_next(item, state, page),
        is_overdue=overdue,
        group=_group(state),
    )


def _group(state: RestrictionState) -> str:
    if state in WAITING:
        return "waiting"
    return "holding" if state in IN_FORCE else "over"


def _next(item: Item[Restriction], state: RestrictionState, page: Page) -> str:
    if item.due_at is None:
        return ""
    if state is RestrictionState.APPEALED:
        return page.words("restriction.answer_by", due=times.due(item.due_at, page.now, page.words))
    if state is RestrictionState.IN_FORCE:
        return page.words("restriction.look", review=when_of(item.body.review_at, page))
    return ""


def _name(page: Page, conversation: str | None) -> str:
    timeline = page.desk.books.timeline(conversation) if conversation else ()
    return next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), "")
