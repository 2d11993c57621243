"""The courier: brings what lies in the outbox to its destinations, in order, at least once.

Each destination is served by one task at a time, which sends the first event that waits and goes on only when that
one arrived or was given up. What was sent is noted afterwards, so a crash between the two sends it again with the same
id, and nothing is ever left out.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

import structlog
from anyio import CancelScope, CapacityLimiter, create_task_group, sleep, to_thread
from anyio.abc import TaskGroup

from levelhead.live.outbox_schedule import Answer, Verdict, pause, verdict
from levelhead.people.team import Tenant
from levelhead.storage.books import utc_now
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.outbox import Delivery, Outbox, State
from levelhead.storage.outbox_destinations import Destination, Destinations, UnknownDestination
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S = 0.5
"""Between two looks: an event leaves within a second, and a look is one indexed query a tenant."""
LEASE = timedelta(seconds=60)
"""How long a claim holds without news: several times the longest attempt (`channels/webhook.py`)."""
FORGET_EVERY = timedelta(hours=1)
CANNOT_SIGN = Answer(None, "The key that opens the secret of this destination is missing.")
"""Tried again like a receiver that is away: the keys may be put back."""
AT_ONCE = 16
"""Destinations that are sent to at the same time."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One event for one destination, with all that is needed to send it; no secret where its key is missing."""

    tenant: Tenant
    url: str
    secret: str
    delivery: Delivery


class Carry(Protocol):
    """Brings one parcel to where it goes, once; whatever happens on the way is in the answer."""

    async def __call__(self, parcel: Parcel) -> Answer:
        """Try, within a time much shorter than LEASE."""


class Courier:
    """Sends for all tenants of a library until it is cancelled; an attempt in hand is finished and noted first."""

    def __init__(
        self,
        library: Library,
        carry: Carry,
        *,
        keep_for: timedelta = timedelta(days=7),
        seen: Callable[[Verdict], None] = lambda _: None,
        clock: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._library = library
        self._carry = carry
        self._keep_for = keep_for
        self._seen = seen
        self._clock = clock
        self._chance = chance
        self._name = uuid4()
        self._at_once = CapacityLimiter(AT_ONCE)

    async def run(self) -> None:
        """Look for what is due and send it, for ever; while the database is away, look again later."""
        released, forgotten_at = False, self._clock()
        async with create_task_group() as tasks:
            while True:
                try:
                    if not released:
                        await self._release()
                        released = True
                    await self._look(tasks)
                    if self._clock() - forgotten_at >= FORGET_EVERY:
                        await self._forget()
                        forgotten_at = self._clock()
                except CannotKeep as refused:
                    log.warning("The outbox waits for the database", why=str(refused))
                    await sleep(LOOK_S * 10)
                await sleep(LOOK_S)

    async def send_due(self) -> None:
        """Send all that is due now, and return."""
        async with create_task_group() as tasks:
            await self._look(tasks)

    async def _look(self, tasks: TaskGroup) -> None:
        for tenant, destinations in await to_thread.run_sync(self._claimed):
            for destination in destinations:
                tasks.start_soon(self._serve, tenant, destination)

    def _claimed(self) -> list[tuple[Tenant, tuple[UUID, ...]]]:
        claimed = []
        for tenant in self._library.tenants():
            outbox, now = self._outbox(tenant), self._clock()
            due = outbox.due(now)
            if due:
                claimed.append((tenant, outbox.claim(due, self._name, now, now + LEASE)))
        return claimed

    async def _serve(self, tenant: Tenant, destination: UUID) -> None:
        """Send what is due to a destination that is ours, one after another."""
        try:
            async with self._at_once:
                while True:
                    # To be stopped between sending and noting would send it again for no reason.
                    with CancelScope(shield=True):
                        if not await self._sent_one(tenant, destination):
                            break
                    await sleep(0)  # Where a shutdown may end this.
        except CannotKeep as refused:
            log.warning("What was sent could not be noted, so it is sent again", why=str(refused))
        except UnknownDestination:
            return
        finally:
            with CancelScope(shield=True):
                await self._let_go(tenant, destination)

    async def _sent_one(self, tenant: Tenant, destination: UUID) -> bool:
        """Whether one was sent and the next one may be."""
        parcel, there = await to_thread.run_sync(self._next, tenant, destination)
        if parcel is None or not there.active:
            return False
        answer = await self._carry(parcel) if parcel.secret else CANNOT_SIGN
        delivery, found = self._judged(parcel.delivery, answer)
        if found is not Verdict.SENT:
            where = {"destination": str(destination), "event_id": str(delivery.event.id), "kind": delivery.event.kind}
            log.warning("An event did not arrive", why=delivery.trouble, then=found.value, **where)
        self._seen(found)
        ours = await to_thread.run_sync(self._note, tenant, delivery, found)
        return ours and found in (Verdict.SENT, Verdict.DEAD)

    def _next(self, tenant: Tenant, destination: UUID) -> tuple[Parcel | None, Destination]:
        destinations = self._destinations(tenant)
        there = destinations.one(destination)
        delivery = self._outbox(tenant).first_waiting(destination)
        if delivery is None or delivery.due_at > self._clock():
            return None, there
        try:
            secret = destinations.secret_of(destination)
        except KeyGone:
            secret = ""
        return Parcel(tenant, there.url, secret, delivery), there

    def _judged(self, delivery: Delivery, answer: Answer) -> tuple[Delivery, Verdict]:
        now, attempts = self._clock(), delivery.attempts + 1
        found = verdict(answer, attempts, now - delivery.event.at)
        tried = replace(delivery, attempts=attempts, trouble=answer.trouble)
        if found in (Verdict.AGAIN, Verdict.GONE):
            return replace(tried, due_at=now + pause(attempts, self._chance(), answer.retry_after_s)), found
        state = State.SENT if found is Verdict.SENT else State.DEAD
        return replace(tried, state=state, settled_at=now), found

    def _note(self, tenant: Tenant, delivery: Delivery, found: Verdict) -> bool:
        if found is Verdict.GONE:
            self._destinations(tenant).switch(delivery.destination, active=False)
        return self._outbox(tenant).note(delivery, self._name, self._clock() + LEASE)

    async def _let_go(self, tenant: Tenant, destination: UUID) -> None:
        try:
            await to_thread.run_sync(self._outbox(tenant).release, destination, self._name)
        except CannotKeep as refused:
            log.warning("A claim ends by itself, since the database is away", why=str(refused))

    async def _release(self) -> None:
        """Only one process writes to a database (`database.py`), so whoever claimed something before is gone."""

        def release() -> None:
            for tenant in self._library.tenants():
                self._outbox(tenant).release_all()

        await to_thread.run_sync(release)

    async def _forget(self) -> None:
        def forget() -> None:
            for tenant in self._library.tenants():
                self._outbox(tenant).forget(self._clock() - self._keep_for)

        await to_thread.run_sync(forget)

    def _outbox(self, tenant: Tenant) -> Outbox:
        return Outbox(self._library.shelf(tenant.id))

    def _destinations(self, tenant: Tenant) -> Destinations:
        return Destinations(self._library.shelf(tenant.id), self._library.vault)
