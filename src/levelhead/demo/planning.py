"""Plans of the demo's past, for customers who had to come back: one that holds, and one that waits for a yes."""

from collections.abc import Iterable
from datetime import time, timedelta
from functools import partial
from typing import Final

from levelhead.casework.plan_times import Window
from levelhead.conversation import Channel
from levelhead.demo.house import Held, House
from levelhead.live.planning import PlanAsked, Plans
from levelhead.storage.customers import Customers

_DAY: Final = timedelta(days=1)
_AN_HOUR: Final = timedelta(hours=1)
_TIMES: Final = (Window(1, time(10), time(11)), Window(3, time(10), time(11)))
_REASON: Final = "Three of us have answered about the same case, and each began anew. One of us now sees it through."
_ADJUSTMENTS: Final = "Asked whether ringing suits them: they would rather have it in writing, and may ring."
_OBJECT_TO: Final = "The head of customer relations, appeals@harbour-street.example"


def plan(house: House, held: Iterable[Held]) -> None:
    """Propose them after the second contact; the first one is agreed and told."""
    seen: dict[str, list[Held]] = {}
    for one in held:
        seen.setdefault(one.past.customer, []).append(one)
    back = sorted((them for them in seen.values() if len(them) > 1), key=lambda them: (-len(them), them[1].over))
    for place, them in enumerate(back[:2]):
        house.later(them[1].over + _AN_HOUR, them[1].agent, them[1].id, partial(_propose, house, them[1], place == 0))


def _propose(house: House, held: Held, is_told: bool) -> None:
    customer = Customers(house.books.shelf, house.books.vault).of(held.id)
    if customer is None:
        return
    now, plans, sam = house.agenda.now(), Plans(house.books, house.agenda.now), house.staff.supervisor
    asked = PlanAsked(
        contact=held.agent.id,
        contact_name=held.agent.shown_as,
        channel=Channel.EMAIL,
        times=_TIMES,
        reason=_REASON,
        adjustments=_ADJUSTMENTS,
        object_to=_OBJECT_TO,
        expires_at=now + 60 * _DAY,
        review_at=now + 25 * _DAY,
    )
    item = plans.propose(customer, asked, held.agent, house.whose.team)
    if is_told:
        house.later(now + 3 * _AN_HOUR, sam, held.id, partial(plans.agree, item.id, sam))
        house.later(now + 5 * _AN_HOUR, held.agent, held.id, partial(plans.tell, item.id, held.agent))
