"""The agreed times of a plan: hours of a weekday, on the clock of the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when on a weekday, 0 for Monday. Raises ValueError for what is no time."""

    day: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        on_the_clock = self.opens.tzinfo is None and self.closes.tzinfo is None
        if self.day not in range(7) or not on_the_clock or self.opens >= self.closes:
            raise ValueError("a time is on one of seven days, on the clock of the house, and begins before it ends")

    def holds(self, here: datetime) -> bool:
        """Whether this moment, in the zone of the house, is one of them."""
        return here.weekday() == self.day and self.opens <= here.time() < self.closes


def by_hours(windows: Iterable[Window]) -> tuple[tuple[tuple[int, ...], time, time], ...]:
    """The days that have the same hours together, in the order of the week: what is said in one breath."""
    days: dict[tuple[time, time], list[int]] = {}
    for one in sorted(set(windows), key=lambda window: (window.day, window.opens)):
        days.setdefault((one.opens, one.closes), []).append(one.day)
    return tuple((tuple(on), opens, closes) for (opens, closes), on in days.items())
