"""What a turn begins beside its reading and advice: casework that is opened in the transaction that keeps the turn.

Each follower looks at a turn that has just been read, with those before it, and says what is to be written. A new kind
of casework that turns begin adds its follower to FOLLOWERS.
"""

from collections.abc import Iterator
from typing import Final

from levelhead.live.climbing import boundaries
from levelhead.live.complaining import complaints_heard
from levelhead.live.happened import Follower, Happened
from levelhead.live.promising import promises_heard, signs_heard
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases

__all__ = ["FOLLOWERS", "Follower", "Happened", "followed"]


def followed(happened: Happened, cases: Cases) -> Iterator[Write]:
    """Everything that this turn begins."""
    for follower in FOLLOWERS:
        yield from follower(happened, cases)


FOLLOWERS: Final[tuple[Follower, ...]] = (promises_heard, signs_heard, boundaries, complaints_heard)
