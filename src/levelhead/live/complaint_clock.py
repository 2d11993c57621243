"""The clock of the complaints: reminds before a limit, and says when one was reached."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from levelhead.casework.complaint import STANDING
from levelhead.casework.complaint_clock import moved_by_time
from levelhead.casework.item import Kind
from levelhead.live.case_clock import CaseClock, DueMove, all_due
from levelhead.live.complaint_ledger import Complaints
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases

AHEAD: Final = timedelta(days=31)
"""Nothing is said of a limit that is further away: a pack may remind thirty days before."""


class ComplaintClock(CaseClock):
    """Moves the complaints of all tenants as time passes."""

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """Reminders, and limits that are reached."""
        cases = Cases(books, self._clock)
        complaints = Complaints(cases)
        hours = complaints.hours()
        for item in all_due(cases, Kind.COMPLAINT, STANDING, now + AHEAD):
            moved = moved_by_time(item.body, complaints.rules_of(item.body), hours, now)
            if moved is not None:
                yield DueMove(item.conversation, partial(complaints.by_time, item, *moved))
