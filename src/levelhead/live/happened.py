"""A turn that has just been read, as those see it who begin casework with it (`following.py`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from levelhead.advising.pack import Pack
from levelhead.conversation import Heard, Timeline
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases


@dataclass(frozen=True, slots=True)
class Happened:
    """A turn, the timeline before it, and whose conversation it is: `team` and `holder` as they are now.

    `before` is as customers put it right; `pack` is the one that the turn was advised on with.
    """

    heard: Heard
    before: Timeline
    team: UUID | None
    holder: UUID | None
    pack: Pack


Follower = Callable[[Happened, Cases], Iterable[Write]]
