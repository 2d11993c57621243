"""What a turn begins beside its reading and advice: casework that is opened in the transaction that keeps the turn.

Each follower looks at a turn that has just been read, with those before it, and says what is to be written. A new kind
of casework that turns begin adds its follower to FOLLOWERS.
"""

from collections.abc import Iterator
from typing import Final

from levelhead.casework.item import Evidence, Kind, Reason
from levelhead.casework.promise import PROMISE, Promised, PromiseMove
from levelhead.live.climbing import boundaries
from levelhead.live.happened import Follower, Happened
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases

__all__ = ["FOLLOWERS", "Follower", "Happened", "followed"]


def followed(happened: Happened, cases: Cases) -> Iterator[Write]:
    """Everything that this turn begins."""
    for follower in FOLLOWERS:
        yield from follower(happened, cases)


def _promises(happened: Happened, cases: Cases) -> Iterator[Write]:
    """A promise that was heard is in the ledger, for whoever holds the conversation to confirm and to keep."""
    turn = happened.heard.turn
    for place, promise in enumerate(happened.heard.reading.promises):
        words = turn.text[promise.span.start : promise.span.end]
        yield cases.opening(
            Kind.PROMISE,
            f"{turn.conversation}:{turn.n}:{place}",
            Promised(promise.action, promise.due_text or "", turn.n),
            machine=PROMISE,
            move=PromiseMove.MAKE,
            conversation=turn.conversation,
            team=happened.team,
            owner=happened.holder,
            due_at=promise.due,
            reason=Reason(evidence=(Evidence(turn.conversation, turn.n, words),)),
        )


FOLLOWERS: Final[tuple[Follower, ...]] = (_promises, boundaries)
