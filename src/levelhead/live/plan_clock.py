"""The clock of plans: each comes up to be looked at on its day, and ends by itself on another."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import ClassVar

from levelhead.casework.item import Kind
from levelhead.casework.plan import OPEN, PlanState, moved_by_time
from levelhead.live.case_clock import CaseClock, DueMove
from levelhead.live.planning import Plans
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases


class PlanClock(CaseClock):
    """Has the plans of all tenants looked at and ended in time."""

    every_s: ClassVar[float] = 60.0
    """Nothing holds a moment longer for it: whoever asks is told by the end, not by the state."""

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """The plans whose day to be looked at, or to end, has come."""
        plans, cases = Plans(books, self._clock), Cases(books, self._clock)
        # An objection is due before the plan ends, so the states are looked through and not what is due.
        for item in cases.standing(Kind.PLAN, OPEN):
            move = moved_by_time(PlanState(item.state), item.body, now)
            if move is not None:
                yield DueMove(item.conversation, partial(plans.by_time, item.id, move))
