"""How well abuse is told apart, from itself and from plain anger: `levelhead bench abuse --data DIR [--format json]`.

Three tests. `lines`: 400 lines written by someone other than the trainer (benchmarks/sets/README.md), each read alone; macro-F1 of
the six labels. `posts`: the customer turns of the public posts in validation, read as they run live; F1 of none, profanity and insult.
`folds`: every written conversation, each read by weights that had not seen it: those of training by its folds (the readings are
made by `make train` and kept in benchmarks/readings/written.npz), those of validation by the shipped weights; macro-F1 of the six
labels. Thresholds are the shipped ones, which were set on these folds: that favours the figure a little. A
conversation of training without a kept reading is left out, and counted. Bound for each: .80.
Bootstrap by line or conversation, 1,000 draws, seed 0.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks._asked import asked
from benchmarks._bounds import Bound, as_text, status
from benchmarks._intervals import SEED, bootstrap
from benchmarks._lines import read_line, rows
from levelhead import models, packs
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Abuse, Channel, Reading, Speaker, Timeline
from levelhead.live.engine import hear_turn
from training.corpus import Talk, talks
from training.lived import READINGS, Logits, kept_readings, moments_of

ALL = tuple(Abuse)
COMMON = (Abuse.NONE, Abuse.PROFANITY, Abuse.INSULT)
MACRO_F1 = 0.80
NO_READINGS = f"no cross-fitted readings here ({READINGS.name} is made by `make train`)"


@dataclass(frozen=True, slots=True)
class Judged:
    """What each turn was labelled and read as, and its line or conversation."""

    gold: tuple[Abuse, ...]
    read: tuple[Abuse, ...]
    group: tuple[int, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bound holds, else 1."""
    told = asked("abuse", __doc__, argv)
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path | None) -> dict[str, Any]:
    """All figures, ready for JSON; without `data` the lines alone."""
    tests: dict[str, dict[str, Any] | None] = {"lines": figures(on_lines(), ALL)}
    if data is not None:
        tests["posts"] = figures(on_posts(data), COMMON)
        tests["folds"] = _folds(data)
    says = {
        "lines": "abuse: macro-F1 on 400 lines by another writer",
        "posts": "abuse: macro-F1 of none, profanity and insult on real posts",
        "folds": "abuse: macro-F1 over five folds of the written conversations",
    }
    return {
        "model": models.load().name,
        "seed": SEED,
        "bounds": [
            Bound(says[name], told["macro_f1"] if told else None, MACRO_F1, told["interval"] if told else None).as_row()
            for name, told in tests.items()
        ],
        "tests": tests,
    }


def on_lines() -> Judged:
    """The 400 lines, each read alone."""
    lines = rows("abuse.held_out")
    read = [_abuse(read_line(row)) for row in lines]
    return Judged(tuple(Abuse(row["abuse"]) for row in lines), tuple(read), tuple(range(len(lines))))


def on_posts(data: Path) -> Judged:
    """The customer turns of the public posts in validation, after the turns before them."""
    posts = [talk for talk in talks(data, "validation") if talk.real and talk.channel is Channel.SOCIAL]
    return _judged([(talk, _live(talk)) for talk in posts])


def on_folds(data: Path) -> Judged | None:
    """The customer turns of every written conversation, from weights that had not seen it; None without the readings."""
    logits = kept_readings()
    if logits is None:
        return None
    learnt = [(talk, read_from(talk, logits[talk.id])) for talk in _written(data, "train") if talk.id in logits]
    return _judged([*learnt, *((talk, _live(talk)) for talk in _written(data, "validation"))])


def read_from(talk: Talk, logits: Logits) -> list[Abuse]:
    """As what each turn is read from these logits, with the shipped calibration, thresholds and rules, as it is live."""
    moments = moments_of(talk, logits, models.load().heads)
    return [moment.of_customer.abuse if moment.of_customer else Abuse.NONE for moment in moments]


def figures(judged: Judged, labels: Sequence[Abuse]) -> dict[str, Any]:
    """F1 by label and their mean over those of `labels` that occur, with the confusion of all six."""
    gold = np.array([ALL.index(one) for one in judged.gold])
    read = np.array([ALL.index(one) for one in judged.read])
    asked_for = [ALL.index(label) for label in labels if label in judged.gold]

    def macro(at: np.ndarray[Any, np.dtype[np.int64]]) -> float:
        return float(f1_score(gold[at], read[at], labels=asked_for, average="macro", zero_division=0))

    low, high = bootstrap(macro, np.array(judged.group))
    each = f1_score(gold, read, labels=range(len(ALL)), average=None, zero_division=0)
    return {
        "turns": len(gold),
        "groups": len(set(judged.group)),
        "macro_f1": round(macro(np.arange(len(gold))), 4),
        "interval": (round(low, 4), round(high, 4)),
        "labels": {
            str(label): {"f1": round(float(each[k]), 4), "support": int((gold == k).sum())}
            for k, label in enumerate(ALL)
        },
        "confusion": {
            "labels": [str(label) for label in ALL],
            "rows": [[int(((gold == i) & (read == j)).sum()) for j in range(len(ALL))] for i in range(len(ALL))],
        },
    }


def _folds(data: Path) -> dict[str, Any] | None:
    judged = on_folds(data)
    if judged is None:
        return None
    told = figures(judged, ALL)
    every = sum(len(_written(data, part)) for part in ("train", "validation"))
    return {**told, "left_out": every - told["groups"]}


def _written(data: Path, part: str) -> list[Talk]:
    return [talk for talk in talks(data, part) if not talk.real]


def _judged(told: Sequence[tuple[Talk, Sequence[Abuse]]]) -> Judged:
    turns = [
        (Abuse(talk.labels[n]["abuse"]), read[n], index)
        for index, (talk, read) in enumerate(told)
        for n, speaker in enumerate(talk.speakers)
        if speaker is Speaker.CUSTOMER
    ]
    gold, read, group = zip(*turns, strict=True)
    return Judged(gold, read, group)


def _live(talk: Talk) -> list[Abuse]:
    so_far: Timeline = ()
    for turn in turns_of_conversation(talk.raw):
        so_far = (*so_far, hear_turn(turn, so_far, models.load(), packs.load(turn.locale)))
    return [_abuse(heard.reading) for heard in so_far]


def _abuse(reading: Reading) -> Abuse:
    return reading.of_customer.abuse if reading.of_customer else Abuse.NONE


def _as_text(result: dict[str, Any]) -> str:
    lines = [result["model"]]
    for name, told in result["tests"].items():
        if told is None:
            lines += ["", f"{name}: {NO_READINGS}"]
            continue
        shown = ", ".join(f"{label} {one['f1']:.2f} ({one['support']})" for label, one in told["labels"].items())
        left_out = f", {told['left_out']} conversations left out" if told.get("left_out") else ""
        lines += ["", f"{name}: {told['turns']} turns{left_out}; F1 of {shown}", "labelled (rows), read as (columns):"]
        names = told["confusion"]["labels"]
        lines.append(f"{'':10}" + "".join(f"{one:>10}" for one in names))
        lines += [
            f"{one:10}" + "".join(f"{count:10}" for count in row)
            for one, row in zip(names, told["confusion"]["rows"], strict=True)
        ]
    if "posts" not in result["tests"]:
        lines += ["", "posts and folds need --data DIR"]
    return "\n".join([*lines, "", as_text(result["bounds"])])


if __name__ == "__main__":
    raise SystemExit(main())
