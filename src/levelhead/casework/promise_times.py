"""Times to offer for a promise: where none was said, and where nobody is there at the one that was."""

from datetime import date, datetime, time, timedelta
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import Promised
from levelhead.casework.promise_clock import proposed_due
from levelhead.listening.calendar import on_the_clock

_NOON: Final = time(12)
_ENOUGH: Final = timedelta(hours=2)
"""Working time after opening that something promised for then takes to be done, as in `promise_clock`."""


def times_for(promise: Item[Promised], now: datetime, hours: OpeningHours) -> tuple[datetime, ...]:
    """Times that can be kept, soonest first, in the tenant's zone; none where the promise's own time is as good."""
    due = promise.due_at
    if promise.body.needs_time or due is None:
        first = proposed_due(now, hours)
        found = (first, _noon_after(first.astimezone(hours.tz).date(), hours))
    elif due <= now or hours.last_open(due) == due:
        return ()
    else:
        found = (hours.last_open(due), hours.after(due, _ENOUGH))
    return tuple(one.astimezone(hours.tz) for one in found if one > now)


def _noon_after(day: date, hours: OpeningHours) -> datetime:
    """Noon of the next open day, or its close where noon lies outside of it."""
    following = hours.days_after(day, 1)
    noon = on_the_clock(following, _NOON, hours.tz)
    return noon if hours.is_open(noon) else hours.closing(following)
