"""A call for help from a conversation: a hand raised, a hand-over prepared and offered, and what became of it.

Whoever answers the customer keeps the conversation until somebody else has it. A call that nobody came to within its
time limit is dropped, and is counted: it does not just go away.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine, NotPossible


class HandoverState(StrEnum):
    """Where a call for help stands. `prepared` and `offered` are of a hand-over to one person."""

    RAISED = "raised"
    SEEN = "seen"
    ANSWERED = "answered"
    PREPARED = "prepared"
    OFFERED = "offered"
    JOINED = "joined"
    LEFT = "left"
    TAKEN_OVER = "taken_over"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class HandoverMove(StrEnum):
    """What can happen to it: the one who answers asks, somebody helps, and `drop` comes with time."""

    RAISE = "raise"
    PREPARE = "prepare"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    SEE = "see"
    ANSWER = "answer"
    JOIN = "join"
    LEAVE = "leave"
    TAKE_OVER = "take_over"
    DROP = "drop"


class Why(StrEnum):
    """Why a conversation goes to somebody else, as the customer is told."""

    DECIDES = "decides"
    KNOWS = "knows"
    ASKED_FOR = "asked_for"
    FINISHES = "finishes"


_S, _M = HandoverState, HandoverMove
WAITING: Final = (_S.RAISED, _S.SEEN, _S.PREPARED, _S.OFFERED)
"""States that end by themselves when their time is over."""
STANDING: Final = (*WAITING, _S.ANSWERED, _S.JOINED)
"""States in which something of it is still going on."""
ASKS: Final = (_M.RAISE, _M.PREPARE, _M.OFFER, _M.WITHDRAW)
"""What the one who answers the customer does."""
HELPS: Final = (_M.SEE, _M.ANSWER, _M.JOIN, _M.LEAVE, _M.TAKE_OVER)
"""What whoever comes to help does."""

_ASKED = (_S.RAISED, _S.SEEN, _S.OFFERED)
HANDOVER: Final[Machine[HandoverState, HandoverMove]] = Machine(
    # A supervisor who reads along may step in without being called.
    begins={_M.RAISE: _S.RAISED, _M.PREPARE: _S.PREPARED, _M.JOIN: _S.JOINED, _M.TAKE_OVER: _S.TAKEN_OVER},
    table={
        (_S.RAISED, _M.SEE): _S.SEEN,
        (_S.OFFERED, _M.SEE): _S.OFFERED,
        **{(state, _M.ANSWER): _S.ANSWERED for state in _ASKED},
        # What was whispered did not do: the hand goes up once more.
        (_S.ANSWERED, _M.RAISE): _S.RAISED,
        **{(state, _M.PREPARE): _S.PREPARED for state in (_S.RAISED, _S.SEEN, _S.ANSWERED, _S.PREPARED, _S.JOINED)},
        (_S.PREPARED, _M.OFFER): _S.OFFERED,
        **{(state, _M.JOIN): _S.JOINED for state in (*WAITING, _S.ANSWERED)},
        **{(state, _M.TAKE_OVER): _S.TAKEN_OVER for state in STANDING},
        (_S.JOINED, _M.LEAVE): _S.LEFT,
        **{(state, _M.WITHDRAW): _S.WITHDRAWN for state in (*WAITING, _S.ANSWERED)},
        **{(state, _M.DROP): _S.DROPPED for state in WAITING},
    },
)


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a conversation is to go, and the sentence that tells the customer so. `contact` is how to reach them."""

    to: UUID
    why: Why
    sentence: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """What a call for help says. `line` is what the one who asks added, `n` the last turn that had been heard then.

    `helper` is who came or has seen it; `over_after` the last turn before somebody else had the conversation.
    """

    line: str = ""
    n: int | None = None
    asked_by: UUID | None = None
    helper: UUID | None = None
    handing: Handing | None = None
    over_after: int | None = None


@dataclass(frozen=True, slots=True)
class Clocked:
    """A state, and until when somebody has to have come; None where nobody is waited for."""

    state: HandoverState
    due: datetime | None

    def after(self, move: HandoverMove, at: datetime, limit: timedelta) -> "Clocked":
        """What it becomes by a move; every move begins the time anew. Raises NotPossible, also for a drop too soon."""
        if move is HandoverMove.DROP and (self.due is None or at < self.due):
            raise NotPossible("Its time is not over yet.")
        return clocked(HANDOVER.after(self.state, move), at, limit)


def clocked(state: HandoverState, at: datetime, limit: timedelta) -> Clocked:
    """A state that begins now, with its time limit where it has one: so long, whatever the clocks on the wall do."""
    return Clocked(state, at.astimezone(UTC) + limit if state in WAITING else None)
