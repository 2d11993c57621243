"""Plans of the demo's past, for customers who had to come back: at every stage, from a proposal to the end of one."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from levelhead.demo.house import Held, House
from levelhead.demo.plans_said import AGREED, CHANGED, ENDED, IN_FORCE, OBJECTED, PROPOSED, REFUSED, REVIEWED, Proposal
from levelhead.live.not_asking import why_not
from levelhead.live.planning import PlanAsked, Plans
from levelhead.people.person import Person
from levelhead.storage.customers import Customers

_DAY: Final = timedelta(days=1)
_AN_HOUR: Final = timedelta(hours=1)
_OBJECT_TO: Final = "The head of customer relations, appeals@harbour-street.example"
_LOOKED_AT: Final = 6
"""Days after which somebody looks at the one that comes up to be looked at in these three weeks."""
_OPEN: Final = range(9, 18)
"""Hours at which people decide about plans."""
_EARLY: Final = 8
_LATE: Final = 3
"""Customers among whom the plans go, in the order of their second contact: what takes longest begins first."""
Then = Callable[[float, Person, Callable[[], object]], None]
"""What somebody does so many days later."""
Course = Callable[[House, Held, UUID], None]
"""What becomes of the case of one customer."""


def plan(house: House, held: Iterable[Held]) -> None:
    """Have who answered a second contact propose one, as long as there is one left to propose."""
    seen: dict[str, list[Held]] = {}
    for one in held:
        seen.setdefault(one.past.customer, []).append(one)
    second = sorted((them[1] for them in seen.values() if len(them) > 1), key=lambda one: one.over)
    early: list[Course] = [_reviewed, _ended, _changed, _objected, _in_force, _refused]
    late: list[Course] = [_agreed, _proposed]
    for left, those in ((early, second[:_EARLY]), (late, second[_EARLY:][-_LATE:])):
        for one in those:
            house.later(_by_day(one.over + _AN_HOUR), one.agent, one.id, partial(_next, house, one, left))


def _next(house: House, held: Held, left: list[Course]) -> None:
    customer = Customers(house.books.shelf, house.books.vault).of(held.id)
    if left and customer is not None and why_not(house.cases, customer) is None:
        left.pop(0)(house, held, customer)


def _reviewed(house: House, held: Held, customer: UUID) -> None:
    """It holds, and its day to be looked at has come."""
    _told(house, held, _propose(house, held, customer, REVIEWED, review_in=_LOOKED_AT))


def _ended(house: House, held: Held, customer: UUID) -> None:
    """It was ended before its time: what it was for is solved."""
    item, sam = _propose(house, held, customer, ENDED), house.staff.supervisor
    _told(house, held, item)
    why = "It is solved: what was owed has come, and they have not had to ask again."
    _then(house, held)(4, sam, partial(_plans(house).end, item, sam, why))


def _changed(house: House, held: Held, customer: UUID) -> None:
    """It holds, and somebody else looks after them by now."""
    item, sam, plans, then = (
        _propose(house, held, customer, CHANGED),
        house.staff.supervisor,
        _plans(house),
        _then(house, held),
    )
    other = next(one for one in house.staff.agents if one.id != held.agent.id)
    _told(house, held, item)
    then(2, sam, partial(plans.give_to, item, other, sam, "Mornings only from this week on; they need evenings."))
    then(2.1, sam, partial(plans.tell, item, sam))


def _objected(house: House, held: Held, customer: UUID) -> None:
    """It holds, and the customer has said something against it."""
    item = _propose(house, held, customer, OBJECTED)
    _told(house, held, item)
    words = "I am at work at those times. I would rather write when it suits me, and have it answered within a day."
    _then(house, held)(2, held.agent, partial(_plans(house).object, item, words))


def _in_force(house: House, held: Held, customer: UUID) -> None:
    """It holds."""
    _told(house, held, _propose(house, held, customer, IN_FORCE))


def _refused(house: House, held: Held, customer: UUID) -> None:
    """A supervisor left it as it is."""
    item = _propose(house, held, customer, REFUSED)
    why = "Nothing here needs a plan: it can be solved today. Do that, and ring them."
    _then(house, held)(0.1, house.staff.supervisor, partial(_plans(house).refuse, item, why))


def _agreed(house: House, held: Held, customer: UUID) -> None:
    """It is agreed, and nobody has told the customer."""
    item, sam = _propose(house, held, customer, AGREED), house.staff.supervisor
    _then(house, held)(0.05, sam, partial(_plans(house).agree, item, sam))


def _proposed(house: House, held: Held, customer: UUID) -> None:
    """It waits for a supervisor."""
    _propose(house, held, customer, PROPOSED)


def _propose(house: House, held: Held, customer: UUID, said: Proposal, review_in: int = 25) -> UUID:
    today = house.agenda.now().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = PlanAsked(
        contact=held.agent.id,
        contact_name=held.agent.shown_as,
        channel=said.channel,
        times=said.times,
        reason=said.reason,
        adjustments=said.adjustments,
        object_to=_OBJECT_TO,
        expires_at=today + 60 * _DAY,
        review_at=today + review_in * _DAY,
    )
    return _plans(house).propose(customer, asked, held.agent, house.whose.team).id


def _told(house: House, held: Held, item: UUID) -> None:
    """A supervisor agrees within hours, and whoever proposed it tells the customer."""
    plans, then, sam = _plans(house), _then(house, held), house.staff.supervisor
    then(0.1, sam, partial(plans.agree, item, sam))
    then(0.2, held.agent, partial(plans.tell, item, held.agent))


def _then(house: House, held: Held) -> Then:
    now: datetime = house.agenda.now()
    return lambda days, who, deed: house.later(_by_day(now + days * _DAY), who, held.id, deed)


def _by_day(at: datetime) -> datetime:
    """Then, or first thing in the morning where nobody is there; what came first still does."""
    if at.hour in _OPEN:
        return at
    morning = (at if at.hour < _OPEN.start else at + _DAY).replace(hour=_OPEN.start, minute=0, second=0)
    return morning + (at - (morning - _DAY)) / 3600


def _plans(house: House) -> Plans:
    return Plans(house.books, house.agenda.now)
