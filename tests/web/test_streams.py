"""A stream says how things stand, then every change; a client that comes back misses nothing and gets nothing twice."""

from collections.abc import Callable

import anyio
import pytest
from sse_starlette import ServerSentEvent

from levelhead.conversation import Advice, Heard, Reading
from levelhead.live.bus import Bus, TurnHeard
from levelhead.web import streams
from levelhead.web.regions import Regions
from levelhead.web.streams import Pace
from tests.people import mr_doyle

TOPIC = "the-late-refund"
NEWS = TurnHeard(TOPIC, Heard(mr_doyle("Hello?"), Reading("en", readable=True), Advice({})), late=False)


class Pages:
    """A page that changes whenever it is told to."""

    def __init__(self) -> None:
        self.card = "one"

    async def regions(self) -> Regions:
        return Regions({"card": self.card})


def received(act: Callable[[Bus, Pages], None], last_seen: str | None = None) -> list[ServerSentEvent]:
    """What a client gets when `act` happens after its first event, until the bus closes."""

    async def watch() -> list[ServerSentEvent]:
        bus, pages = Bus(), Pages()
        got: list[ServerSentEvent] = []
        async for event in streams.events(last_seen, bus, TOPIC, pages.regions):
            got.append(event)
            if len(got) == 1:
                act(bus, pages)
            else:
                bus.close()
        return got

    return anyio.run(watch)


def change(bus: Bus, pages: Pages) -> None:
    pages.card = "two"
    bus.publish(NEWS)


def close(bus: Bus, _pages: Pages) -> None:
    bus.close()


def test_the_page_as_it_stands_comes_first_and_then_what_changes() -> None:
    first, second = received(change)
    assert "one" in str(first.data)
    assert first.retry
    assert "two" in str(second.data)
    assert first.id != second.id


def test_who_comes_back_with_the_same_version_is_sent_nothing() -> None:
    version = Regions({"card": "one"}).version
    (only,) = received(close, last_seen=version)
    assert only.data is None
    assert only.id == version


def test_who_comes_back_with_an_older_version_is_sent_everything() -> None:
    (only,) = received(close, last_seen="long-gone")
    assert "one" in str(only.data)


def test_a_stream_ends_when_the_bus_closes_so_that_the_server_can_stop() -> None:
    assert len(received(close)) == 1


def test_a_stream_does_not_live_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_S", 0.0)
    assert len(received(lambda _bus, _pages: None)) == 1


def test_without_news_the_clock_moves_the_page_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "TICK_S", 0.01)

    def age(_bus: Bus, pages: Pages) -> None:
        pages.card = "older"

    _, second = received(age)
    assert "older" in str(second.data)


def test_a_stream_ends_with_the_session_and_tells_nothing_more() -> None:
    async def watch() -> list[ServerSentEvent]:
        bus, pages = Bus(), Pages()
        is_signed_in = True

        async def may_watch() -> bool:
            return is_signed_in

        got: list[ServerSentEvent] = []
        async for event in streams.events(None, bus, TOPIC, pages.regions, may_watch):
            got.append(event)
            is_signed_in = False
            change(bus, pages)
        return got

    (only,) = anyio.run(watch)
    assert "one" in str(only.data)


def test_a_page_that_is_behind_is_sent_how_it_stands_and_no_card_of_the_turns_in_between() -> None:
    def fall_behind(bus: Bus, pages: Pages) -> None:
        for card in ("late", "later", "how it stands"):
            pages.card = card
            bus.publish(NEWS)

    first, second = received(fall_behind)
    assert "one" in str(first.data)
    assert "how it stands" in str(second.data)
    assert "late" not in str(second.data)


def test_news_after_a_quiet_while_is_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    later = 0.0
    monkeypatch.setattr(streams, "current_time", lambda: anyio.current_time() + later)
    monkeypatch.setattr(streams, "LONGEST_S", 7200.0)

    async def watch() -> None:
        nonlocal later
        bus, pages = Bus(), Pages()
        with anyio.fail_after(5):
            async for event in streams.events(None, bus, TOPIC, pages.regions, pace=Pace(3600.0)):
                if "two" in str(event.data):
                    return
                later = 3601.0
                change(bus, pages)

    anyio.run(watch)


def test_a_list_that_takes_long_rests_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(streams, "current_time", lambda: now)
    asked: list[float] = []

    async def something_new(_news: object, not_before: float) -> bool:
        asked.append(not_before)
        return len(asked) < 2

    async def regions() -> Regions:
        nonlocal now
        now += 2.0
        return Regions({"list": str(now)})

    async def watch() -> None:
        async for _ in streams.events(None, Bus(), TOPIC, regions, pace=Pace(1.0, rest=20)):
            pass

    monkeypatch.setattr(streams, "_something_new", something_new)
    anyio.run(watch)
    assert asked == [2.0 + 40.0, 4.0 + 40.0]


def test_a_list_of_everything_is_drawn_no_oftener_than_it_can_be_read() -> None:
    async def watch() -> tuple[int, float]:
        bus, drawn = Bus(), 0

        async def regions() -> Regions:
            nonlocal drawn
            drawn += 1
            bus.publish(NEWS)  # On a busy floor there is news whenever the list has been drawn.
            if drawn == 3:
                bus.close()
            return Regions({"list": str(drawn)})

        began = anyio.current_time()
        async for _ in streams.events(None, bus, TOPIC, regions, pace=Pace(0.3)):
            pass
        return drawn, anyio.current_time() - began

    drawn, seconds = anyio.run(watch)
    assert drawn >= 3
    assert seconds >= 0.3 * (drawn - 2)  # What had come before the end is drawn at once.
