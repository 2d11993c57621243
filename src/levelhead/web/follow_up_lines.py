"""A follow-up in a line: whom to ask, how and by when, and how it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from levelhead.casework.follow_up import ENDED, FollowUp, FollowUpState, Occasion, Way
from levelhead.casework.item import Item
from levelhead.people.permission import Action, may
from levelhead.storage.accounts import People
from levelhead.storage.customers import Customers
from levelhead.storage.opening_hours import Opening
from levelhead.web import times
from levelhead.web.promised import cases_of, whose_are
from levelhead.web.rendering import Page, here_of
from levelhead.web.ways import FOLLOW_UPS


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up as a page says it; `here` is its conversation, `trouble` why the post did not bring it away."""

    id: UUID
    task: str
    who: str
    owner: str
    state: FollowUpState
    way: Way
    occasion: Occasion
    when: str
    iso: str
    exact: str
    is_late: bool
    trouble: str
    here: str
    address: str
    acts: bool

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self.state in ENDED


def lines_of(page: Page, items: Iterable[Item[FollowUp]]) -> tuple[FollowUpLine, ...]:
    """These follow-ups in lines, in the order given; without those that the person may not see."""
    return tuple(_lines(page, tuple(items)))


def _lines(page: Page, items: tuple[Item[FollowUp], ...]) -> Iterator[FollowUpLine]:
    if not items:
        return
    hours, whose = Opening(page.shelf).hours(), whose_are(items, cases_of(page.request), page.person)
    people = {person.id: person.shown_as for person in People(page.shelf).all()}
    now = page.now.astimezone(hours.tz)
    for item in items:
        of = whose.get(item.id)
        if of is None or not may(page.person, Action.SEE_FOLLOW_UPS, of):
            continue
        who = Customers(page.shelf, page.desk.books.vault).get(item.customer).name or page.words("promise.somebody")
        due = item.due_at.astimezone(hours.tz) if item.due_at else None
        yield FollowUpLine(
            id=item.id,
            task=task_of(page, item, who),
            who=who,
            owner=people.get(item.owner, "") if item.owner and item.owner != page.person.id else "",
            state=FollowUpState(item.state),
            way=item.body.way,
            occasion=item.body.occasion,
            when=times.due(due, now, page.words) if due else "",
            iso=due.isoformat() if due else "",
            exact=times.exact(due, page.words) if due else "",
            is_late=due is not None and due < now,
            trouble=page.words.told(item.body.trouble),
            here=here_of(item.conversation) if item.conversation else "",
            address=f"{FOLLOW_UPS}/{item.id}",
            acts=may(page.person, Action.KEEP_FOLLOW_UPS, of),
        )


def task_of(page: Page, item: Item[FollowUp], who: str) -> str:
    """What there is to do, in one line."""
    if item.body.occasion is Occasion.RELATIONSHIP:
        return page.words("follow_up.task_back", who=who, count=item.body.days)
    return page.words(f"follow_up.task_{item.body.way}", who=who)
