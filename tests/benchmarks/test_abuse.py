from pathlib import Path

import numpy as np

from benchmarks import abuse
from levelhead import models
from levelhead.conversation import Abuse, Channel, Speaker
from training.corpus import Talk
from training.lived import kept_readings


def talk(*texts: str) -> Talk:
    return Talk("the-late-refund", False, Channel.CHAT, (Speaker.CUSTOMER,) * len(texts), texts, (), {})


def logits(*read_as: Abuse) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    reader = models.load()
    rows = np.zeros((len(read_as), sum(len(head.labels) for head in reader.heads.values())))
    for row, label in zip(rows, read_as, strict=True):
        row[reader.rows("abuse").start + reader.heads["abuse"].labels.index(label)] = 9.0
    return rows


def test_without_cross_fitted_readings_there_are_none(tmp_path: Path) -> None:
    assert kept_readings(tmp_path / "written.npz") is None


def test_cross_fitted_readings_are_found_by_conversation(tmp_path: Path) -> None:
    np.savez(tmp_path / "written.npz", allow_pickle=False, **{"the-late-refund": logits(Abuse.INSULT)})
    kept = kept_readings(tmp_path / "written.npz")
    assert kept is not None
    assert abuse.read_from(talk("You useless lot."), kept["the-late-refund"]) == [Abuse.INSULT]


def test_kept_logits_are_calibrated_as_live_ones_are() -> None:
    reader = models.load()
    head, at = reader.heads["abuse"], reader.rows("abuse")
    rows = np.random.default_rng(0).normal(0, 2, (200, sum(len(one.labels) for one in reader.heads.values())))
    live = [head.labels[head.chosen(head.probabilities(row[list(at)]))] for row in rows]
    assert abuse.read_from(talk(*["Hello."] * len(rows)), rows) == live


def test_the_rules_stand_beside_cross_fitted_readings_as_they_do_live() -> None:
    read = abuse.read_from(
        talk("Fine.", "I know where you live and I will come and kill you."), logits(*[Abuse.NONE] * 2)
    )
    assert read == [Abuse.NONE, Abuse.THREAT]


def test_the_mean_is_over_the_labels_that_occur() -> None:
    gold = (Abuse.NONE, Abuse.NONE, Abuse.INSULT, Abuse.INSULT)
    read = (Abuse.NONE, Abuse.NONE, Abuse.INSULT, Abuse.NONE)
    told = abuse.figures(abuse.Judged(gold, read, (0, 1, 2, 3)), abuse.ALL)
    assert told["macro_f1"] == round((0.8 + 2 / 3) / 2, 4)
    assert told["confusion"]["rows"][2][:3] == [1, 0, 1]


def test_without_data_only_the_lines_are_read() -> None:
    result = abuse.measure(None)
    assert set(result["tests"]) == {"lines"}
    assert result["tests"]["lines"]["turns"] == 400
    assert len(result["bounds"]) == 1
