"""The postman: takes each mail that is due, opens its address, hands it over, and notes what came of it.

A mail is taken in a transaction of its own before anybody outside hears of it; whatever happens then, it is not taken
again by itself. Its address is in memory from its taking to its handing over, and nowhere else.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from anyio import CancelScope, CapacityLimiter, create_task_group, sleep, to_thread

from levelhead.casework.item import NO_REASON, Item, Kind
from levelhead.casework.mail import LINK, Attempt, Came, Mail, MailState, Of
from levelhead.live.desk import Desk
from levelhead.live.letters import Bring, Letter
from levelhead.live.not_asking import calling_off, why_not
from levelhead.live.posting import called_off, lost, settled, taken
from levelhead.live.survey_links import linked
from levelhead.storage.books import utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.sealed import NothingSealed, SealedFacts

log = structlog.get_logger(__name__)

LOOK_S: Final = 2.0
"""Between two looks; each is one indexed query a tenant. Whoever pressed *Send* sees it leave."""
AT_ONCE: Final = 4
NO_ADDRESS: Final = Attempt(Came.REFUSED, "the address was removed since")


class Postman:
    """Brings the mails of all tenants away until it is cancelled; a mail in hand is brought away and noted first."""

    def __init__(
        self,
        library: Library,
        desk_of: Callable[[UUID], Desk],
        bring: Bring,
        public_url: str | None,
        *,
        seen: Callable[[str], None] = lambda _: None,
        clock: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._library = library
        self._desk_of = desk_of
        self._bring = bring
        self._public_url = public_url
        self._seen = seen
        self._clock = clock
        self._chance = chance
        self._at_once = CapacityLimiter(AT_ONCE)
        # A mail server that does not answer must not take the threads that pages need.
        self._lines = CapacityLimiter(AT_ONCE)

    async def run(self) -> None:
        """Look for ever; while the database is away, look again later."""
        while True:
            try:
                await self.look()
            except CannotKeep as refused:
                log.warning("Mails wait for the database", why=str(refused))
                await sleep(LOOK_S * 10)
            await sleep(LOOK_S)

    async def look(self) -> int:
        """Bring away what is due now; how many there were."""
        done = 0
        for tenant in await to_thread.run_sync(self._library.tenants):
            desk = self._desk_of(tenant.id)
            due = await to_thread.run_sync(self._due, desk)
            async with create_task_group() as tasks:
                for item in due:
                    tasks.start_soon(self._serve, desk, item)
            done += len(due)
        return done

    def _due(self, desk: Desk) -> tuple[Item[Mail], ...]:
        cases = Cases(desk.books, self._clock)
        return cases.standing(Kind.MAIL, [MailState.WAITING, MailState.IN_HAND], due_before=self._clock())

    async def _serve(self, desk: Desk, item: Item[Mail]) -> None:
        # Somebody may have been quicker; or it went with its conversation.
        with suppress(NotNow, UnknownItem), CancelScope(shield=True):
            async with self._at_once:
                cases = Cases(desk.books, self._clock)
                if item.state == MailState.IN_HAND:
                    await self._write(desk, item, lambda: cases.write(*lost(cases, item)))
                    return
                letter = await self._write(desk, item, partial(self._taken, desk, cases, item))
                if letter is None:
                    return
                attempt = await self._brought(letter)
                self._seen(attempt.came)
                if attempt.came is not Came.SENT:
                    log.warning("A mail did not leave", mail=str(item.id), came=attempt.came.value, why=attempt.trouble)
                end = partial(self._end, cases, item.id, attempt)
                await self._write(desk, item, end)

    async def _brought(self, letter: Letter) -> Attempt:
        return await to_thread.run_sync(self._bring, letter, limiter=self._lines) if letter.to else NO_ADDRESS

    async def _write(self, desk: Desk, item: Item[Mail], change: Callable[[], Letter | None]) -> Letter | None:
        if item.conversation is None:
            return await to_thread.run_sync(change)
        return await desk.change(item.conversation, change)

    def _taken(self, desk: Desk, cases: Cases, item: Item[Mail]) -> Letter | None:
        """The letter, ready to be handed over; None where this customer is asked nothing any more."""
        why = why_not(cases, item.customer)
        if why is not None:
            cases.write(called_off(cases, item), *calling_off(cases, item.customer, why, NO_REASON))
            return None
        text, writes = item.body.text, [*taken(cases, item)]
        if item.body.of is Of.SURVEY:
            link, keeps = linked(cases, item, self._public_url or "")
            text = text.replace(LINK, link)
            writes.append(keeps)
        cases.write(*writes)
        return Letter(str(item.id), _address(desk, item), item.body.subject, text)

    def _end(self, cases: Cases, mail: UUID, attempt: Attempt) -> None:
        cases.write(*settled(cases, cases.get(mail), attempt, self._chance()))


def _address(desk: Desk, item: Item[Mail]) -> str:
    to = item.body.to
    try:
        return SealedFacts(desk.books).reveal(to.conversation, to.n, to.place)
    except (NothingSealed, KeyGone):
        return ""
