"""Small linear models with fixed signs, calibrated for each position on conversations that they had not seen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from levelhead.listening.outlook import ASKED, GOOD
from training.lived import NAIVE, Lived, Row, own_ids

Floats = NDArray[np.float64]
Whole = NDArray[np.int_]
Flags = NDArray[np.bool_]
TARGETS = ("asks_supervisor", "ends_dissatisfied", "csat")
POSITIONS = ("1-2", "3-5", "6+")
FOLDS = 5
SEED = 0
RIDGE = 0.02
PULL = 4.0
"""Pull of a position's scale towards 1 and of its bias towards the common one: as much as this many turns."""
NAIVE_PULL = 0.01


@dataclass(frozen=True, slots=True)
class Model:
    """A forecast: the weighted grounds less their middle, times `scale` plus `bias` of the position."""

    name: str
    weights: Floats
    middle: Floats
    scale: Floats
    bias: Floats

    def ahead(self, x: Floats, bucket: Whole) -> Floats:
        """The forecasts: probabilities, or csat from 1 to 5."""
        z = self.scale[bucket] * ((x - self.middle) @ self.weights) + self.bias[bucket]
        return np.clip(z, 1, 5) if self.name == "csat" else np.asarray(1 / (1 + np.exp(-z)))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one forecast as columns: what it stands on, what came true, and where each row is from.

    The weights are learnt from all of them; calibration and the naive forecasts leave out our `own` conversations, in which
    outcomes are spread differently.
    """

    name: str
    grounds: tuple[str, ...]
    x: Floats
    heats: Floats
    y: Floats
    bucket: Whole
    talk: Whole
    fold: Whole
    own: Flags

    def where(self, on: Flags) -> "Table":
        """Only some of the rows."""
        cut = (self.x[on], self.heats[on], self.y[on], self.bucket[on], self.talk[on], self.fold[on], self.own[on])
        return Table(self.name, self.grounds, *cut)


def table_of(name: str, grounds: Sequence[str], told: Sequence[Lived], rows: Sequence[Row]) -> Table:
    """The rows of `told` for the forecast `name`."""
    folds = np.array([fold_of(one.id) for one in told])
    ours = own_ids()
    own = np.array([one.id in ours for one in told])
    talk = np.array([row.talk for row in rows])
    return Table(
        name=name,
        grounds=tuple(grounds),
        x=np.array([row.values for row in rows], dtype=np.float64),
        heats=np.array([row.heats for row in rows], dtype=np.float64),
        y=np.array([row.target for row in rows], dtype=np.float64),
        bucket=np.array([row.bucket for row in rows]),
        talk=talk,
        fold=folds[talk],
        own=own[talk],
    )


def fold_of(conversation: str) -> int:
    """The fold of a conversation, by hash of its id: a conversation more or less moves no other."""
    return int(hashlib.sha256(f"outlook {SEED} {conversation}".encode()).hexdigest(), 16) % FOLDS


def out_of_fold(table: Table, learn: Flags) -> dict[str, Floats]:
    """For each row the forecasts of the model and of the naive ones, fitted on the `learn` rows of the other folds."""
    out = {label: np.zeros(len(table.y)) for label in ("model", *NAIVE)}
    for fold in range(FOLDS):
        train, test = table.where(learn & (table.fold != fold)), table.fold == fold
        out["model"][test] = as_shown(table.where(test), fit(train).ahead(table.x[test], table.bucket[test]))
        for label, naive in fit_naive(train).items():
            heat = table.heats[test][:, [NAIVE.index(label)]]
            out[label][test] = naive.ahead(heat, table.bucket[test])
    return out


def as_shown(table: Table, p: Floats) -> Floats:
    """What is shown is never below a request that is heard clearly, the reader's false alarms included."""
    if table.name != "asks_supervisor":
        return p
    asked = table.x[:, table.grounds.index("supervisor")]
    return np.where(asked >= ASKED, np.maximum(p, asked), p)


def fit(train: Table) -> Model:
    """Weights from all rows; scale and bias of each position from rows that the weights before it had not seen."""
    folds = [fold for fold in range(FOLDS) if (train.fold == fold).any()]
    z = np.zeros(len(train.y))
    for fold in folds:
        test = train.fold == fold
        weights, bias = _weights(train.where(~test))
        z[test] = train.x[test] @ weights + bias
    weights, bias = _weights(train)
    middle = train.x.mean(0)
    scale, shift = _positions(z[~train.own], train.where(~train.own), PULL)
    return Model(train.name, weights, middle, scale, scale * float(bias + middle @ weights) + shift)


def fit_naive(train: Table) -> Mapping[str, Model]:
    """The naive forecasts: one number, with a scale and a bias at each position."""
    one, none = np.ones(1), np.zeros(1)
    train = train.where(~train.own)
    return {
        label: Model(train.name, one, none, *_positions(train.heats[:, k], train, NAIVE_PULL))
        for k, label in enumerate(NAIVE)
    }


def _weights(train: Table) -> tuple[Floats, float]:
    """Ridge regression (logistic but for csat) with fixed signs; a conversation weighs as the root of its turns."""
    weight = np.bincount(train.talk)[train.talk] ** -0.5
    weight /= weight.sum()
    spread = train.x.std(0) + 1e-6
    scaled = train.x / spread

    def loss(v: Floats) -> tuple[float, Floats]:
        value, error = _loss(scaled @ v[:-1] + v[-1], train.y, train.name)
        slope = np.append(scaled.T @ (weight * error) + RIDGE * v[:-1], (weight * error).sum())
        return float((weight * value).sum() + 0.5 * RIDGE * (v[:-1] ** 2).sum()), slope

    start = np.zeros(scaled.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*_signs(train), (None, None)]).x
    return found[:-1] / spread, float(found[-1])


def _signs(train: Table) -> list[tuple[float | None, float | None]]:
    """What is bad may only raise a risk and only lower csat; what is good the other way round."""
    up, down = (0.0, None), (None, 0.0)
    return [up if (ground in GOOD) == (train.name == "csat") else down for ground in train.grounds]


def _positions(z: Floats, train: Table, pull: float) -> tuple[Floats, Floats]:
    """Scale and bias of each position that fit `z` best to what came true."""
    fits = [
        _position(z[at], train.y[at], train.name, pull) for at in (train.bucket == b for b in range(len(POSITIONS)))
    ]
    return np.array([scale for scale, _ in fits]), np.array([bias for _, bias in fits])


def _position(z: Floats, y: Floats, name: str, pull: float) -> tuple[float, float]:
    def loss(v: Floats) -> tuple[float, Floats]:
        value, error = _loss(v[0] * z + v[1], y, name)
        off = v - (1.0, 0.0)
        return float(value.sum() + 0.5 * pull * (off**2).sum()), np.array([error @ z, error.sum()]) + pull * off

    scale, bias = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return float(scale), float(bias)


def _loss(z: Floats, y: Floats, name: str) -> tuple[Floats, Floats]:
    """Each row's loss and its slope: half the squared error of csat, else the log loss."""
    if name == "csat":
        return 0.5 * (z - y) ** 2, z - y
    return np.logaddexp(0, z) - y * z, np.asarray(1 / (1 + np.exp(-z)) - y)
