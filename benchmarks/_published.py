"""What a published test is made of: rows with the talk they stand in, the official parts, and who published what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Channel, Speaker
from levelhead.listening.context import Said

Floats = NDArray[np.float64]
Talk = tuple[Said, ...]
Score = Callable[[Sequence[str], Floats, Sequence[str]], dict[str, float]]
"""From the labels, what a head gives for each class (more is surer), and the classes: each measure by name."""

MAY_SHIP = "weights may ship"
BENCH_ONLY = "benchmark only: trains no shipped weights"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled turn of a talk; `closing` where the label is of the whole talk, asked after its last turn."""

    talk: Talk
    at: int
    label: str
    closing: bool = False

    @property
    def said(self) -> Said:
        """The turn that is judged."""
        return self.talk[self.at]

    @property
    def before_at(self) -> int | None:
        """Where the other side spoke last before it; None where it had said nothing."""
        other = (i for i in range(self.at - 1, -1, -1) if self.talk[i].speaker is not self.said.speaker)
        return next(other, None)


@dataclass(frozen=True, slots=True)
class Published:
    """Figures that others printed for the same test, and where."""

    by: str
    figures: Mapping[str, float]
    source: str


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """One published test with its official parts.

    Where a set has no part for choosing, `dev` is empty and a tenth of `train` is drawn for it, with the run's seed.
    `capped` says what of the training part was left out, '' where nothing was.
    """

    name: str
    use: str
    channel: Channel
    train: tuple[Row, ...]
    dev: tuple[Row, ...]
    test: tuple[Row, ...]
    score: Score
    chosen_by: str
    beside: tuple[Published, ...] = ()
    capped: str = ""
    notes: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows: training, choosing, test."""
        return (*self.train, *self.dev, *self.test)

    @property
    def has_talks(self) -> bool:
        """Whether the rows stand in conversations, so that the turns before them count."""
        return any(len(row.talk) > 1 for row in self.test)


def alone(text: str, label: str) -> Row:
    """A labelled text with nothing before it."""
    return Row((Said(Speaker.CUSTOMER, text),), 0, label)


def capped(rows: Sequence[Row], most: int) -> tuple[Row, ...]:
    """At most `most` rows, evenly spread over the part, so that every source in it stays in."""
    if len(rows) <= most:
        return tuple(rows)
    return tuple(rows[i] for i in np.linspace(0, len(rows) - 1, most).round().astype(int))


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Mean and sample standard deviation over the seeds."""
    return {"mean": round(float(np.mean(values)), 4), "sd": round(float(np.std(values, ddof=1)), 4)}
