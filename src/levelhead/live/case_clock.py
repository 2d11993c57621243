"""The clocks of casework: what happens by itself when a time has come, for every tenant, until it is cancelled.

All that a clock knows is on disk, and it moves an item only from what it was seen in: it can be stopped and started at
any moment, and nothing happens twice.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.item import Item, Kind
from levelhead.live.desk import Desk
from levelhead.storage.books import Books, utc_now
from levelhead.storage.cases import MOST, Cases, NotNow, UnknownItem
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

_PATIENCE = 10
"""How many times longer than between two looks a clock waits for a database that is away."""


@dataclass(frozen=True, slots=True)
class DueMove:
    """One move whose time has come, and the conversation that it belongs to, if any; NotNow if somebody was quicker."""

    conversation: str | None
    make: Callable[[], object]


class CaseClock(ABC):
    """Moves the items of one kind as time passes."""

    every_s: ClassVar[float] = 5.0
    """Between two looks; each is one indexed query a tenant."""

    def __init__(
        self, library: Library, desk_of: Callable[[UUID], Desk], clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._library = library
        self._desk_of = desk_of
        self._clock = clock

    @abstractmethod
    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """The moves of one tenant whose time has come."""

    async def run(self) -> None:
        """Look for ever; while the database is away, look again later."""
        while True:
            try:
                await self.look()
            except CannotKeep as refused:
                log.warning("What falls due waits for the database", clock=type(self).__name__, why=str(refused))
                await sleep(self.every_s * _PATIENCE)
            await sleep(self.every_s)

    async def look(self) -> int:
        """Make every move that is due now; how many there were."""
        now, done = self._clock(), 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            for move in await to_thread.run_sync(self._due, desk, now):
                # Somebody may have been quicker; or it went with its conversation.
                with suppress(NotNow, UnknownItem):
                    await _made(desk, move)
                    done += 1
        return done

    def _due(self, desk: Desk, now: datetime) -> tuple[DueMove, ...]:
        return tuple(self.due(desk.books, now))


def all_due(
    cases: Cases, kind: Kind, states: Iterable[StrEnum], until: datetime, *, history: bool = True
) -> Iterator[Item[Any]]:
    """All items in these states that are due before `until`, due first first, however many they are."""
    last, states = None, tuple(states)
    while True:
        some = cases.standing(kind, states, due_before=until, behind=last, history=history)
        yield from some
        if len(some) < MOST:
            return
        last = some[-1]


async def _made(desk: Desk, move: DueMove) -> None:
    if move.conversation is None:
        await to_thread.run_sync(move.make)
    else:
        await desk.change(move.conversation, move.make)
