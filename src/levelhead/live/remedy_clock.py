"""The clock of requests: what nobody has answered in its time goes back to whoever asked, who goes on without it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.item import Kind
from levelhead.casework.remedy import RemedyState
from levelhead.live.approving import Approving
from levelhead.live.desk import Desk
from levelhead.storage.books import utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S: Final = 5.0
"""Between two looks; each is one indexed query a tenant."""


class RemedyClock:
    """Gives back the overdue requests of all tenants, until it is cancelled."""

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
                log.warning("Requests wait for the database", why=str(refused))
                await sleep(LOOK_S * 10)
            await sleep(LOOK_S)

    async def look(self) -> int:
        """Give back what is overdue now; how many there were."""
        done = 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            cases = Cases(desk.books, self._clock)
            approving = Approving(desk.books, cases)
            overdue = partial(cases.standing, Kind.REMEDY, [RemedyState.REQUESTED], due_before=self._clock())
            for item in await to_thread.run_sync(overdue):
                # Somebody may have answered at the last moment; or it went with its conversation.
                with suppress(NotNow, UnknownItem):
                    await desk.change(item.conversation or "", partial(approving.lapse, item.id))
                    done += 1
        return done
