"""The clock of restrictions: each ends by itself with its time, whether anybody looks or not."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead import packs
from levelhead.live.desk import Desk
from levelhead.live.restricting import Restrictions
from levelhead.storage.books import utc_now
from levelhead.storage.cases import NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S: Final = 60.0
"""Between two looks. Nothing holds a moment longer for it: whoever asks is told by the end, not by the state."""


class RestrictionClock:
    """Ends the restrictions of all tenants whose time is over, until it is cancelled."""

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
                log.warning("Restrictions wait for the database", why=str(refused))
                await sleep(LOOK_S * 10)
            await sleep(LOOK_S)

    async def look(self) -> int:
        """End what is over now; how many there were."""
        done = 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            # The language of the policy plays no part in an end.
            known = Restrictions(desk.books, packs.boundary("en-GB"), self._clock)
            for item in await to_thread.run_sync(known.due_to_end):
                try:
                    await desk.change(item.conversation or "", partial(known.end, item.id))
                except (NotNow, UnknownItem):  # Lifted at the last moment, or gone with its conversation.
                    continue
                done += 1
        return done
