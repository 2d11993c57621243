"""Times to offer for a promise: where none was said, and where nobody is there at the one that was."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import Promised
from levelhead.casework.promise_clock import proposed_due
from levelhead.listening.calendar import OFFICE_HOURS, on_the_clock
from levelhead.listening.due import due_in

_NOON: Final = time(12)
_MOST: Final = 3
_ENOUGH: Final = timedelta(hours=2)
"""Working time after opening that something promised for then takes to be done, as in `promise_clock`."""


def times_for(promise: Item[Promised], now: datetime, hours: OpeningHours) -> tuple[datetime, ...]:
    """Times that can be kept, in the tenant's zone; none where the promise's own time is as good.

    First what its words name, counted from when they were heard: without the date of a conversation nobody is sure
    of it, so that a person says yes. Then the soonest.
    """
    due = promise.due_at
    if promise.body.needs_time or due is None:
        first = proposed_due(now, hours)
        found = tuple(dict.fromkeys((*_as_said(promise, hours), first, _noon_after(_day(first, hours), hours))))[:_MOST]
    elif due <= now or hours.last_open(due) == due:
        return ()
    else:
        found = (hours.last_open(due), hours.after(due, _ENOUGH))
    return tuple(one.astimezone(hours.tz) for one in found if one > now)


def _as_said(promise: Item[Promised], hours: OpeningHours) -> Iterator[datetime]:
    heard = promise.opened_at.astimezone(hours.tz)
    for due in due_in(promise.body.due_text, heard, OFFICE_HOURS)[-1:]:
        if due.moment is not None and hours.is_open(due.moment) and not _IN_FIGURES.search(due.words):
            yield due.moment.astimezone(UTC)


_IN_FIGURES = re.compile(r"\d/\d")
"""3/4 is the third of April or the fourth of March: nobody here knows which."""


def _day(moment: datetime, hours: OpeningHours) -> date:
    return moment.astimezone(hours.tz).date()


def _noon_after(day: date, hours: OpeningHours) -> datetime:
    """Noon of the next open day, or its close where noon lies outside of it."""
    following = hours.days_after(day, 1)
    noon = on_the_clock(following, _NOON, hours.tz)
    return noon if hours.is_open(noon) else hours.closing(following)
