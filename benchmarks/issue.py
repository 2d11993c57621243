"""What a conversation is about, how soon, and how often it says so wrongly: `levelhead bench issue --data DIR`.

The validation conversations (slice_e, and of the real ones a third by hash), written and real apart. Causes are the
annotators'; issues were labelled by reading, after the weights were fixed (benchmarks/sets/issues.validation.jsonl).
Best guess: macro-F1 over the labels that occur, at the end and after 1, 2 and 3 customer turns (of a shorter
conversation after its last), beside always saying what is most common in training. Said: what goes over the threshold; the share
that stays silent and the precision of the rest. Soon: the customer turn from which it is right and stays right, as a
share of the customer's turns, over the conversations that are right at the end. Intervals: bootstrap by conversation,
seed 0. Bound: where it speaks it is right at least four times in five, at the end.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._intervals import bootstrap
from benchmarks._lines import rows
from levelhead import models
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Advice, Heard, Likely, Timeline
from levelhead.listening.issue import spoken_of
from levelhead.listening.listen import listen
from training.corpus import Talk, talks
from training.issue import labelled

HEADS = ("cause", "issue")
PARTS = ("written", "real")
AFTER = (1, 2, 3)
END = "end"
PRECISION = 0.8


class Guessed(NamedTuple):
    """One conversation: its label, and after each customer turn the best guess and what was said, None where nothing."""

    gold: str
    best: Sequence[str]
    said: Sequence[str | None]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; 0 when the bound holds, else 1."""
    told = parser("issue", __doc__, needs_data=True).parse_args(argv)
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    validation = talks(data, "validation")
    common = _most_common(data)
    guessed: dict[str, dict[str, list[Guessed]]] = {part: {head: [] for head in HEADS} for part in PARTS}
    gold = {row["id"]: row["issue"] for row in rows("issues.validation")}
    for talk in validation:
        labels = {"cause": talk.raw["outcome"]["cause"], "issue": gold.get(talk.id)}
        for head, one in _guesses(talk, labels).items():
            guessed["real" if talk.real else "written"][head].append(one)
    parts = {
        part: {head: _figures(of, common[head]) for head, of in heads.items() if of} for part, heads in guessed.items()
    }
    return {
        "model": models.load().name,
        "split": "validation: slice_e; of the real conversations a third by hash",
        "bounds": [_bound(head, [one for part in PARTS for one in guessed[part][head]]).as_row() for head in HEADS],
        "parts": parts,
    }


def _most_common(data: Path) -> Mapping[str, str]:
    corpus, issues = labelled(data)
    causes = Counter(talk.raw["outcome"]["cause"] for talk in corpus)
    named = Counter(issues[talk.id] for talk in corpus)
    return {"cause": causes.most_common(1)[0][0], "issue": named.most_common(1)[0][0]}


def _guesses(talk: Talk, gold: Mapping[str, str | None]) -> dict[str, Guessed]:
    """Read as it runs live: turn by turn."""
    reader = models.load()
    so_far: Timeline = ()
    best: dict[str, list[str]] = {head: [] for head in HEADS}
    said: dict[str, list[str | None]] = {head: [] for head in HEADS}
    for told, text in zip(turns_of_conversation(talk.raw), talk.texts, strict=True):
        turn = replace(told, text=text)
        reading = listen(turn, so_far, reader=reader)
        if reading.of_customer and reader.issues:
            chances = reader.issues.chances(spoken_of(turn, reading.vector, so_far, reader.name))
            for head, likely in (("cause", reading.cause), ("issue", reading.issue)):
                best[head].append(reader.issues.labels[head][int(chances[head].argmax())])
                said[head].append(_name(likely))
        so_far = (*so_far, Heard(turn, reading, Advice({})))
    return {head: Guessed(label, best[head], said[head]) for head, label in gold.items() if label and best[head]}


def _name(likely: Likely | None) -> str | None:
    return likely.name if likely else None


def _figures(guessed: Sequence[Guessed], common: str) -> dict[str, Any]:
    gold = np.array([one.gold for one in guessed])
    return {
        "conversations": len(guessed),
        "labels": len(set(gold.tolist())),
        "most_common": {
            "says": common,
            "macro_f1": round(_macro(gold, np.full(len(gold), common)), 4),
            "right": round(float((gold == common).mean()), 4),
        },
        "after": {str(count or END): _after(guessed, gold, count) for count in (*AFTER, None)},
        "soon": _soon([(one.gold, one.best) for one in guessed]),
        "soon_said": _soon([(one.gold, one.said) for one in guessed]),
    }


