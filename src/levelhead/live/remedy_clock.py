"""The clock of requests: what nobody has answered in its time goes back to whoever asked, who goes on without it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from levelhead.casework.item import Kind
from levelhead.casework.remedy import RemedyState
from levelhead.live.approving import Approving
from levelhead.live.case_clock import CaseClock, DueMove, all_due
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases


class RemedyClock(CaseClock):
    """Gives back the overdue requests of all tenants."""

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """The requests that nobody has answered in their time."""
        cases = Cases(books, self._clock)
        approving = Approving(books, cases)
        for item in all_due(cases, Kind.REMEDY, (RemedyState.REQUESTED,), now):
            yield DueMove(item.conversation, partial(approving.lapse, item.id))
