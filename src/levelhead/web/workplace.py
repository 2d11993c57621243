"""What the running web application works with: the desk, the demo, the templates' words, the clock."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from anyio import create_task_group
from fastapi import Request

from levelhead.conversation import Heard, Turn
from levelhead.live.demo import Demo
from levelhead.live.desk import Desk
from levelhead.live.desks import Desks
from levelhead.live.opening import open_desks
from levelhead.people.team import Tenant
from levelhead.settings import Settings
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)


class WatchedDesk(Desk):
    """The desk, remembering whether the last turn could be kept, so that every page can say so."""

    cannot_keep: str | None = None

    async def hear(self, turn: Turn) -> Heard:
        """Hear a turn as the desk does."""
        try:
            heard = await super().hear(turn)
        except CannotKeep as refused:
            self.cannot_keep = str(refused)
            raise
        self.cannot_keep = None
        return heard


@dataclass(frozen=True, slots=True)
class Workplace:
    """Open from start to stop of the application."""

    settings: Settings
    desks: Desks[WatchedDesk]
    tenant: Tenant
    clock: Callable[[], datetime]

    @property
    def desk(self) -> WatchedDesk:
        """The desk of the tenant that is served."""
        return self.desks.of(self.tenant.id)


@asynccontextmanager
async def open_workplace(settings: Settings, clock: Callable[[], datetime] | None = None) -> AsyncIterator[Workplace]:
    """Books, reader, packs, desks and, where it is wanted, the demo; all closed again at the end."""
    with open_desks(settings, WatchedDesk) as desks:
        place = Workplace(settings, desks, desks.library.first, clock or _now)
        async with create_task_group() as tasks:
            if settings.demo:
                tasks.start_soon(_play, Demo(place.desk, settings.demo_pace))
            yield place
            desks.close()
            tasks.cancel_scope.cancel()


async def _play(demo: Demo) -> None:
    try:
        await demo.play()
    except Exception:  # One of the three edge loops: whatever ends the demo must not end the desk beside it.
        log.exception("The demo has stopped")


def workplace_of(request: Request) -> Workplace:
    """The workplace of the application that this request reached."""
    place: Workplace = request.app.state.workplace
    return place


def _now() -> datetime:
    return datetime.now(UTC)
