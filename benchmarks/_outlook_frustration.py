"""Rated frustration in real brand support: how near the readings come to the mean of the raters (0-4), now and next.

All 222 dialogues of frustration/, five folds by dialogue, seed 0; features are the reader's: probabilities of emotions and
cues, intensity and the turn's vector, of this turn and what came before; ridge regression. Three quarters of the dialogues
were among what the reader was pre-trained on, so the dialogues that it has never seen stand apart (`unseen`). Published
beside it: .699 now, .569 for "same as last rating"; the latter is .643 here, over every pair of rated turns of a dialogue.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import RidgeCV

from benchmarks._outlook_readings import heard
from levelhead.conversation import Channel, CustomerReading, Speaker, Turn
from levelhead.listening.outlook import heat, soft_heat
from training.corpus import frustration
from training.outlook import lower_end

PUBLISHED = {"now": 0.699, "next_same_as_last": 0.569}
FOLDS = 5
SEED = 0
STRENGTHS = tuple(10.0**k for k in range(1, 6))
MOST = 4.0
VECTOR, RATING = 0.3, 5.0
"""How far the ridge lets these go, beside 1 for the calibrated readings: the vector is 384 numbers, the rating is one."""
Floats = NDArray[np.float64]
Block = tuple[Floats, float]


@dataclass(frozen=True, slots=True)
class Rated:
    """A customer turn with the raters' mean; the next rated turn's, if there is one."""

    dialogue: int
    seen: bool
    plain: tuple[float, ...]
    vector: tuple[float, ...]
    heat: float
    now: float
    next: float | None


def frustration_part(data: Path) -> dict[str, Any]:
    """Mean absolute errors, and the lower ends of the paired differences (bootstrap by dialogue)."""
    rated = _rated(data)
    following = [one for one in rated if one.next is not None]
    now = np.array([one.now for one in rated])
    last, ahead = np.array([one.now for one in following]), np.array([one.next for one in following], dtype=np.float64)
    of_now = {
        "readings": _errors(rated, now, [*_blocks(rated)]),
        "as_angry_as_now": _errors(rated, now, [(np.array([[one.heat] for one in rated]), 1.0)]),
    }
    of_next = {
        "readings": _errors(following, ahead, [*_blocks(following)]),
        "last_rating_and_readings": _errors(following, ahead, [*_blocks(following), (last[:, None], RATING)]),
        "same_as_last": np.abs(last - ahead),
    }
    return {
        "published": PUBLISHED,
        "now": _figures(rated, of_now, "as_angry_as_now"),
        "next": _figures(following, of_next, "same_as_last"),
    }


def _blocks(rated: Sequence[Rated]) -> tuple[Block, Block]:
    return (np.array([one.plain for one in rated]), 1.0), (np.array([one.vector for one in rated]), VECTOR)


def _errors(rated: Sequence[Rated], target: Floats, blocks: Sequence[Block]) -> Floats:
    """Absolute error of each turn by a ridge fitted on the other folds."""
    fold = np.random.default_rng(SEED).permutation(max(one.dialogue for one in rated) + 1) % FOLDS
    of = fold[[one.dialogue for one in rated]]
    said = np.zeros(len(target))
    for one in range(FOLDS):
        train, test = of != one, of == one
        x = np.hstack(
            [share * (block - block[train].mean(0)) / (block[train].std(0) + 1e-9) for block, share in blocks]
        )
        said[test] = RidgeCV(STRENGTHS).fit(x[train], target[train]).predict(x[test])
    return np.abs(np.clip(said, 0, MOST) - target)


def _figures(rated: Sequence[Rated], errors: Mapping[str, Floats], naive: str) -> dict[str, Any]:
    """Everything, and the dialogues apart that the reader has never seen."""
    return {
        part: {"turns": int(at.sum()), **_compared(at, rated, errors, naive)}
        for part, at in (("all", np.ones(len(rated), np.bool_)), ("unseen", np.array([not one.seen for one in rated])))
    }


def _compared(
    at: NDArray[np.bool_], rated: Sequence[Rated], errors: Mapping[str, Floats], naive: str
) -> dict[str, Any]:
    dialogue = np.array([one.dialogue for one in rated])[at]
    figures: dict[str, Any] = {f"mae_{label}": round(float(error[at].mean()), 3) for label, error in errors.items()}
    for label, error in errors.items():
        if label != naive:
            gain = lower_end(errors[naive][at] - error[at], dialogue)
            figures[f"gain_lower_{label}"] = round(gain, 3)
            figures[f"beats_{label}"] = gain > 0
    return figures


def _rated(data: Path) -> list[Rated]:
    seen = {row["id"] for row in frustration(data)}
    lines = (data / "data/frustration/dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for i, line in enumerate(lines) for one in _of_dialogue(i, json.loads(line), seen)]


def _of_dialogue(index: int, row: Mapping[str, Any], seen: set[str]) -> list[Rated]:
    turns = [
        Turn(row["id"], n, Speaker(turn["speaker"]), turn["text"], Channel.SOCIAL, "en-US")
        for n, turn in enumerate(row["turns"])
    ]
    read = [one.reading for one in heard(turns)]
    ratings = [float(np.mean(turn["ratings"])) if turn["ratings"] else None for turn in row["turns"]]
    rated = []
    before: list[CustomerReading] = []
    for n, (reading, rating) in enumerate(zip(read, ratings, strict=True)):
        if reading.of_customer is None:
            continue
        before.append(reading.of_customer)
        if rating is not None:
            later = next((value for value in ratings[n + 1 :] if value is not None), None)
            vector = tuple(np.frombuffer(reading.vector, dtype="<f4").astype(np.float64).tolist())
            hot = heat(reading.of_customer)
            rated.append(Rated(index, row["id"] in seen, _plain(before), vector, hot, rating, later))
    return rated


def _plain(before: list[CustomerReading]) -> tuple[float, ...]:
    last, heats = before[-1], [soft_heat(one) for one in before]
    return (
        *last.emotion_p.values(),
        *last.cues.values(),
        *last.abuse_p.values(),
        float(last.intensity),
        heats[-1],
        max(heats),
        float(np.mean(heats)),
        float(min(len(before), 6)),
    )
