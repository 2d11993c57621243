"""The outlook's weights, and where each forecast has earned its place.

Readings come from weights that had not seen the conversation. Figures are from five folds by conversation over the
written training conversations, only turns before the event for `asks_supervisor`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from levelhead.listening.outlook import GOOD, Moment, bucket_of, grounds, heat

Floats = NDArray[np.float64]
FOLDS = 5
RIDGE = 0.02
TARGETS = ("asks_supervisor", "ends_dissatisfied", "csat")


@dataclass(frozen=True, slots=True)
class Lived:
    """A conversation as it was read: a moment per turn, and how it ended."""

    id: str
    moments: tuple[Moment, ...]
    escalated_at: int | None
    csat: int


@dataclass(frozen=True, slots=True)
class Row:
    """One customer turn from which to look ahead."""

    talk: int
    bucket: int
    values: tuple[float, ...]
    heat_most: float
    heat_now: float
    target: float


def rows_of(lived: Sequence[Lived], name: str) -> list[Row]:
    """The customer turns of all conversations with the target of `name`."""
    rows = []
    for index, one in enumerate(lived):
        heats: list[float] = []
        for n, moment in enumerate(one.moments):
            if moment.of_customer is None:
                continue
            heats.append(heat(moment.of_customer))
            if name == "asks_supervisor" and one.escalated_at is not None and n >= one.escalated_at:
                break
            target = {
                "asks_supervisor": float(one.escalated_at is not None),
                "ends_dissatisfied": float(one.csat <= 2),
                "csat": float(one.csat),
            }[name]
            values = tuple(grounds(one.moments[: n + 1]).values())
            rows.append(Row(index, bucket_of(len(heats)), values, max(heats), heats[-1], target))
    return rows


def settings_of_outlook(lived: Sequence[Lived]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The `outlook` part of reader.json, and the figures behind it (one row per target and position)."""
    names = list(grounds(lived[0].moments[: _first_customer(lived[0]) + 1]))
    settings, figures = {}, []
    for name in TARGETS:
        rows = rows_of(lived, name)
        ahead, most, now = _folds(rows, names, name)
        shown = []
        for bucket in range(3):
            at = [i for i, row in enumerate(rows) if row.bucket == bucket]
            figure = _compare(name, bucket, [rows[i] for i in at], ahead[at], most[at], now[at])
            figures.append(figure)
            shown.append(figure["beats"])
        weights, bias = fit(matrix(rows, names), rows, name, names)
        middle = matrix(rows, names).mean(0)
        settings[name] = {
            "shown": shown,
            "bias": round(float(bias + weights @ middle), 5),
            "weights": {ground: round(float(w), 5) for ground, w in zip(names, weights, strict=True)},
            "middle": {ground: round(float(m), 5) for ground, m in zip(names, middle, strict=True)},
        }
    return settings, figures


def _first_customer(one: Lived) -> int:
    return next(n for n, moment in enumerate(one.moments) if moment.of_customer is not None)


def matrix(rows: Sequence[Row], names: Sequence[str]) -> Floats:
    return np.array([row.values for row in rows], dtype=np.float64).reshape(len(rows), len(names))


def _folds(rows: Sequence[Row], names: Sequence[str], name: str) -> tuple[Floats, Floats, Floats]:
    """Out-of-fold forecasts of the model and of the two naive ones, each fitted on the other folds."""
    out = [np.zeros(len(rows)) for _ in range(3)]
    for fold in range(FOLDS):
        train = [row for row in rows if row.talk % FOLDS != fold]
        test = [i for i, row in enumerate(rows) if row.talk % FOLDS == fold]
        held = [rows[i] for i in test]
        weights, bias = fit(matrix(train, names), train, name, names)
        out[0][test] = link(matrix(held, names) @ weights + bias, name)
        for k, pick in ((1, "heat_most"), (2, "heat_now")):
            x = np.array([[getattr(row, pick)] for row in train])
            w, b = fit(x, train, name, ["naive"])
            out[k][test] = link(np.array([[getattr(row, pick)] for row in held]) @ w + b, name)
    return out[0], out[1], out[2]


def link(z: Floats, name: str) -> Floats:
    return np.clip(z, 1, 5) if name == "csat" else np.asarray(1 / (1 + np.exp(-z)))


def fit(x: Floats, rows: Sequence[Row], name: str, names: Sequence[str]) -> tuple[Floats, float]:
    """Ridge regression (logistic but for csat) with fixed signs; each conversation weighs the same."""
    y = np.array([row.target for row in rows])
    counts = np.bincount([row.talk for row in rows])
    weight = np.array([1.0 / counts[row.talk] for row in rows])
    weight /= weight.sum()
    spread = x.std(0) + 1e-6
    scaled = x / spread

    def loss(v: Floats) -> tuple[float, Floats]:
        z = scaled @ v[:-1] + v[-1]
        if name == "csat":
            error = z - y
            value = 0.5 * (weight * error**2).sum()
        else:
            error = 1 / (1 + np.exp(-z)) - y
            value = (weight * (np.logaddexp(0, z) - y * z)).sum()
        grad = np.append(scaled.T @ (weight * error) + RIDGE * v[:-1], (weight * error).sum())
        return float(value + 0.5 * RIDGE * (v[:-1] ** 2).sum()), grad

    worse = (None, 0.0) if name == "csat" else (0.0, None)
    better = (0.0, None) if name == "csat" else (None, 0.0)
    bounds = [better if ground in GOOD else worse for ground in names]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    return found[:-1] / spread, float(found[-1])


def _compare(name: str, bucket: int, rows: Sequence[Row], ahead: Floats, most: Floats, now: Floats) -> dict[str, Any]:
    """Squared error (Brier, or of csat) and AUC beside the naive ones; `beats` when the paired 95 % bootstrap says so."""
    y = np.array([row.target for row in rows])
    talk = np.array([row.talk for row in rows])
    figure: dict[str, Any] = {"forecast": name, "position": ("1-2", "3-5", "6+")[bucket], "turns": len(rows)}
    for label, p in (("model", ahead), ("angry_as_now", most), ("last_turn", now)):
        figure[f"error_{label}"] = round(float(((p - y) ** 2).mean()), 4)
        if name != "csat" and 0 < y.sum() < len(y):
            figure[f"auc_{label}"] = round(float(roc_auc_score(y, p)), 3)
    if name != "csat":
        figure["ece"] = round(calibration_error(y, ahead), 4)
    gains = [(p - y) ** 2 - (ahead - y) ** 2 for p in (most, now)]
    figure["gain_lower"] = round(min(lower_end(gain, talk) for gain in gains), 5)
    figure["beats"] = bool(figure["gain_lower"] > 0)
    return figure


def lower_end(gain: Floats, talk: NDArray[np.int_]) -> float:
    """Lower end of the 95 % bootstrap of the mean gain, by conversation."""
    draw = np.random.default_rng(0)
    talks = np.unique(talk)
    sums = np.array([gain[talk == one].sum() for one in talks])
    counts = np.array([(talk == one).sum() for one in talks])
    picks = draw.integers(0, len(talks), (1000, len(talks)))
    return float(np.quantile(sums[picks].sum(1) / counts[picks].sum(1), 0.025))


def calibration_error(y: Floats, p: Floats, bins: int = 10) -> float:
    """Expected calibration error over ten bins of equal size."""
    order = np.argsort(p)
    return float(
        sum(
            abs(y[part].mean() - p[part].mean()) * len(part) / len(y)
            for part in np.array_split(order, bins)
            if len(part)
        )
    )
