"""Softmax regression over dense numbers and words, and how sure it has to be before it speaks."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

STEPS = 100
PRECISION = 0.8
"""What it has to be right in where it speaks, over the folds."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Ridge(NamedTuple):
    """How much the weights of each part are held down."""

    dense: float
    words: float


class Inputs(NamedTuple):
    """The examples as numbers, dense and by word."""

    dense: NDArray[np.float32]
    words: sparse.csr_matrix

    def at(self, rows: Ints) -> "Inputs":
        """Some of the examples."""
        return Inputs(self.dense[rows], self.words[rows])

    def and_also(self, more: "Inputs") -> "Inputs":
        """These and then those."""
        return Inputs(np.vstack([self.dense, more.dense]), sparse.vstack([self.words, more.words]).tocsr())


class Weights(NamedTuple):
    """Of one head: rows are the dense numbers, the words and the constant; a column a label."""

    dense: Floats
    words: Floats
    bias: Floats

    def logits(self, inputs: Inputs) -> Floats:
        """A row an example."""
        return np.asarray(inputs.dense @ self.dense + inputs.words @ self.words + self.bias)


def fit(inputs: Inputs, target: Ints, weight: Floats, classes: int, ridge: Ridge) -> Weights:
    """Softmax regression with a ridge on each part (L-BFGS)."""
    n, dense, words = len(target), inputs.dense.shape[1], inputs.words.shape[1]
    share = (weight / weight.sum()).astype(np.float32)
    across = inputs.words.T.tocsr()
    held = np.concatenate([np.full(dense, ridge.dense), np.full(words, ridge.words), [0.0]])[:, None] / weight.sum()

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(-1, classes)
        small = w.astype(np.float32)
        p = softmax(inputs.dense @ small[:dense] + inputs.words @ small[dense:-1] + small[-1])
        value = -float((share * np.log(p[np.arange(n), target] + 1e-12)).sum())
        p[np.arange(n), target] -= 1.0
        p *= share[:, None]
        grad = np.vstack([inputs.dense.T @ p, across @ p, p.sum(0, keepdims=True)]) + held * w
        return value + 0.5 * float((held * w**2).sum()), grad.ravel().astype(np.float64)

    start = np.zeros((dense + words + 1) * classes)
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x.reshape(-1, classes)
    return Weights(w[:dense], w[dense:-1], w[-1])


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Probabilities, a row an example."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def temperature(logits: Floats, target: Ints, weight: Floats) -> float:
    """What to multiply the logits with, so that the probabilities are honest on conversations not seen."""

    def loss(factor: float) -> float:
        p = softmax(logits * np.exp(factor))
        return -float((weight * np.log(p[np.arange(len(target)), target] + 1e-12)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def threshold_of(p: Floats, target: Ints, weight: Floats) -> tuple[float, dict[str, float]]:
    """The lowest threshold from which on it is right often enough; and how often it then speaks."""
    best, right = p.max(1), p.argmax(1) == target
    order = np.argsort(-best, kind="stable")
    spoke = np.cumsum(weight[order])
    precision = np.cumsum((weight * right)[order]) / np.maximum(spoke, 1e-9)  # Weights may be 0.
    enough = np.flatnonzero(precision >= PRECISION)
    last = int(enough[-1]) if len(enough) else 0
    figures = {
        "right": round(float((weight * right).sum() / weight.sum()), 3),
        "log_loss": round(-float((weight * np.log(p[np.arange(len(target)), target])).sum() / weight.sum()), 3),
        "speaks": round(float(spoke[last] / spoke[-1]), 3),
        "precision": round(float(precision[last]), 3),
    }
    return round(float(best[order[last]]), 3), figures
