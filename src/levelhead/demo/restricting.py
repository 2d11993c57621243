"""Restrictions of the demo's past: proposed after a contact had to be ended, approved by somebody else, and told."""

from datetime import timedelta
from functools import partial
from typing import Final

from levelhead import packs
from levelhead.casework.boundary import BoundaryState
from levelhead.casework.restriction import Way
from levelhead.demo.house import Held, House
from levelhead.live.climbing import boundary_of
from levelhead.live.restricting import Asked, Restrictions

_DAY: Final = timedelta(days=1)
_AN_HOUR: Final = timedelta(hours=1)
_WAYS: Final = (
    (Way.IN_WRITING, "For the time being we answer in writing only: by mail or in the app."),
    (Way.ONE_CONTACT, "One person of ours, Sam Okafor, answers until then; others pass it on unread."),
    (Way.SET_TIMES, "We ring on Tuesdays and Fridays between ten and eleven, and answer no calls beside that."),
)
_REASON: Final = "People of ours were insulted and threatened after they had asked twice for it to stop."
_ADJUSTMENTS: Final = "Asked whether writing is hard for them; they said that it is not. A friend may write for them."
_STILL: Final = "By mail and in the app, answered within one working day. For danger to life: the emergency line."
_APPEAL: Final = "The head of customer relations, appeals@harbour-street.example"


def after_talk(house: House, held: Held) -> None:
    """Propose one where the contact was ended; of an older one, a supervisor has decided."""
    house.later(house.agenda.now() + _AN_HOUR, held.agent, held.id, partial(_propose, house, held))


def _propose(house: House, held: Held) -> None:
    boundary = boundary_of(house.cases, held.id)
    if boundary is None or boundary.state != BoundaryState.ENDED:
        return
    now, sam = house.agenda.now(), house.staff.supervisor
    restrictions = Restrictions(house.books, packs.boundary(held.past.locale), house.agenda.now)
    way, meaning = held.past.chance("way").choice(_WAYS)
    asked = Asked(way, meaning, _REASON, _ADJUSTMENTS, _STILL, _APPEAL, now + 60 * _DAY, now + 25 * _DAY)
    item = restrictions.propose(held.id, asked, held.agent, house.whose.team)
    if held.past.chance("restricts").random() < _DECIDED:
        house.later(now + _DAY, sam, held.id, partial(restrictions.approve, item.id, sam))
        house.later(now + _DAY + _AN_HOUR, sam, held.id, partial(restrictions.tell, item.id, sam))


_DECIDED: Final = 0.6
