"""95 % intervals: Wilson's for a share of independent lines, the bootstrap (seed 0) for everything else."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
SEED = 0
RESAMPLES = 1000
ENDS = (0.025, 0.975)
Z = 1.959964
"""Of the normal distribution, for 95 %."""


def wilson(hits: int, of: int) -> Interval:
    """Wilson's score interval of a share (Wilson 1927); 0 to 1 where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(score: Callable[[NDArray[np.int64]], float], groups: NDArray[np.int64]) -> Interval:
    """Ends of `score(rows)` over draws of whole groups (conversations) with replacement.

    `groups[i]` is the group of row i; `score` gets the row numbers of a draw, with repeats.
    """
    draw = np.random.default_rng(SEED)
    rows_of = [np.flatnonzero(groups == one) for one in np.unique(groups)]
    drawn = [
        score(np.concatenate([rows_of[i] for i in draw.integers(0, len(rows_of), len(rows_of))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, ENDS)
    return float(low), float(high)
