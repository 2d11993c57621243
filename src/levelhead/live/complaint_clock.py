"""The clock of the complaints: reminds before a limit, and says when one was reached.

As with promises, everything is on disk and a move is made only from what was seen: it can be stopped at any moment.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.complaint import STANDING, Complaint, ComplaintMove
from levelhead.casework.complaint_clock import Due, moved_by_time
from levelhead.casework.item import Item, Kind
from levelhead.live.complaint_ledger import Complaints
from levelhead.live.desk import Desk
from levelhead.storage.books import utc_now
from levelhead.storage.cases import MOST, Cases, NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S: Final = 5.0
"""Between two looks; each is one indexed query a tenant."""
AHEAD: Final = timedelta(days=31)
"""Nothing is said of a limit that is further away: a pack may remind thirty days before."""
Found = tuple[Item[Complaint], ComplaintMove, Due]


class ComplaintClock:
    """Moves the complaints of all tenants as time passes, until it is cancelled."""

    def __init__(
        self, library: Library, desk_of: Callable[[UUID], Desk], clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._library = library
        self._desk_of = desk_of
        self._clock = clock

    async def run(self) -> None:
        """Look for ever; while the database is away, look again later."""
        while True:
            try:
                await self.look()
            except CannotKeep as refused:
                log.warning("Complaints wait for the database", why=str(refused))
            await sleep(LOOK_S)

    async def look(self) -> int:
        """Make every move that is due now; how many there were."""
        done = 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            cases = Cases(desk.books, self._clock)
            for item, move, due in await to_thread.run_sync(self._due, cases):
                change = partial(Complaints(cases).by_time, item, move, due)
                # Somebody may have been quicker; or it went with its conversation.
                with suppress(NotNow, UnknownItem):
                    await desk.change(item.conversation or "", change)
                    done += 1
        return done

    def _due(self, cases: Cases) -> list[Found]:
        complaints, now = Complaints(cases), self._clock()
        hours, found = complaints.hours(), []
        for item in _all(cases, now + AHEAD):
            moved = moved_by_time(item.body, complaints.rules_of(item.body), hours, now)
            found += [(item, *moved)] if moved else []
        return found


def _all(cases: Cases, until: datetime) -> Iterator[Item[Complaint]]:
    last = None
    while True:
        some = cases.standing(Kind.COMPLAINT, STANDING, due_before=until, behind=last)
        yield from some
        if len(some) < MOST:
            return
        last = some[-1]
