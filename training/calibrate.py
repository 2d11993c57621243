"""Calibration and thresholds, from predictions for conversations that the predicting weights had not seen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import f1_score

from training.fit import ONE_OF
from training.network import HEADS, columns

WATCHED = {"cues": ("self_harm",)}
ALARMS = 0.002
"""Safety: a sign of self-harm is taken for one as soon as no more than this share of ordinary turns would be."""

Floats = NDArray[np.float64]
ROUNDS = 3
BETWEEN = (0.26, 0.52)
"""Class thresholds stay within these: wider ones score better and let a rare feeling win over a plain one."""
PULL = 12.0
"""Pull of a label's threshold towards its head's: as much as this many positive turns."""


def settings_of_heads(logits: Floats, targets: Floats, customer: NDArray[np.bool_]) -> dict[str, dict[str, Any]]:
    """The `heads` part of reader.json: labels, scale, bias and thresholds of every head."""
    heads = {}
    for head, labels in HEADS.items():
        rows = customer if head in ("emotion", "intensity", "cues", "abuse") else ~customer
        z, y = logits[rows][:, columns(head)], targets[rows][:, columns(head)]
        one_of = head in ONE_OF
        scale, bias = _softmax_fit(z, y) if one_of else _sigmoid_fits(z, y)
        p = _softmax(z * scale + bias) if one_of else _sigmoid(z * scale + bias)
        if head == "intensity":
            thresholds = [0.01] * len(labels)  # all alike and low: the likeliest wins
        else:
            thresholds = _one_of_thresholds(p, y) if one_of else _thresholds(p, y)
        if head in WATCHED:
            thresholds = _watchful(thresholds, head, p, y)
        heads[head] = {
            "labels": [str(label) for label in labels],
            "one_of": one_of,
            "scale": [round(float(x), 5) for x in scale],
            "bias": [round(float(x), 5) for x in bias],
            "thresholds": [round(float(x), 4) for x in thresholds],
        }
    return heads


def _watchful(thresholds: list[float], head: str, p: Floats, y: Floats) -> list[float]:
    """Lower thresholds where a miss is worse than an alarm: as low as `ALARMS` among ordinary turns allow."""
    chosen = list(thresholds)
    for label in WATCHED[head]:
        k = HEADS[head].index(label)
        chosen[k] = min(chosen[k], float(np.quantile(p[y[:, k] == 0, k], 1 - ALARMS)))
    return chosen


def _softmax(z: Floats) -> Floats:
    e = np.exp(z - z.max(1, keepdims=True))
    return np.asarray(e / e.sum(1, keepdims=True))


def _sigmoid(z: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-z)))


def _softmax_fit(z: Floats, y: Floats) -> tuple[Floats, Floats]:
    """One temperature and a bias per class (the class weights of training are taken out again)."""
    k = z.shape[1]

    def loss(x: Floats) -> float:
        p = _softmax(z * np.exp(x[0]) + x[1:])
        return float(-(y * np.log(p + 1e-12)).sum(1).mean() + 1e-3 * (x[1:] ** 2).sum())

    x = minimize(loss, np.zeros(1 + k), method="L-BFGS-B").x
    return np.full(k, np.exp(x[0])), x[1:]


def _sigmoid_fits(z: Floats, y: Floats) -> tuple[Floats, Floats]:
    """A scale and a bias per label, both pulled towards the head's common ones where positives are few."""
    common = _sigmoid_fit(z.ravel(), y.ravel(), (0.0, 0.0), 0.0)
    fits = [_sigmoid_fit(z[:, k], y[:, k], common, 6.0 / max(1.0, y[:, k].sum())) for k in range(z.shape[1])]
    return np.exp([log_scale for log_scale, _ in fits]), np.array([bias for _, bias in fits])


def _sigmoid_fit(z: Floats, y: Floats, around: tuple[float, float], pull: float) -> tuple[float, float]:
    share = max(float(y.mean()), 1e-4)

    def loss(x: Floats) -> float:
        a = z * np.exp(x[0]) + x[1]
        nll = np.logaddexp(0, a) - y * a
        return float(nll.mean() / share + pull * ((x[0] - around[0]) ** 2 + 0.3 * (x[1] - around[1]) ** 2))

    x = minimize(loss, np.array(around), method="L-BFGS-B").x
    return float(x[0]), float(x[1])


def _thresholds(p: Floats, y: Floats) -> list[float]:
    """Per label, for the best micro-F1: with true probabilities it is half the F1 reached, tuned where turns suffice."""
    grid = np.arange(0.10, 0.80, 0.02)
    common = max(grid, key=lambda t: f1_score(y, p >= t, average="micro"))
    chosen = np.full(p.shape[1], common)
    for _ in range(ROUNDS):
        for k in range(p.shape[1]):
            others = np.delete(np.arange(p.shape[1]), k)
            hits = ((p[:, others] >= chosen[others]) * y[:, others]).sum()
            fired, there = (p[:, others] >= chosen[others]).sum(), y.sum()

            def micro(t: float, k: int = k, hits: float = hits, fired: float = fired, there: float = there) -> float:
                on = p[:, k] >= t
                return float(2 * (hits + (on * y[:, k]).sum()) / (fired + on.sum() + there))

            best = max(grid, key=micro)
            weight = y[:, k].sum() / (y[:, k].sum() + PULL)
            chosen[k] = weight * best + (1 - weight) * common
    return [float(t) for t in chosen]


def _one_of_thresholds(p: Floats, y: Floats) -> list[float]:
    """Per class, for the best macro-F1 of "furthest over its threshold, else the first"."""
    want = y.argmax(1)
    present = sorted(set(want.tolist()))
    chosen = np.full(p.shape[1], 0.35)

    def macro(limits: Sequence[float] | Floats) -> float:
        ratio = p / np.asarray(limits)
        best = ratio.argmax(1)
        best[ratio.max(1) < 1] = 0
        return float(f1_score(want, best, average="macro", labels=present))

    for _ in range(ROUNDS):
        for k in range(p.shape[1]):
            tried = {}
            for t in np.arange(*BETWEEN, 0.04):
                limits = chosen.copy()
                limits[k] = t
                tried[float(t)] = macro(limits)
            best = max(tried, key=lambda t: tried[t])
            weight = y[:, k].sum() / (y[:, k].sum() + PULL)
            chosen[k] = weight * best + (1 - weight) * chosen[k]
    return [float(t) for t in chosen]
