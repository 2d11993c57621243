"""A desk in a process of its own, for others to kill: hears eight conversations at once, prints what it kept.

Run as `python streaming.py DATABASE_URL`. Like a channel that retries, it sends everything again from the beginning.
"""

import os
import sys

import anyio

from levelhead import packs
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.library import Library

CONVERSATIONS = 8
TURNS = 40


def turns_of(conversation: str) -> list[Turn]:
    """What is sent, the same in every run."""
    speakers = (Speaker.CUSTOMER, Speaker.AGENT)
    return [
        Turn(
            conversation,
            n,
            speakers[n % 2],
            f"I have been waiting for {'ever and ' * n}ever.",
            Channel.CHAT,
            source_id=f"{conversation}/{n}",
        )
        for n in range(TURNS)
    ]


async def stream(url: str) -> None:
    library = Library.open(url)
    desk = Desk(library.of(library.first.id), Bus(), None, packs.load)
    async with anyio.create_task_group() as calls:
        for number in range(CONVERSATIONS):
            calls.start_soon(_call, desk, f"call-{number}")
    library.close()


async def _call(desk: Desk, conversation: str) -> None:
    for turn in turns_of(conversation):
        heard = await desk.hear(turn)
        os.write(1, f"{conversation} {heard.turn.n}\n".encode())


if __name__ == "__main__":
    anyio.run(stream, sys.argv[1])
