"""The labels of what conversations are about, and how sure the weights have to be."""

import json
from pathlib import Path

import numpy as np
from scipy import sparse

from levelhead.listening.issue import DENSE, WIDTH, Issues, Spoken
from levelhead.listening.issues import ISSUES
from training.corpus import LABELS, is_validation
from training.issue import HEADS, inputs_of, write
from training.issue_fit import Inputs, Ridge, Weights, fit, softmax, threshold_of
from training.issue_words import Words

ROWS = [json.loads(line) for line in (LABELS / "issues.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_label_is_one_of_the_issues_and_every_issue_has_examples() -> None:
    assert {row["issue"] for row in ROWS} == set(ISSUES)
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_no_real_conversation_of_the_validation_part_is_labelled_for_training() -> None:
    real = [row["id"] for row in ROWS if row["id"].startswith(("tw-", "ib-", "star-"))]
    assert len(real) > 400
    assert [one for one in real if is_validation(one)] == []


def test_it_speaks_only_where_it_is_right_four_times_in_five() -> None:
    best = np.linspace(0.99, 0.51, 10)
    chances = np.column_stack([best, 1 - best])
    target = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    threshold, figures = threshold_of(chances, target, np.ones(10))
    assert figures["precision"] == 0.8
    assert figures["speaks"] == 0.5
    assert (best >= threshold - 0.001).sum() == 5


def test_the_weights_learn_which_word_speaks_for_what() -> None:
    words = sparse.csr_matrix(np.eye(2, dtype=np.float32)[[0, 1] * 20])
    inputs = Inputs(np.zeros((40, 1), dtype=np.float32), words)
    learnt = fit(inputs, np.array([0, 1] * 20), np.ones(40), 2, Ridge(dense=0.1, words=0.1))
    assert (learnt.logits(inputs).argmax(1) == np.array([0, 1] * 20)).all()


def test_what_was_fitted_is_what_is_read_live(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    words = Words({(0, "late"): 0, (0, "parcel"): 1, (1, "sorry"): 2}, np.array([2.0, 1.0, 0.5]))
    turns = [
        Spoken(0, "My parcel is late, late!", draw.normal(size=WIDTH).astype(np.float32)),
        Spoken(1, "Sorry about your parcel.", draw.normal(size=WIDTH).astype(np.float32)),
    ]
    fitted = {
        name: Weights(draw.normal(size=(DENSE, len(labels))), draw.normal(size=(3, len(labels))), np.zeros(len(labels)))
        for name, labels in HEADS.items()
    }
    heads = {name: {"labels": labels, "threshold": 0.5} for name, labels in HEADS.items()}
    write(tmp_path / "issue.npz", "the-reader", words, fitted, heads)
    inputs = inputs_of([turns], words, np.zeros((3, 0), dtype=np.float32))
    live = Issues((tmp_path / "issue.npz").read_bytes()).chances(turns)
    for name, weights in fitted.items():
        assert np.abs(live[name] - softmax(weights.logits(inputs))[0]).max() < 0.05