def _after(guessed: Sequence[Guessed], gold: NDArray[Any], count: int | None) -> dict[str, Any]:
    """The figures after so many customer turns, or at the end."""
    at = [(len(one.best) if count is None else min(count, len(one.best))) - 1 for one in guessed]
    best = np.array([one.best[i] for one, i in zip(guessed, at, strict=True)])
    said = np.array([one.said[i] or "" for one, i in zip(guessed, at, strict=True)])

    def macro(rows: NDArray[np.int64]) -> float:
        return _macro(gold[rows], best[rows])

    def right(rows: NDArray[np.int64]) -> float:
        return float((gold[rows] == best[rows]).mean())

    def precision(rows: NDArray[np.int64]) -> float:
        spoke = rows[said[rows] != ""]
        return float((gold[spoke] == said[spoke]).mean()) if len(spoke) else float("nan")

    return {
        "macro_f1": _with_interval(macro, len(gold)),
        "right": _with_interval(right, len(gold)),
        "silent": round(float((said == "").mean()), 4),
        "precision": _with_interval(precision, len(gold)),
    }


def _macro(gold: NDArray[Any], best: NDArray[Any]) -> float:
    return float(f1_score(gold, best, labels=sorted(set(gold.tolist())), average="macro", zero_division=0))


def _soon(guessed: Sequence[tuple[str, Sequence[str | None]]]) -> dict[str, Any]:
    """From which customer turn on it is right for good, counted from 1, and as a share of the customer's turns."""
    since = [
        (max((n + 1 for n, word in enumerate(over_time) if word != gold), default=0) + 1, len(over_time))
        for gold, over_time in guessed
        if over_time[-1] == gold
    ]
    if not since:
        return {"conversations": 0, "turn": None, "share": None}
    return {
        "conversations": len(since),
        "turn": float(np.median([turn for turn, _ in since])),
        "share": _with_interval(lambda i: float(np.mean([since[one][0] / since[one][1] for one in i])), len(since)),
        "from_the_first": round(float(np.mean([turn == 1 for turn, _ in since])), 4),
    }


def _with_interval(score: Callable[[NDArray[np.int64]], float], count: int) -> dict[str, Any]:
    everything = np.arange(count)
    figure = score(everything)
    if np.isnan(figure):
        return {"figure": None, "interval": None}
    low, high = bootstrap(lambda rows: float(np.nan_to_num(score(rows), nan=figure)), everything)
    return {"figure": round(figure, 4), "interval": [round(low, 4), round(high, 4)]}


def _bound(head: str, guessed: Sequence[Guessed]) -> Bound:
    said = [(one.said[-1], one.gold) for one in guessed if one.said[-1] is not None]
    right = np.array([word == gold for word, gold in said], dtype=float)
    says = f"{head}: right where it speaks, at the end"
    if not len(right):
        return Bound(says, None, PRECISION)
    return Bound(
        says, float(right.mean()), PRECISION, bootstrap(lambda i: float(right[i].mean()), np.arange(len(right)))
    )


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [f"{result['model']} on {result['split']}", "", as_text(result["bounds"])]
    for part, heads in result["parts"].items():
        for head, figures in heads.items():
            most = figures["most_common"]
            lines += [
                "",
                f"{part}, {head}: {figures['conversations']} conversations, {figures['labels']} labels; "
                f"always {most['says']!r}: macro-F1 {most['macro_f1']:.3f}, right {most['right']:.3f}",
                f"{'after':>6} {'macro-F1':>20} {'right':>20} {'silent':>8} {'right where it speaks':>24}",
                *(
                    f"{point:>6} {_told(row['macro_f1']):>20} {_told(row['right']):>20} {row['silent']:8.3f} "
                    f"{_told(row['precision']):>24}"
                    for point, row in figures["after"].items()
                ),
                *(_soon_line(name, figures[key]) for name, key in (("best guess", "soon"), ("said", "soon_said"))),
            ]
    return "\n".join(lines)


def _soon_line(name: str, soon: Mapping[str, Any]) -> str:
    if not soon["conversations"]:
        return f"{name}: never right at the end"
    return (
        f"{name}: right at the end in {soon['conversations']}; there for good from customer turn {soon['turn']:g} (median), "
        f"after {_told(soon['share'])} of them; from the first turn in {soon['from_the_first']:.3f}"
    )


def _told(figure: Mapping[str, Any]) -> str:
    if figure["figure"] is None:
        return "–"
    low, high = figure["interval"]
    return f"{figure['figure']:.3f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    raise SystemExit(main())
