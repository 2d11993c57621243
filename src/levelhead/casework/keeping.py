"""How often promises are kept in their time, by what the conversations were about: of a process, never of a person."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.promise_words import by_then

FEWEST_PROMISES: Final = 5
"""Below this a share says nothing."""
FEWEST_PEOPLE: Final = 3
"""Promises of fewer people than this would make a share one of persons."""
REST: Final = "rest"
"""Where those are counted that are too few to stand alone."""
_Z = 1.959963984540054
"""Of a two-sided interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `of` promises `kept` were kept in their time; `low` to `high` is the 95 % interval of the share (Wilson)."""

    name: str
    kept: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The part that was kept in time, 0 to 1."""
        return self.kept / self.of


def wilson(kept: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); nothing is known of none."""
    if of == 0:
        return 0.0, 1.0
    share, weight = kept / of, _Z**2 / of
    middle, width = share + weight / 2, _Z * sqrt(share * (1 - share) / of + weight / of / 4)
    # Rounding must not part the interval from a share at its very end.
    low, high = (middle - width) / (1 + weight), (middle + width) / (1 + weight)
    return min(max(low, 0.0), share), max(min(high, 1.0), share)


def rates(
    promises: Iterable[Item[Promised]], now: datetime, process: Callable[[Item[Promised]], str]
) -> tuple[Rate, ...]:
    """The share by process, what is kept least at the top; what is too few to tell, or of too few people, is REST.

    Counted are promises that a person confirmed, with a time that was said and is over. Where even REST is of too few
    people, or of too few promises, there is none.
    """
    groups: defaultdict[str, list[Item[Promised]]] = defaultdict(list)
    for item in promises:
        if _counts(item, now):
            groups[process(item)].append(item)
    told = {name: group for name, group in groups.items() if name and _tells(group)}
    rest = [item for name, group in groups.items() if name not in told for item in group]
    shares = sorted((_rate(name, group, now) for name, group in told.items()), key=lambda rate: (rate.share, rate.name))
    return (*shares, _rate(REST, rest, now)) if _tells(rest) else tuple(shares)


def _counts(item: Item[Promised], now: datetime) -> bool:
    is_over = item.due_at is not None and item.due_at <= now
    ended = item.state in (PromiseState.KEPT, PromiseState.BROKEN)
    return item.body.binds and (ended or (item.state == PromiseState.LATE and is_over))


def _tells(group: list[Item[Promised]]) -> bool:
    return len(group) >= FEWEST_PROMISES and len({item.owner for item in group}) >= FEWEST_PEOPLE


def _rate(name: str, group: list[Item[Promised]], now: datetime) -> Rate:
    kept = sum(item.state == PromiseState.KEPT and by_then(item, now) for item in group)
    return Rate(name, kept, len(group), *wilson(kept, len(group)))
