"""What goes on beside the requests: events are brought away, database and model are watched, the audit is sealed,
promises and complaints fall due.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from anyio import Event, create_task_group, sleep

from levelhead.channels.mail import mail_server_of
from levelhead.channels.webhook import Webhooks
from levelhead.live.complaint_clock import ComplaintClock
from levelhead.live.condition import Condition, Watch
from levelhead.live.desks import Desks, Kind
from levelhead.live.follow_up_clock import FollowUpClock, SurveyClock
from levelhead.live.help_clock import HelpClock
from levelhead.live.meters import Meters
from levelhead.live.outbox import Courier
from levelhead.live.plan_clock import PlanClock
from levelhead.live.postman import Postman
from levelhead.live.promise_clock import PromiseClock
from levelhead.live.remedy_clock import RemedyClock
from levelhead.live.restriction_clock import RestrictionClock
from levelhead.live.sealing import Sealer
from levelhead.settings import Settings
from levelhead.storage.audit_key import HEAD_FILE, signing_key
from levelhead.storage.books import utc_now

log = structlog.get_logger(__name__)
AGAIN_S = 10.0  # After what should not have happened: seldom enough to leave room for everything else.
NO_MODEL = "The reading model is missing: turns are kept but not read."


class _Worker(Protocol):
    """Whatever works beside the requests until it is cancelled."""

    async def run(self) -> None:
        """Work, for ever."""


@asynccontextmanager
async def working(
    settings: Settings,
    desks: Desks[Kind],
    condition: Condition,
    meters: Meters,
    clock: Callable[[], datetime] = utc_now,
    clocks_from: Event | None = None,
    beside: Iterable[tuple[str, "_Worker"]] = (),
) -> AsyncIterator[None]:
    """All at work until the block ends; an event that is being sent is finished and noted first.

    What falls due is looked at from `clocks_from` on, where it is given. `beside` are workers of the workplace's own.
    """
    condition.cannot_read = None if desks.reader else NO_MODEL
    webhooks = Webhooks(settings.webhook_networks)
    days = timedelta(days=settings.outbox_days)
    courier = Courier(desks.library, webhooks, keep_for=days, seen=meters.attempted)
    watch = Watch(condition, desks.library.database, desks, disk_low_mb=settings.disk_low_mb)
    server = mail_server_of(settings)
    key = signing_key(settings.data_dir, settings.audit_key)
    sealer = Sealer(desks.library, settings.data_dir / HEAD_FILE, key)
    try:
        async with create_task_group() as tasks:
            tasks.start_soon(_at_work, courier, "courier")
            tasks.start_soon(_at_work, watch, "watch")
            tasks.start_soon(_at_work, sealer, "sealer")
            for name, worker in beside:
                tasks.start_soon(_at_work, worker, name)
            tasks.start_soon(_at_work, PromiseClock(desks.library, desks.of, clock), "promises", clocks_from)
            tasks.start_soon(_at_work, PlanClock(desks.library, desks.of, clock), "plans", clocks_from)
            tasks.start_soon(_at_work, RestrictionClock(desks.library, desks.of, clock), "restrictions", clocks_from)
            tasks.start_soon(_at_work, HelpClock(desks.library, desks.of, clock), "help", clocks_from)
            tasks.start_soon(_at_work, RemedyClock(desks.library, desks.of, clock), "remedies", clocks_from)
            tasks.start_soon(_at_work, ComplaintClock(desks.library, desks.of, clock), "complaints", clocks_from)
            tasks.start_soon(_at_work, FollowUpClock(desks.library, desks.of, clock), "follow-ups", clocks_from)
            surveys = SurveyClock(desks.library, desks.of, clock, sends=bool(server and settings.public_url))
            tasks.start_soon(_at_work, surveys, "surveys", clocks_from)
            if server:
                site, seen = settings.public_url, meters.posted
                postman = Postman(desks.library, desks.of, server, site, seen=seen, clock=clock)
                tasks.start_soon(_at_work, postman, "post")
            yield
            tasks.cancel_scope.cancel()
    finally:
        await webhooks.close()


async def _at_work(worker: _Worker, name: str, since: Event | None = None) -> None:
    if since is not None:
        await since.wait()
    while True:
        try:
            await worker.run()
        except Exception:  # One of the edge loops: whatever ends the work beside the desk must not end the desk.
            log.exception("Work beside the desk has stopped and begins again", worker=name)
        await sleep(AGAIN_S)
