"""Light heads on frozen features: for each seed a few are fitted, the best on the part for choosing is tested, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from benchmarks._published import Floats, PublishedSet, Row, spread
from benchmarks._published_features import Columns, Features

SEEDS = (0, 1, 2)
FOR_CHOOSING = 0.1
"""The share of the training part that is drawn, class by class, where a set has no part for choosing."""


class Head(Protocol):
    """A classifier of scikit-learn."""

    classes_: NDArray[np.str_]

    def fit(self, rows: Columns, labels: NDArray[np.str_], /) -> "Head":
        """Learn."""
        ...

    def decision_function(self, rows: Columns, /) -> Floats:
        """How sure it is of each class."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of head; `make` gets the seed, which changes nothing where `steady`."""

    name: str
    make: Callable[[int], Head]
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head that has learnt, and how good it is on the part for choosing."""

    kind: Kind
    head: Head
    chosen_by: float


def _linear(weight: float) -> Kind:
    return Kind(
        f"logistic regression, C {weight:g}",
        lambda _: make_pipeline(StandardScaler(), LogisticRegression(C=weight, max_iter=300, tol=1e-3)),
        steady=True,
    )


def _layer(width: int) -> Kind:
    return Kind(
        f"one hidden layer of {width}",
        lambda seed: make_pipeline(
            StandardScaler(),
            MLPClassifier((width,), alpha=1.0, early_stopping=True, n_iter_no_change=4, max_iter=40, random_state=seed),
        ),
    )


def _margin(weight: float) -> Kind:
    return Kind(f"linear SVM, C {weight:g}", lambda seed: LinearSVC(C=weight, random_state=seed))


ON_VECTORS = (_linear(0.001), _linear(0.01), _linear(0.1), _layer(128))
ON_WORDS = (_margin(0.1), _margin(1.0))


def measured(of: PublishedSet, features: Features, kinds: Sequence[Kind]) -> dict[str, Any]:
    """Every measure of the set on its test part, as mean and spread over the seeds, and which head each seed chose."""
    steady: dict[str, Fitted] = {}
    chosen, scores = [], []
    for seed in SEEDS:
        best = _best(of, features, kinds, seed, steady)
        chosen.append(best.kind.name)
        scores.append(of.score(_labels(of.test), given(best.head, features.test), list(best.head.classes_)))
    return {
        "measures": {name: spread([one[name] for one in scores]) for name in scores[0]},
        "heads": chosen,
    }


def given(head: Head, rows: Columns) -> Floats:
    """What a head gives for each of its classes: chances, or margins where it has no chances."""
    chances = getattr(head, "predict_proba", None)
    if chances:
        return np.asarray(chances(rows))
    margins = np.asarray(head.decision_function(rows))
    return np.stack([-margins, margins], axis=1) if margins.ndim == 1 else margins


def _best(of: PublishedSet, features: Features, kinds: Sequence[Kind], seed: int, steady: dict[str, Fitted]) -> Fitted:
    """The best head of a seed; `steady` keeps those that the next seed would only fit again."""
    labels = np.array(_labels(of.train))
    if of.dev:
        learn, choose, of_choose = np.arange(len(labels)), features.dev, _labels(of.dev)
    else:
        learn, drawn = _drawn(labels, seed)
        choose, of_choose = features.train[drawn], list(labels[drawn])
    fitted = []
    for kind in kinds:
        one = steady.get(kind.name) or _fitted(of, kind, seed, features.train[learn], labels[learn], choose, of_choose)
        if kind.steady and of.dev:
            steady[kind.name] = one
        fitted.append(one)
    best = max(fitted, key=lambda one: one.chosen_by)
    if of.dev:
        return best
    return Fitted(best.kind, best.kind.make(seed).fit(features.train, labels), best.chosen_by)


def _fitted(
    of: PublishedSet,
    kind: Kind,
    seed: int,
    rows: Columns,
    labels: NDArray[np.str_],
    choose: Columns,
    of_choose: Sequence[str],
) -> Fitted:
    head = kind.make(seed).fit(rows, labels)
    return Fitted(kind, head, of.score(of_choose, given(head, choose), list(head.classes_))[of.chosen_by])


def _drawn(labels: NDArray[np.str_], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to learn from and rows to choose by, of every class its share."""
    learn, choose = train_test_split(np.arange(len(labels)), test_size=FOR_CHOOSING, stratify=labels, random_state=seed)
    return learn, choose


def _labels(rows: Sequence[Row]) -> list[str]:
    return [row.label for row in rows]
