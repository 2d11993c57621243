"""What becomes of the demo's past promises: most are kept in time, some late, some not, as anywhere."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import OPEN, Promised
from levelhead.casework.promise_clock import PACE, is_history, proposed_due
from levelhead.demo.house import Held, House
from levelhead.live.promise_clock import PromiseClock
from levelhead.live.promise_ledger import Ledger
from levelhead.storage.opening_hours import Opening

_LOOKED_AT_AFTER: Final = timedelta(seconds=40)
_LATE_BY: Final = timedelta(hours=3)
_SOON_AFTER: Final = timedelta(minutes=1)
_MORE_TIME: Final = timedelta(days=1)
KEPT, LATE, PUT_OFF, WITHDRAWN = 0.66, 0.78, 0.85, 0.89
"""Shares, added up, of what becomes of a promise; what is left nobody keeps, and it breaks."""


def after_talk(house: House, held: Held) -> None:
    """Whoever held the conversation looks at what was promised in it, and keeps it or does not."""
    for place, item in enumerate(house.cases.of_conversation(held.id, Kind.PROMISE)):
        if item.state not in OPEN:
            continue
        looked_at = house.agenda.now() + _LOOKED_AT_AFTER * (place + 1)
        chance = held.past.chance(f"promise {place}")
        house.later(looked_at, held.agent, held.id, partial(_look_at, house, held, item, chance))


def _look_at(house: House, held: Held, item: Item[Promised], chance: Random) -> None:
    ledger, now = Ledger(house.cases), house.agenda.now()
    if is_history(item):
        ledger.withdraw(item.id, "Said of something that was over by then.")
        return
    if item.due_at and item.due_at <= now:
        ledger.keep(item.id, item.due_at)  # "Give me two minutes": done before anybody hung up.
        return
    due = item.due_at
    if item.body.needs_time:
        due = proposed_due(now, Opening(house.books.shelf).hours())
        ledger.confirm(item.id, due)
    else:
        ledger.confirm(item.id)
    if due is not None:
        _decide(house, held, item, due, chance)


def _decide(house: House, held: Held, item: Item[Promised], due: datetime, chance: Random) -> None:
    ledger, now, lot = Ledger(house.cases), house.agenda.now(), chance.random()
    if lot >= KEPT:
        hours = Opening(house.books.shelf).hours()
        for at in (due, hours.after(due, PACE.break_after)):
            house.look_at(at + _SOON_AFTER, PromiseClock)
    before = now + (due - now) * chance.uniform(0.35, 0.9)
    after = due + _LATE_BY * chance.uniform(0.3, 1.5)

    def then(at: datetime, deed: Callable[[], object]) -> None:
        house.later(at, held.agent, held.id, deed)

    if lot < KEPT:
        then(before, partial(ledger.keep, item.id))
    elif lot < LATE:
        then(after, partial(ledger.keep, item.id, None, "Later than was said; the customer knows."))
    elif lot < PUT_OFF:
        then(before, partial(_put_off, house, held, item, due + _MORE_TIME))
    elif lot < WITHDRAWN:
        then(before, partial(ledger.withdraw, item.id, "The customer needs it no longer."))


def _put_off(house: House, held: Held, item: Item[Promised], due: datetime) -> None:
    ledger = Ledger(house.cases)
    again = ledger.supersede(item.id, due, "The customer has been told that it takes a day longer.")
    house.later(due - _LATE_BY, held.agent, held.id, partial(ledger.keep, again.id))
