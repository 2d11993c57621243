"""How far calibrated probabilities are from what came true: the bins of a reliability diagram, and their error."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


def reliability(p: NDArray[Any], came_true: NDArray[Any]) -> list[dict[str, Any]]:
    """Ten bins of equal width that hold anything: mean probability, share that came true, and how many."""
    p, came_true = p.ravel(), came_true.ravel()
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    return [
        {
            "p": round(float(p[at == b].mean()), 4),
            "true": round(float(came_true[at == b].mean()), 4),
            "count": int((at == b).sum()),
        }
        for b in range(BINS)
        if (at == b).any()
    ]


def calibration_error(bins: list[dict[str, Any]]) -> float:
    """Expected calibration error: the mean distance between the two, weighted by count (Naeini et al. 2015)."""
    total = sum(one["count"] for one in bins)
    return float(sum(abs(one["p"] - one["true"]) * one["count"] for one in bins) / total)
