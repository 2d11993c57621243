"""How durations are taken: the least of some goes at each item, so that what else the machine does shows less."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

GOES = 3
WARM_UP = 20
"""Items taken once before anything is timed."""
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Timed(Generic[Item, Result]):
    """What came of each item, and its seconds: the least of several goes, the first alone, the least of CPU time."""

    results: tuple[Result, ...]
    least: tuple[float, ...]
    first: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def row(self) -> dict[str, Any]:
        """Milliseconds on the wall, which is what a person waits for; beside them what a core of one's own would take."""
        return {"latency_ms": summary(self.least), "first_go_ms": summary(self.first), "cpu_ms": summary(self.cpu)}


def timed(items: Sequence[Item], does: Callable[[Item], Result], goes: int = GOES) -> Timed[Item, Result]:
    """Do it to each item, one after the other, and all of that `goes` times; the results are those of the first go."""
    for item in items[:WARM_UP]:
        does(item)
    taken: list[list[_Seconds]] = []
    results: tuple[Result, ...] = ()
    for _ in range(goes):
        once = [_once(item, does) for item in items]
        results = results or tuple(result for result, _ in once)
        taken.append([seconds for _, seconds in once])
    return Timed(
        results,
        least=tuple(min(one.wall for one in each) for each in zip(*taken, strict=True)),
        first=tuple(one.wall for one in taken[0]),
        cpu=tuple(min(one.cpu for one in each) for each in zip(*taken, strict=True)),
    )


class _Seconds(NamedTuple):
    wall: float
    cpu: float


def _once(item: Item, does: Callable[[Item], Result]) -> tuple[Result, _Seconds]:
    wall, cpu = time.perf_counter(), time.thread_time()
    result = does(item)
    return result, _Seconds(time.perf_counter() - wall, time.thread_time() - cpu)


def summary(seconds: Iterable[float]) -> dict[str, float]:
    """The middle and the tail of some durations, in milliseconds."""
    p50, p95, p99 = np.percentile(np.array(list(seconds)) * 1000, [50, 95, 99])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2), "p99": round(float(p99), 2)}


def load_average() -> float | None:
    """Processes that wanted a core over the last minute; None where the system doesn't say."""
    told = Path("/proc/loadavg")
    return float(told.read_text(encoding="ascii").split()[0]) if told.is_file() else None
