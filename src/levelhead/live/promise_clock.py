"""The clock of the promises: reminds before they are due, and says which are late and which are broken."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from levelhead.casework.item import Kind
from levelhead.casework.promise import PromiseState
from levelhead.casework.promise_clock import latest_to_look_at, moved_by_time
from levelhead.live.case_clock import CaseClock, DueMove, all_due
from levelhead.live.desk import Desk
from levelhead.live.promise_ledger import Ledger
from levelhead.storage.books import Books, utc_now
from levelhead.storage.cases import Cases
from levelhead.storage.library import Library
from levelhead.storage.opening_hours import Opening

LOOK_AT_LATE_EVERY: Final = timedelta(minutes=1)
"""What is late breaks a working day later: a minute is early enough, and there may be many of them."""
_AHEAD: Final[tuple[PromiseState, ...]] = (PromiseState.MADE, PromiseState.DUE_SOON)


class PromiseClock(CaseClock):
    """Moves the promises of all tenants as time passes."""

    def __init__(
        self, library: Library, desk_of: Callable[[UUID], Desk], clock: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(library, desk_of, clock)
        self._looked_at_late: datetime | None = None
        self._states = _AHEAD

    async def look(self) -> int:
        """Make every move that is due now; what is late already is looked at seldom."""
        now = self._clock()
        self._states = _AHEAD
        if self._looked_at_late is None or now - self._looked_at_late >= LOOK_AT_LATE_EVERY:
            self._states, self._looked_at_late = (*_AHEAD, PromiseState.LATE), now
        return await super().look()

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """Reminders, and what is late or broken by now."""
        cases, hours = Cases(books, self._clock), Opening(books.shelf).hours()
        until = latest_to_look_at(now, hours)
        for item in all_due(cases, Kind.PROMISE, self._states, until, history=False):
            move = moved_by_time(item, now, hours)
            if move is not None:
                yield DueMove(item.conversation, partial(Ledger(cases).by_time, item, move))
