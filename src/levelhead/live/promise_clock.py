"""The clock of the promises: reminds before they are due, and says which are late and which are broken.

Everything it knows is on disk, and a move is made only from the state that it was seen in: it can be stopped and
started at any moment, and nobody is told twice.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import Promised, PromiseMove, PromiseState
from levelhead.casework.promise_clock import latest_to_look_at, moved_by_time
from levelhead.live.desk import Desk
from levelhead.live.promise_ledger import Ledger
from levelhead.storage.books import utc_now
from levelhead.storage.cases import MOST, Cases, NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.opening_hours import Opening
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S: Final = 5.0
"""Between two looks; each is one indexed query a tenant."""
LOOK_AT_LATE_EVERY: Final = timedelta(minutes=1)
"""What is late breaks a working day later: a minute is early enough, and there may be many of them."""
_AHEAD: Final[tuple[PromiseState, ...]] = (PromiseState.MADE, PromiseState.DUE_SOON)
Found = tuple[Item[Promised], PromiseMove]


class PromiseClock:
    """Moves the promises of all tenants as time passes, until it is cancelled."""

    def __init__(
        self, library: Library, desk_of: Callable[[UUID], Desk], clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._library = library
        self._desk_of = desk_of
        self._clock = clock
        self._looked_at_late: datetime | None = None

    async def run(self) -> None:
        """Look for ever; while the database is away, look again later."""
        while True:
            try:
                await self.look()
            except CannotKeep as refused:
                log.warning("Promises wait for the database", why=str(refused))
                await sleep(LOOK_S * 10)
            await sleep(LOOK_S)

    async def look(self) -> int:
        """Make every move that is due now; how many there were."""
        now, done = self._clock(), 0
        states = _AHEAD
        if self._looked_at_late is None or now - self._looked_at_late >= LOOK_AT_LATE_EVERY:
            states, self._looked_at_late = (*_AHEAD, PromiseState.LATE), now
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            for item, move in await to_thread.run_sync(self._due, desk, states, now):
                done += await self._moved(desk, item, move)
        return done

    def _due(self, desk: Desk, states: tuple[PromiseState, ...], now: datetime) -> list[Found]:
        cases, hours = Cases(desk.books, self._clock), Opening(desk.books.shelf).hours()
        until = latest_to_look_at(now, hours)
        found = ((item, moved_by_time(item, now, hours)) for item in _all(cases, states, until))
        return [(item, move) for item, move in found if move is not None]

    async def _moved(self, desk: Desk, item: Item[Promised], move: PromiseMove) -> bool:
        ledger = Ledger(Cases(desk.books, self._clock))
        change = partial(ledger.by_time, item, move)
        # Somebody may have been quicker; or it went with its conversation.
        with suppress(NotNow, UnknownItem):
            if item.conversation is None:
                await to_thread.run_sync(change)
            else:
                await desk.change(item.conversation, change)
            return True
        return False


def _all(cases: Cases, states: tuple[PromiseState, ...], until: datetime) -> Iterator[Item[Promised]]:
    last = None
    while True:
        some = cases.standing(Kind.PROMISE, states, due_before=until, behind=last, history=False)
        yield from some
        if len(some) < MOST:
            return
        last = some[-1]
