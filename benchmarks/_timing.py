"""How durations are taken: the least of three goes at each item, so that what else the machine does shows less."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

GOES = 3
WARM_UP = 20
"""Items taken once before anything is timed."""
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Timed(Generic[Item, Result]):
    """What came of each item, and the seconds of the least of several goes and of the first alone."""

    results: tuple[Result, ...]
    least: tuple[float, ...]
    first: tuple[float, ...]


def timed(items: Sequence[Item], does: Callable[[Item], Result], goes: int = GOES) -> Timed[Item, Result]:
    """Do it to each item, one after the other, and all of that `goes` times; the results are those of the first go."""
    for item in items[:WARM_UP]:
        does(item)
    taken, results = [], []
    for go in range(goes):
        seconds = []
        for item in items:
            began = time.perf_counter()
            result = does(item)
            seconds.append(time.perf_counter() - began)
            if go == 0:
                results.append(result)
        taken.append(seconds)
    return Timed(tuple(results), tuple(min(one) for one in zip(*taken, strict=True)), tuple(taken[0]))


def summary(seconds: Iterable[float]) -> dict[str, float]:
    """The middle and the tail of some durations, in milliseconds."""
    p50, p95, p99 = np.percentile(np.array(list(seconds)) * 1000, [50, 95, 99])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2), "p99": round(float(p99), 2)}


def load_average() -> float | None:
    """Processes that wanted a core over the last minute; None where the system doesn't say."""
    told = Path("/proc/loadavg")
    return float(told.read_text(encoding="ascii").split()[0]) if told.is_file() else None
