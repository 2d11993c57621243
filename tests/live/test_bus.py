"""Who watches hears everything of their topic in order, and can never hold anybody up."""

import anyio
import pytest

from levelhead.live.bus import BACKLOG, EVERYTHING, Bus, ConversationRemoved, Event, Subscription


async def heard_by(watch: Subscription) -> list[Event]:
    return [happened async for happened in watch]


def removed(*names: str) -> list[Event]:
    return [ConversationRemoved(name) for name in names]


def test_a_watcher_hears_its_conversation_and_a_watcher_of_everything_all() -> None:
    async def watch() -> None:
        bus = Bus()
        one, everything = bus.subscribe("one"), bus.subscribe(EVERYTHING)
        for happened in removed("one", "two", "one"):
            bus.publish(happened)
        bus.close()
        assert await heard_by(one) == removed("one", "one")
        assert await heard_by(everything) == removed("one", "two", "one")

    anyio.run(watch)


def test_a_watcher_waits_for_what_has_not_happened_yet() -> None:
    async def watch() -> None:
        bus = Bus()
        with bus.subscribe("one") as events:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_publish, bus)
                assert await anext(events) == ConversationRemoved("one")

    async def _publish(bus: Bus) -> None:
        bus.publish(ConversationRemoved("one"))

    anyio.run(watch)


def test_what_happened_before_watching_is_not_told() -> None:
    async def watch() -> None:
        bus = Bus()
        bus.publish(ConversationRemoved("one"))
        with bus.subscribe("one") as events:
            bus.close()
            assert await heard_by(events) == []

    anyio.run(watch)


def test_a_watcher_too_far_behind_is_let_go_and_the_others_are_not() -> None:
    async def watch() -> None:
        bus = Bus()
        asleep, awake = bus.subscribe(EVERYTHING), bus.subscribe(EVERYTHING)
        for number in range(BACKLOG + 5):
            bus.publish(ConversationRemoved(str(number)))
            assert await anext(awake) == ConversationRemoved(str(number))
        assert len(await heard_by(asleep)) == BACKLOG
        bus.close()
        assert await heard_by(awake) == []

    anyio.run(watch)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_closed_bus_ends_every_page(when: str) -> None:
    async def watch() -> None:
        bus = Bus()
        early = bus.subscribe("one")
        bus.close()
        events = early if when == "before" else bus.subscribe("one")
        assert await heard_by(events) == []
        early.close()

    anyio.run(watch)


def test_closing_twice_does_no_harm() -> None:
    bus = Bus()
    with bus.subscribe("one") as events:
        events.close()
    events.close()
    bus.publish(ConversationRemoved("one"))
