"""The demo plays whole conversations, several at once, round and round, at a pace that a person can follow."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import anyio
import pytest
from sqlalchemy import Connection, event
from structlog.testing import capture_logs

from levelhead import packs
from levelhead.conversation import Channel, Speaker
from levelhead.live.bus import EVERYTHING, Bus, ConversationRemoved, TurnHeard
from levelhead.live.demo import AT_ONCE, PREFIX, Demo, Play, load_plays
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from tests.people import mr_doyle

AT_A_BLINK = 1e9


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), None, packs.load)


def test_the_shipped_conversations_are_all_there_and_begin_with_a_call() -> None:
    plays = load_plays()
    assert len({play.conversation for play in plays}) == len(plays) == 36
    assert all(play.conversation.startswith(PREFIX) for play in plays)
    assert plays[0].turns[0].channel is Channel.VOICE
    assert {turn.speaker for play in plays for turn in play.turns} == {Speaker.CUSTOMER, Speaker.AGENT}


def test_every_turn_knows_its_moment_so_that_promises_can_be_due() -> None:
    for play in load_plays():
        assert [turn.n for turn in play.turns] == list(range(len(play.turns)))
        assert all(turn.said_at and turn.said_at.utcoffset() is not None for turn in play.turns)


def test_with_a_clock_a_conversation_ends_about_now_in_its_own_zone_and_keeps_its_rhythm() -> None:
    now = datetime(2026, 11, 22, 11, 20, 31, tzinfo=UTC)
    for play in load_plays():
        moved = play.ending(now)
        last, first = moved.turns[-1].said_at, moved.turns[0]
        assert last is not None
        assert timedelta() <= now - last < timedelta(minutes=1)
        assert first.started_at is not None
        assert play.turns[0].started_at is not None
        assert first.started_at.tzinfo == play.turns[0].started_at.tzinfo
        assert [turn.at for turn in moved.turns] == [turn.at for turn in play.turns]


def test_the_pace_is_one_that_a_person_can_follow() -> None:
    for play in load_plays():
        first, *waits = [seconds for seconds, _ in play.timed()]
        assert first == 0
        assert all(2 <= seconds <= 9 for seconds in waits)


def test_conversations_play_at_once_each_in_order_and_begin_again(desk: Desk) -> None:
    plays = [Play(play.conversation, play.turns[:3]) for play in load_plays()[: AT_ONCE + 1]]

    async def watch() -> Counter[str]:
        ended: Counter[str] = Counter()
        at_work: set[str] = set()
        with desk.bus.subscribe(EVERYTHING) as events:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(Demo(desk, AT_A_BLINK, plays).play)
                async for happened in events:
                    if isinstance(happened, ConversationRemoved):
                        at_work.add(happened.conversation)
                    if isinstance(happened, TurnHeard) and happened.heard.turn.n == 2:
                        ended[happened.conversation] += 1
                        at_work.discard(happened.conversation)
                    assert len(at_work) <= AT_ONCE
                    if len(ended) == len(plays) and min(ended.values()) >= 2:
                        tasks.cancel_scope.cancel()
                        break
        return ended

    assert set(anyio.run(watch)) == {play.conversation for play in plays}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_makes_the_demo_wait_and_begin_the_conversation_again(desk: Desk, library: Library) -> None:
    room = chain([1] * 200, repeat(1_000_000))  # 1 stands for as many pages as are in use.

    @event.listens_for(library.database.engine, "begin")
    def _size(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {next(room)}")

    play = load_plays()[0]

    async def watch() -> None:
        with desk.bus.subscribe(EVERYTHING) as events:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(Demo(desk, AT_A_BLINK, [play]).play)
                async for happened in events:
                    if isinstance(happened, TurnHeard) and happened.heard.turn == play.turns[-1]:
                        tasks.cancel_scope.cancel()
                        break

    with capture_logs() as lines:
        anyio.run(watch)
    assert "The disk is full" in lines[0]["why"]
    assert [heard.turn for heard in desk.books.timeline(play.conversation)] == list(play.turns)


def test_a_restart_clears_earlier_plays_and_nothing_else(desk: Desk) -> None:
    async def restart() -> None:
        await desk.hear(mr_doyle("Where is my refund?"))
        await desk.hear(mr_doyle("Played yesterday", conversation=f"{PREFIX}old"))
        await Demo(desk, AT_A_BLINK, plays=[]).play()

    anyio.run(restart)
    assert desk.books.conversation_ids() == ("the-late-refund",)
