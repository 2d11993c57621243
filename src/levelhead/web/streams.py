"""Live updates: one stream a page, carrying every region as it stands, so that a broken stream heals by itself.

The id of an event is the version of the page after it. A client that comes back with `Last-Event-ID` is sent nothing
when that is still the version, and every region otherwise: nothing can be missed.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

from anyio import current_time, move_on_after
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from levelhead.live.bus import EVERYTHING, Bus, Subscription
from levelhead.web.gate import still_admitted
from levelhead.web.regions import Regions

# Proxies and sleeping laptops leave dead streams behind; a fresh one every ten minutes costs nothing.
LONGEST_S = 600.0
# Without news the clock still moves: "2 min ago", "in 1 h", and whether turns can be kept.
TICK_S = 10.0
RETRY_MS = 1000


class Pace(NamedTuple):
    """How soon a page is drawn again: after `least_s`, and after `rest` times as long as the last drawing took."""

    least_s: float
    rest: float = 0.0


# News is drawn at once; what comes within this time of a drawing becomes one event after it.
ONE_CONVERSATION = Pace(0.05)
# A list of a whole floor is drawn once a second at the most, and takes a twentieth of the time at the most: with
# hundreds of conversations something happens all the time, nobody reads faster, and each drawing is taken from the time
# of those who wait for a card.
LISTS = Pace(1.0, rest=20)


def stream(request: Request, bus: Bus, topic: str, regions: Callable[[], Awaitable[Regions]]) -> EventSourceResponse:
    """The stream of a page; `regions` renders it as it stands. It ends once the person could not open the page now.

    A page about everything is a list, and is rendered at the pace of LISTS.
    """

    async def may_watch() -> bool:
        return await still_admitted(request)

    seen = request.headers.get("last-event-id")
    pace = LISTS if topic == EVERYTHING else ONE_CONVERSATION
    return EventSourceResponse(events(seen, bus, topic, regions, may_watch, pace), ping=15)


async def _always() -> bool:
    return True


async def events(
    last_seen: str | None,
    bus: Bus,
    topic: str,
    regions: Callable[[], Awaitable[Regions]],
    may_watch: Callable[[], Awaitable[bool]] = _always,
    pace: Pace = ONE_CONVERSATION,
) -> AsyncIterator[ServerSentEvent]:
    """The page as it stands, then each change; ends after LONGEST_S, when the bus closes, or who watches may not."""
    end = current_time() + LONGEST_S

    async def drawn() -> tuple[Regions, float]:
        began = current_time()
        found, now = await regions(), current_time()
        return found, now + max(pace.least_s, pace.rest * (now - began))

    with bus.subscribe(topic) as news:
        shown, not_before = await drawn()
        yield ServerSentEvent(
            data=None if shown.version == last_seen else shown.since(None), id=shown.version, retry=RETRY_MS
        )
        while current_time() < end and await _something_new(news, not_before) and await may_watch():
            fresh, not_before = await drawn()
            changed = fresh.since(shown)
            shown = fresh
            if changed:
                yield ServerSentEvent(data=changed, id=fresh.version)


async def _something_new(news: Subscription, not_before: float) -> bool:
    """Wait for news or for the clock; what comes before `not_before` counts as one. False when there will be none."""
    with move_on_after(TICK_S):
        try:
            await anext(news)
        except StopAsyncIteration:
            return False
        with move_on_after(not_before - current_time()):
            async for _ in news:
                pass
    return True
