"""What time does to a promise: a reminder before it is due, late after, broken when a working day has gone by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import Promised, PromiseMove, PromiseState


@dataclass(frozen=True, slots=True)
class Pace:
    """Working time: how long before it is due somebody is reminded, and how long after it a late promise is broken."""

    remind_before: timedelta = timedelta(hours=2)
    break_after: timedelta = timedelta(hours=8)


PACE: Final = Pace()
_ENOUGH = timedelta(hours=2)
"""Working time that has to be left of a day for what is promised vaguely to be done on it."""


def moved_by_time(promise: Item[Promised], now: datetime, hours: OpeningHours, pace: Pace = PACE) -> PromiseMove | None:
    """What has to happen to a promise by now; None where nothing has.

    Nobody is reminded in the first half of a short time. A promise breaks only where a person has
    confirmed it and it has a time that was said: nothing is recorded against anyone by itself.
    """
    due, state = promise.due_at, promise.state
    if due is None or is_history(promise):
        return None
    if state in (PromiseState.MADE, PromiseState.DUE_SOON) and now >= due:
        return PromiseMove.MISS
    if state == PromiseState.MADE and _is_soon(promise.opened_at, due, now, hours, pace):
        return PromiseMove.REMIND
    # Compared from the past: no time is too far away to be counted to.
    if state == PromiseState.LATE and promise.body.binds and now >= due:
        return PromiseMove.BREAK if now >= hours.after(due, pace.break_after) else None
    return None


def is_history(promise: Item[Promised]) -> bool:
    """Whether its time was over when it was heard: words of a conversation that was brought in afterwards."""
    return promise.due_at is not None and promise.due_at <= promise.opened_at


def latest_to_look_at(now: datetime, hours: OpeningHours, pace: Pace = PACE) -> datetime:
    """Nothing happens now to a promise that is due after this."""
    return max(now, hours.after(now, pace.remind_before))


def proposed_due(said_at: datetime, hours: OpeningHours) -> datetime:
    """The time that we propose where none was said: the close of this day while two hours are left, else of the next
    open one.
    """
    enough = hours.after(said_at, _ENOUGH)
    return hours.closing(enough.astimezone(hours.tz).date())


def _is_soon(opened: datetime, due: datetime, now: datetime, hours: OpeningHours, pace: Pace) -> bool:
    waits = min((due - opened) / 2, pace.remind_before)
    return now - opened >= waits and due <= hours.after(now, pace.remind_before)
