import numpy as np
import pytest

from benchmarks._published import Floats
from benchmarks._published_scores import accuracy, in_and_out_of_scope, macro_f1, yes_or_no


def _sure(said: list[str], classes: list[str]) -> Floats:
    return np.array([[float(one == name) for name in classes] for one in said])


def test_accuracy_is_the_share_of_surest_classes_that_are_right() -> None:
    given = np.array([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9], [0.7, 0.3]])
    assert accuracy(["b", "a", "a", "a"], given, ["a", "b"]) == {"accuracy": 0.75}


def test_macro_f1_weighs_a_rare_class_like_a_common_one() -> None:
    gold = ["calm"] * 9 + ["angry"]
    said = _sure(["calm"] * 10, ["angry", "calm"])
    assert macro_f1(gold, said, ["angry", "calm"])["macro_f1"] == pytest.approx(18 / 19 / 2)


def test_a_class_that_the_test_lacks_is_not_averaged_in() -> None:
    said = _sure(["calm", "angry"], ["angry", "calm", "sad"])
    assert macro_f1(["calm", "angry"], said, ["angry", "calm", "sad"])["macro_f1"] == pytest.approx(1.0)


def test_out_of_scope_is_recalled_apart_from_accuracy_in_scope() -> None:
    gold = ["transfer", "timer", "oos", "oos"]
    said = _sure(["transfer", "oos", "oos", "timer"], ["oos", "timer", "transfer"])
    assert in_and_out_of_scope(gold, said, ["oos", "timer", "transfer"]) == {
        "in_scope_accuracy": 0.5,
        "out_of_scope_recall": 0.5,
        "both": 0.5,
    }


def test_a_yes_or_no_is_scored_by_how_sure_it_is_of_yes() -> None:
    given = np.array([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.1, 0.9]])
    measures = yes_or_no("Yes")(["No", "No", "Yes", "Yes"], given, ["No", "Yes"])
    assert measures["auc"] == pytest.approx(1.0)
    assert measures["accuracy"] == pytest.approx(0.75)
    assert measures["f1"] == pytest.approx(2 / 3)
