"""The clock of calls for help: what nobody came to within its time is dropped, which its asker sees and all count."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from levelhead.casework.handover import WAITING, Called, HandoverMove
from levelhead.casework.item import Item, Kind
from levelhead.live.case_clock import CaseClock, DueMove, all_due
from levelhead.live.helping import moved
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow


class HelpClock(CaseClock):
    """Drops the overdue calls of all tenants."""

    def due(self, books: Books, now: datetime) -> Iterable[DueMove]:
        """The calls whose time is over."""
        cases = Cases(books, self._clock)
        for call in all_due(cases, Kind.HANDOVER, WAITING, now):
            yield DueMove(call.conversation, partial(_drop, cases, call))


def _drop(cases: Cases, call: Item[Called]) -> None:
    now = cases.get(call.id)
    if now.state not in WAITING or now.due_at is None or now.due_at > cases.now():
        raise NotNow("Somebody has come.")
    cases.write(*moved(cases, now, HandoverMove.DROP, timedelta(0), lambda was: was))
