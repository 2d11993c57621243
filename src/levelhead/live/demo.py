"""The demo: written conversations played into the desk at speaking pace, several at once, round and round."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import resources
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog
from anyio import create_task_group, sleep, to_thread

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live.desk import Desk
from levelhead.people.person import Whose
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

PREFIX = "demo-"
AT_ONCE = 4
STAGGER_S = 5.0  # Between the starts of the first conversations, so that they do not speak in step.
PAUSE_S = 12.0  # Between two conversations of one player: time to read the last card.
WRITTEN_S = 8.0  # A mail or a post comes hours after the last one; nobody would watch that.
SPOKEN_S = (2.0, 9.0)  # Gaps of a spoken or typed conversation, held within what is watchable.
WORDS_A_SECOND = 3.0  # A quick speaker; a long turn takes at least as long as it takes to say.
AGAIN_S = 30.0  # After the disk refused a turn.

# What a visitor sees first: a heated call that turns, one that does not, a chat and an upset mail. The rest follow.
FIRST: Final = ("repair-us-001", "gov-gb-001", "repair-gb-002", "health-gb-002")


@dataclass(frozen=True, slots=True)
class Play:
    """One demo conversation; its id starts with PREFIX."""

    conversation: str
    turns: tuple[Turn, ...]

    def timed(self) -> Iterator[tuple[float, Turn]]:
        """Each turn with the seconds to wait before it."""
        yield 0.0, self.turns[0]
        for before, turn in pairwise(self.turns):
            yield _gap(before, turn), turn

    def ending(self, now: datetime) -> "Play":
        """The same conversation with its last turn about now, so that what is promised in it lies ahead."""
        start = self.turns[0].started_at
        begun = (now - timedelta(seconds=self.turns[-1].at or 0.0)).astimezone(start.tzinfo if start else now.tzinfo)
        moved = (replace(turn, started_at=begun.replace(second=0, microsecond=0)) for turn in self.turns)
        return Play(self.conversation, tuple(moved))


def load_plays() -> tuple[Play, ...]:
    """The demo conversations in the order in which they are played."""
    lines = resources.files("levelhead.demo").joinpath("slice_e.jsonl").read_text(encoding="utf-8").splitlines()
    plays = [_play(json.loads(line)) for line in lines]
    first = [f"{PREFIX}{name}" for name in FIRST]
    return tuple(
        sorted(plays, key=lambda play: first.index(play.conversation) if play.conversation in first else len(first))
    )


class Demo:
    """Plays conversations for ever, AT_ONCE at a time; cancel it to stop. A pace of 2 is twice speaking pace.

    With a clock they happen by it; without one, on the days on which they were written.
    """

    def __init__(
        self,
        desk: Desk,
        pace: float = 1.0,
        plays: Iterable[Play] | None = None,
        *,
        whose: Whose | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._whose = whose
        self._pace = pace
        self._waiting = deque(load_plays() if plays is None else plays)

    async def play(self) -> None:
        """Clear what an earlier demo left, then play."""
        for conversation in await to_thread.run_sync(self._desk.books.conversation_ids):
            if conversation.startswith(PREFIX):
                await self._desk.remove(conversation)
        async with create_task_group() as players:
            for place in range(min(AT_ONCE, len(self._waiting))):
                players.start_soon(self._play_on, place * STAGGER_S)

    async def _play_on(self, after: float) -> None:
        await self._wait(after)
        while True:
            play = self._waiting.popleft()
            try:
                await self.play_one(play)
            except CannotKeep as refused:
                log.warning("The demo waits, since a turn could not be kept", why=str(refused))
                await self._wait(AGAIN_S)
            self._waiting.append(play)
            await self._wait(PAUSE_S)

    async def play_one(self, play: Play) -> None:
        """Play one conversation from its beginning; what was played of it before is cleared."""
        await self._desk.remove(play.conversation)
        if self._clock is not None:
            play = play.ending(self._clock())
        for wait, turn in play.timed():
            await self._wait(wait)
            await self._desk.hear(turn, self._whose)

    async def _wait(self, seconds: float) -> None:
        await sleep(seconds / self._pace)


def _gap(before: Turn, turn: Turn) -> float:
    if turn.channel in (Channel.EMAIL, Channel.SOCIAL):
        return WRITTEN_S
    said = len(before.text.split()) / WORDS_A_SECOND
    passed = (turn.at or 0.0) - (before.at or 0.0)
    shortest, longest = SPOKEN_S
    return min(max(passed, said, shortest), longest)


def _play(told: dict[str, Any]) -> Play:
    conversation = PREFIX + told["id"]
    started_at = datetime.fromisoformat(told["started_at"]).replace(tzinfo=ZoneInfo(told["zone"]))
    turns = (
        Turn(
            conversation=conversation,
            n=turn["n"],
            speaker=Speaker(turn["speaker"]),
            text=turn["text"],
            channel=Channel(told["channel"]),
            locale=told["locale"],
            at=float(turn["at"]),
            started_at=started_at,
            customer=told["customer"]["name"],
        )
        for turn in told["turns"]
    )
    return Play(conversation, tuple(turns))
