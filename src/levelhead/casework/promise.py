"""A promise in the ledger: made in words or entered by hand, then kept, or not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from levelhead.casework.machine import Machine


class PromiseState(StrEnum):
    """Where a promise stands."""

    MADE = "made"
    DUE_SOON = "due_soon"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class PromiseMove(StrEnum):
    """What can happen to a promise. `remind`, `miss` and `break` come with time; the rest people do."""

    MAKE = "make"
    REMIND = "remind"
    MISS = "miss"
    BREAK = "break"
    KEEP = "keep"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_S, _M = PromiseState, PromiseMove
PROMISE: Final[Machine[PromiseState, PromiseMove]] = Machine(
    begins={_M.MAKE: _S.MADE},
    table={
        (_S.MADE, _M.REMIND): _S.DUE_SOON,
        (_S.MADE, _M.MISS): _S.LATE,
        (_S.DUE_SOON, _M.MISS): _S.LATE,
        (_S.LATE, _M.BREAK): _S.BROKEN,
        # "I need until Friday" makes a new promise in the place of the old one.
        **{(state, _M.SUPERSEDE): _S.SUPERSEDED for state in (_S.MADE, _S.DUE_SOON, _S.LATE)},
        **{(state, _M.KEEP): _S.KEPT for state in (_S.MADE, _S.DUE_SOON, _S.LATE)},
        **{(state, _M.WITHDRAW): _S.WITHDRAWN for state in (_S.MADE, _S.DUE_SOON, _S.LATE)},
        # Said by mistake, taken back in a moment.
        **{(state, _M.REOPEN): _S.MADE for state in (_S.KEPT, _S.WITHDRAWN, _S.SUPERSEDED)},
    },
)
OPEN: Final = (PromiseState.MADE, PromiseState.DUE_SOON, PromiseState.LATE)
"""States in which somebody still has to do something."""


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised: `action` as it was said, in turn `n` of its conversation; None where entered by hand.

    `due_text` are the words for the time. `confirmed` says that a person has looked at it and agrees.
    """

    action: str
    due_text: str
    n: int | None = None
    confirmed: bool = False
