"""What the running web application works with: the desk, the demo, the templates' words, the clock."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog
from anyio import create_task_group, to_thread
from authlib.integrations.starlette_client import StarletteOAuth2App
from fastapi import Request

from levelhead.advising.pack import Pack
from levelhead.channels.language_model import LanguageModel, language_model_of
from levelhead.conversation import Heard, Turn
from levelhead.demo.history import History, Progress
from levelhead.listening.reader import Reader
from levelhead.live.bus import Bus
from levelhead.live.condition import Condition
from levelhead.live.demo import Demo
from levelhead.live.demo_people import demo_people, demo_tenant
from levelhead.live.desk import Desk
from levelhead.live.desks import Desks
from levelhead.live.entrance import Entrance
from levelhead.live.meters import Meters
from levelhead.live.opening import open_desks
from levelhead.live.presence import Presence
from levelhead.live.similar_cases import Gathering, SimilarCases
from levelhead.live.traces import Traces
from levelhead.people.person import Whose
from levelhead.people.team import Tenant
from levelhead.settings import Settings
from levelhead.storage.accounts import People
from levelhead.storage.books import Books, utc_now
from levelhead.storage.refusals import CannotKeep, Unfit
from levelhead.web.provider import provider_of
from levelhead.web.working import working

THREADS = 6
"""What waits on the database at once beside the turns in work. More would only take the interpreter from each other:
with forty, on PostgreSQL, a floor that came back all at once was served at half the speed, and stayed behind."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """How this Levelhead is and what it does, for pages, operators and their tools."""

    condition: Condition = field(default_factory=Condition)
    meters: Meters = field(default_factory=Meters)
    traces: Traces = field(default_factory=Traces)


class WatchedDesk(Desk):
    """The desk, counted and timed; what it cannot do is remembered, so that every page can say so."""

    def __init__(
        self, books: Books, bus: Bus, reader: Reader | None, pack_for: Callable[[str], Pack], watched: Watched
    ) -> None:
        super().__init__(books, bus, reader, pack_for)
        self._watched = watched

    @property
    def cannot_keep(self) -> str | None:
        """Why the last try to keep something failed; None as soon as something could be kept again."""
        return self._watched.condition.cannot_keep

    async def hear(self, turn: Turn, whose: Whose | None = None) -> Heard:
        """Hear a turn as the desk does."""
        watched = self._watched
        labels = {"speaker": turn.speaker.value, "channel": turn.channel.value}
        with watched.traces.span("turn", **labels), watched.meters.turn(turn.speaker.value):
            try:
                heard = await super().hear(turn, whose)
            except Unfit:
                raise  # The turn's fault, and no trouble of ours.
            except CannotKeep as refused:
                watched.condition.cannot_keep = str(refused)
                raise
        watched.condition.cannot_keep = None
        watched.meters.heard(heard)
        return heard


@dataclass(frozen=True, slots=True)
class Workplace:
    """Open from start to stop of the application."""

    settings: Settings
    desks: Desks[WatchedDesk]
    tenant: Tenant
    entrance: Entrance
    clock: Callable[[], datetime]
    provider: StarletteOAuth2App | None = None
    watched: Watched = field(default_factory=Watched)
    presence: Presence = field(default_factory=Presence)
    language_model: LanguageModel | None = None
    similar: SimilarCases = field(default_factory=SimilarCases)
    past: Progress = field(default_factory=Progress)

    @property
    def desk(self) -> WatchedDesk:
        """The desk of the tenant that was there first."""
        return self.desks.of(self.tenant.id)

    def has_people(self) -> bool:
        """Whether anybody has an account here, or gets one by signing in elsewhere; the demo's people do not count."""
        return self.provider is not None or bool(People(self.desks.library.shelf(self.tenant.id)).all())


@asynccontextmanager
async def open_workplace(settings: Settings, clock: Callable[[], datetime] | None = None) -> AsyncIterator[Workplace]:
    """Books, reader, packs, desks and, where it is wanted, the demo; all closed again at the end."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    watched = Watched(traces=Traces(settings.traces))
    with open_desks(settings, partial(WatchedDesk, watched=watched)) as desks:
        now, library = clock or utc_now, desks.library
        entrance = Entrance(library, settings.session_rules, settings.demo, now)
        place = Workplace(
            settings,
            desks,
            library.first,
            entrance,
            now,
            provider_of(settings),
            watched,
            language_model=language_model_of(settings, watched.meters.reworded),
        )
        past = _past(place) if settings.demo and settings.demo_history else None
        # Clocks that looked at a past which is still being written would call everything in it late.
        clocks_from = past.ready if past else None
        gathering = Gathering(library, lambda tenant: desks.of(tenant).books, place.similar)
        beside = (("similar cases", gathering),)
        async with (
            create_task_group() as tasks,
            working(settings, desks, watched.condition, watched.meters, now, clocks_from, beside),
        ):
            if settings.demo:
                tasks.start_soon(_unless_it_fails, _demo(place).play)
            if past:
                tasks.start_soon(_unless_it_fails, past.write)
            yield place
            desks.close()
            if place.language_model:
                await place.language_model.close()
            tasks.cancel_scope.cancel()


def _demo(place: Workplace) -> Demo:
    """The demo at its own tenant's desk; its agent holds every conversation."""
    tenant, agent = demo_tenant(place.desks.library), demo_people(place.desks.library)[0]
    whose = Whose(tenant.id, min(agent.teams), agent.id)
    return Demo(place.desks.of(tenant.id), place.settings.demo_pace, whose=whose, clock=place.clock)


def _past(place: Workplace) -> History:
    """The past of the demo's tenant."""
    library = place.desks.library
    return History(place.desks.of(demo_tenant(library).id), library, place.past, place.clock)


async def _unless_it_fails(play: Callable[[], Awaitable[None]]) -> None:
    try:
        await play()
    except Exception:  # One of the edge loops: whatever ends the demo must not end the desk beside it.
        log.exception("The demo has stopped")


def workplace_of(request: Request) -> Workplace:
    """The workplace of the application that this request reached."""
    place: Workplace = request.app.state.workplace
    return place
