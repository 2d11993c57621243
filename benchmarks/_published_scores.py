"""The measures that the published tables use, from what a head gives for each class."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks._published import Floats, Score

OUT_OF_SCOPE = "oos"


def accuracy(gold: Sequence[str], given: Floats, classes: Sequence[str]) -> dict[str, float]:
    """The share of rows whose surest class is the label."""
    said = _said(given, classes)
    return {"accuracy": float(np.mean([one == want for one, want in zip(said, gold, strict=True)]))}


def accuracy_and_f1(gold: Sequence[str], given: Floats, classes: Sequence[str]) -> dict[str, float]:
    """Accuracy, and F1 averaged over the classes."""
    return accuracy(gold, given, classes) | macro_f1(gold, given, classes)


def macro_f1(gold: Sequence[str], given: Floats, classes: Sequence[str]) -> dict[str, float]:
    """F1 averaged over the classes of the test."""
    said = _said(given, classes)
    return {"macro_f1": float(f1_score(gold, said, labels=sorted(set(gold)), average="macro", zero_division=0))}


def yes_or_no(yes: str) -> Score:
    """Accuracy, macro-F1, the F1 of `yes`, and the area under the ROC curve of how sure the head is of `yes`."""

    def score(gold: Sequence[str], given: Floats, classes: Sequence[str]) -> dict[str, float]:
        sure = given[:, list(classes).index(yes)]
        f1 = f1_score(gold, _said(given, classes), labels=[yes], average="macro", zero_division=0)
        area = roc_auc_score([want == yes for want in gold], sure)
        return accuracy_and_f1(gold, given, classes) | {"f1": float(f1), "auc": float(area)}

    return score


def in_and_out_of_scope(gold: Sequence[str], given: Floats, classes: Sequence[str]) -> dict[str, float]:
    """Accuracy over the rows in scope, and the share of those out of scope that are told as such.

    Larson et al. 2019: out of scope is one class more, learnt from examples; any row may be given it. `both` is
    accuracy over all rows, by which a head is chosen.
    """
    pairs = list(zip(_said(given, classes), gold, strict=True))
    within = [one == want for one, want in pairs if want != OUT_OF_SCOPE]
    outside = [one == want for one, want in pairs if want == OUT_OF_SCOPE]
    return {
        "in_scope_accuracy": float(np.mean(within)),
        "out_of_scope_recall": float(np.mean(outside)),
        "both": float(np.mean([*within, *outside])),
    }


def _said(given: Floats, classes: Sequence[str]) -> list[str]:
    return [classes[i] for i in given.argmax(1)]
