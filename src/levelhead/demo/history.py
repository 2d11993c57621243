"""Three weeks of the demo's past, written in while the demo is playing already.

Nothing is put into the database by hand: the past conversations are heard by a desk as those of today are, its people
do what people do on their pages, and the clocks of casework look; all by a clock that stands where the past is. So
whatever a page shows of it has come about as it would have in use, and what a state does not allow is not there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from anyio import Event, sleep, to_thread

from levelhead.conversation import Heard, Turn
from levelhead.demo import (
    asking,
    complaining,
    helping,
    knowing,
    minding,
    noting,
    planning,
    promising,
    remedying,
    restricting,
    settling,
    surveying,
)
from levelhead.demo.agenda import Agenda
from levelhead.demo.furnishing import ZONE, furnish
from levelhead.demo.house import Held, House, Staff
from levelhead.demo.past import PREFIX, Past, in_zone, load_past
from levelhead.live.bus import Bus
from levelhead.live.case_clock import CaseClock
from levelhead.live.complaint_clock import ComplaintClock
from levelhead.live.demo_people import SLUG, demo_staff, demo_tenant
from levelhead.live.desk import Desk
from levelhead.live.follow_up_clock import FollowUpClock, SurveyClock
from levelhead.live.help_clock import HelpClock
from levelhead.live.plan_clock import PlanClock
from levelhead.live.promise_clock import PromiseClock
from levelhead.live.remedy_clock import RemedyClock
from levelhead.live.restriction_clock import RestrictionClock
from levelhead.people.audit_actor import HOUSE, act_as
from levelhead.people.person import Whose
from levelhead.people.team import Tenant
from levelhead.storage.books import Books, utc_now
from levelhead.storage.cases import Cases
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.rules import rules_under, settle

log = structlog.get_logger(__name__)

FRESH: Final = timedelta(days=3)
"""For so long a past that was written stays as it is; an older one is written anew at the next start."""
PAUSE_S: Final = 0.02
"""After each turn: what plays, and whoever looks at a page, comes first."""
_WRITTEN: Final = "demo.past"
_HOURS: Final = (8, 18)
"""Hours of the day at which the clocks look in any case, on the team's clock."""
_TURN_HABITS: Final = (minding.after_turn, helping.after_turn)
_TALK_HABITS: Final = (
    minding.after_talk,
    promising.after_talk,
    remedying.after_talk,
    complaining.after_talk,
    restricting.after_talk,
    knowing.after_talk,
    noting.after_talk,
)


@dataclass(slots=True)
class Progress:
    """How far the past is written: `share` from 0 to 1; 1 where nothing is, or has to be, written."""

    share: float = 1.0

    @property
    def percent(self) -> int:
        """For people to read."""
        return int(self.share * 100)


class History:
    """The past of the demo's tenant. Where it is written already, and is not old, it is left alone."""

    def __init__(
        self,
        desk: Desk,
        library: Library,
        progress: Progress,
        clock: Callable[[], datetime] = utc_now,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._desk = desk
        self._library = library
        self._clock = clock
        self._pause_s = pause_s
        self.progress = progress
        self.progress.share = 0.0
        self.ready = Event()

    async def write(self, talks: tuple[Past, ...] | None = None) -> None:
        """Write it, where it has to be. What stops in the middle is begun anew at the next start."""
        try:
            if not await to_thread.run_sync(self._is_written):
                await to_thread.run_sync(self._clear)
                await self._write(load_past() if talks is None else talks)
                await to_thread.run_sync(self._note)
        except CannotKeep as refused:
            log.warning("The demo's past stays unwritten", why=str(refused))
        finally:
            self.progress.share = 1.0
            self.ready.set()

    async def _write(self, talks: tuple[Past, ...]) -> None:
        now = in_zone(self._clock(), ZONE)
        held = self._held(talks, now)
        house = self._house(min(one.began for one in held), now)
        act_as(house.staff["alex"])
        await to_thread.run_sync(furnish, house)
        turns = sum(len(one.past.said) for one in held)
        for one in held:
            for turn in one.past.turns(one.began):
                if turn.said_at is not None:
                    house.agenda.add(turn.said_at, partial(self._hear, house, one, turn, 1 / turns))
        self._set_clocks(house)
        settling.settle(house, held, now)
        asking.rounds(house)
        planning.plan(house, held)
        await house.agenda.run()

    async def _hear(self, house: House, held: Held, turn: Turn, share: float) -> None:
        act_as(HOUSE)
        whose = Whose(house.whose.tenant, house.whose.team, held.agent.id)
        heard = await house.desk.hear(turn, whose)
        self.progress.share = min(self.progress.share + share, 0.99)
        await sleep(self._pause_s)
        await to_thread.run_sync(_after, house, held, heard)

    def _held(self, talks: tuple[Past, ...], now: datetime) -> tuple[Held, ...]:
        agents = Staff(demo_staff(self._library)).agents
        found = [Held(one, one.chance("held").choice(agents), one.began(now)) for one in talks]
        return tuple(sorted(found, key=lambda one: one.began))

    def _house(self, begin: datetime, until: datetime) -> House:
        tenant, staff = demo_tenant(self._library), Staff(demo_staff(self._library))
        agenda = Agenda(begin, until)
        library = _Past(self._library.database, agenda.now, self._library.vault)
        books: Books = library.of(tenant.id)
        desk = Desk(books, Bus(), self._desk.reader, self._desk.pack_for)
        desk.cases = Cases(books, agenda.now)
        kinds = (PromiseClock, ComplaintClock, RemedyClock, HelpClock, RestrictionClock, FollowUpClock, PlanClock)
        clocks: tuple[CaseClock, ...] = tuple(kind(library, lambda _: desk, agenda.now) for kind in kinds)
        clocks += (SurveyClock(library, lambda _: desk, agenda.now, sends=True),)
        house = House(desk, staff, agenda, Whose(tenant.id, min(staff["amira"].teams), None), clocks)
        return replace(house, clocks=(*clocks, surveying.Post(house, library)))

    def _set_clocks(self, house: House) -> None:
        day = house.agenda.now().astimezone(house.agenda.until.tzinfo)
        while day <= house.agenda.until:
            for hour in _HOURS:
                house.look_at(day.replace(hour=hour, minute=1, second=0))
            day += timedelta(days=1)

    def _is_written(self) -> bool:
        with self._desk.books.shelf.reading() as connection:
            written = rules_under(connection, _WRITTEN).get(_WRITTEN)
        return written is not None and self._clock() - datetime.fromisoformat(written) < FRESH

    def _clear(self) -> None:
        old = [one for one in self._desk.books.conversation_ids() if one.startswith(PREFIX)]
        self._desk.books.remove(old)

    def _note(self) -> None:
        with self._desk.books.shelf.writing() as connection:
            settle(connection, _WRITTEN, self._clock().isoformat())


def _after(house: House, held: Held, heard: Heard) -> None:
    for habit in _TURN_HABITS:
        habit(house, held, heard)
    if heard.turn.n == len(held.past.said) - 1:
        for talk_habit in _TALK_HABITS:
            talk_habit(house, held)


class _Past(Library):
    """The library as it is at the clock of the past: the demo's tenant, and no other."""

    def tenants(self) -> tuple[Tenant, ...]:
        """The demo's alone."""
        return tuple(one for one in super().tenants() if one.slug == SLUG)
