"""The clock of calls for help: what nobody came to within its time is dropped, which its asker sees and all count."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.handover import WAITING, Called, HandoverMove
from levelhead.casework.item import Item, Kind
from levelhead.live.desk import Desk
from levelhead.live.helping import moved
from levelhead.storage.books import utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S: Final = 5.0
"""Between two looks; each is one indexed query a tenant."""


class HelpClock:
    """Drops the overdue calls of all tenants, until it is cancelled."""

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
                log.warning("Calls for help wait for the database", why=str(refused))
                await sleep(LOOK_S * 10)
            await sleep(LOOK_S)

    async def look(self) -> int:
        """Drop what is overdue now; how many there were."""
        done = 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            cases = Cases(desk.books, self._clock)
            overdue = partial(cases.standing, Kind.HANDOVER, WAITING, due_before=self._clock())
            for call in await to_thread.run_sync(overdue):
                # Somebody may have come at the last moment; or it went with its conversation.
                with suppress(NotNow, UnknownItem):
                    await desk.change(call.conversation or "", partial(_drop, cases, call))
                    done += 1
        return done


def _drop(cases: Cases, call: Item[Called]) -> None:
    now = cases.get(call.id)
    if now.state not in WAITING or now.due_at is None or now.due_at > cases.now():
        raise NotNow("Somebody has come.")
    cases.write(*moved(cases, now, HandoverMove.DROP, timedelta(0), lambda was: was))
