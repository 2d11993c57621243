"""A promise in the ledger: made in words or entered by hand, then kept, or not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.item import Evidence, Item
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
    """What can happen to a promise. `remind`, `miss` and `break` come with time, `notice` with a turn that sounds as
    if it were kept; the rest people do.
    """

    MAKE = "make"
    REMIND = "remind"
    MISS = "miss"
    BREAK = "break"
    NOTICE = "notice"
    CONFIRM = "confirm"
    GIVE_TIME = "give_time"
    KEEP = "keep"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_S, _M = PromiseState, PromiseMove
OPEN: Final = (PromiseState.MADE, PromiseState.DUE_SOON, PromiseState.LATE)
"""States in which somebody still has to do something."""
PROMISE: Final[Machine[PromiseState, PromiseMove]] = Machine(
    begins={_M.MAKE: _S.MADE},
    table={
        (_S.MADE, _M.REMIND): _S.DUE_SOON,
        (_S.MADE, _M.MISS): _S.LATE,
        (_S.DUE_SOON, _M.MISS): _S.LATE,
        (_S.LATE, _M.BREAK): _S.BROKEN,
        # Somebody looked at it, or words were heard: it stands where it stood.
        **{(state, move): state for state in OPEN for move in (_M.NOTICE, _M.CONFIRM)},
        # With its first real time its clock begins anew.
        **{(state, _M.GIVE_TIME): _S.MADE for state in OPEN},
        # "I need until Friday" makes a new promise in the place of the old one.
        **{(state, _M.SUPERSEDE): _S.SUPERSEDED for state in OPEN},
        # Kept after all, or kept and only now said so: the time tells which.
        **{(state, _M.KEEP): _S.KEPT for state in (*OPEN, _S.BROKEN)},
        **{(state, _M.WITHDRAW): _S.WITHDRAWN for state in OPEN},
        # Said by mistake, taken back in a moment.
        **{(state, _M.REOPEN): _S.MADE for state in (_S.KEPT, _S.WITHDRAWN, _S.SUPERSEDED)},
    },
)


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised: `action` as it was said, in turn `n` of its conversation; None where entered by hand.

    `due_text` are the words for the time. `confirmed` says that a person has looked at it and agrees. Where
    `needs_time`, nobody has said a time, and the item's is one that we propose. `instead_of` is the promise in whose
    place this one came, `sign` the words that sound as if it were kept, `kept_at` when it was. `cause` and `issue` are
    what the conversation was about when it was made, '' while not clear.
    """

    action: str
    due_text: str
    n: int | None = None
    confirmed: bool = False
    needs_time: bool = False
    instead_of: UUID | None = None
    sign: Evidence | None = None
    kept_at: datetime | None = None
    cause: str = ""
    issue: str = ""

    @property
    def binds(self) -> bool:
        """Whether a person has agreed to it and it has a time: nothing else can be broken."""
        return self.confirmed and not self.needs_time


def due_as_said(promise: Item[Promised]) -> datetime | None:
    """When it is due, as far as anybody has said so; None for a time that we only propose."""
    return None if promise.body.needs_time else promise.due_at
