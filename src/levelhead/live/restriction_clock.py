"""The clock of restrictions: each ends by itself with its time, whether anybody looks or not."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import ClassVar

from levelhead.live.case_clock import CaseClock, DueMove
from levelhead.live.packs_in_force import packs_of
from levelhead.live.restricting import Restrictions
from levelhead.storage.books import Books


class RestrictionClock(CaseClock):
    """Ends the restrictions of all tenants whose time is over."""

    every_s: ClassVar[float] = 60.0
    """Nothing holds a moment longer for it: whoever asks is told by the end, not by the state."""

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """The restrictions whose time is over."""
        # The language of the policy plays no part in an end.
        known = Restrictions(books, packs_of(books.shelf).boundary("en-GB"), self._clock)
        for item in known.due_to_end():
            yield DueMove(item.conversation, partial(known.end, item.id))
