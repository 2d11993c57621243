"""What happens when, in the order of its moments, by a clock that stands at the moment of what is happening."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Deed = Callable[[], Awaitable[None]]


class Agenda:
    """Deeds with their moments. A deed may add others; what lies after `until` does not happen."""

    def __init__(self, begin: datetime, until: datetime) -> None:
        self._now = begin
        self.until = until
        self._order = count()
        self._waiting: list[tuple[datetime, int, Deed]] = []

    def now(self) -> datetime:
        """The moment of what is happening."""
        return self._now

    def add(self, at: datetime, deed: Deed) -> None:
        """Have this happen then; never before what is happening now."""
        moment = max(at, self._now)
        if moment <= self.until:
            heappush(self._waiting, (moment, next(self._order), deed))

    async def run(self) -> None:
        """Do everything in its turn."""
        while self._waiting:
            self._now, _, deed = heappop(self._waiting)
            await deed()
        self._now = self.until
