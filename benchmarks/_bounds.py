"""A bound that a figure has to hold: how every table says it, and how the results page finds it in the JSON."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure beside its bound; `bound` is the least it may be, or the most where `at_most`.

    A figure that could not be measured is None, and does not hold.
    """

    says: str
    figure: float | None
    bound: float
    interval: Interval | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the point value holds the bound; the interval says how sure that is."""
        if self.figure is None:
            return False
        return self.figure <= self.bound if self.at_most else self.figure >= self.bound

    def as_row(self) -> dict[str, Any]:
        """One row of `bounds` in a benchmark's JSON."""
        return {
            "says": self.says,
            "bound": f"{'≤' if self.at_most else '≥'} {_short(self.bound)}",
            "figure": None if self.figure is None else round(self.figure, 4),
            "interval": [round(end, 4) for end in self.interval] if self.interval else None,
            "holds": self.holds,
        }


def status(rows: Iterable[Mapping[str, Any]]) -> int:
    """0 when every bound holds; else 1, and the bounds that were missed are named on standard error."""
    short = [f"{row['says']} {row['bound']}" for row in rows if not row["holds"]]
    if short:
        print(f"Short of the bound: {'; '.join(short)}", file=sys.stderr)
    return 1 if short else 0


def as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """The bounds as a table for people."""
    width = max((len(row["says"]) for row in rows), default=0)
    return "\n".join(
        f"{row['says']:{width}} {row['bound']:>8} {_figure(row['figure'])} {_range(row['interval']):>14}  "
        f"{'yes' if row['holds'] else 'NO'}"
        for row in rows
    )


def _range(interval: Sequence[float] | None) -> str:
    return f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""


def _figure(figure: float | None) -> str:
    return "  not yet" if figure is None else f"{figure:8.3f}"


def _short(bound: float) -> str:
    return f"{bound:.2f}".removeprefix("0") if bound < 1 else f"{bound:g}"
