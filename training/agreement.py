"""How two labellers agree who had not seen each other's labels: `python -m training.agreement --data DIR`.

The second labels are in `training/labels/second.jsonl`, ids only; the first ones are those that the reader learns from. Emotion:
Cohen's kappa; cues, moves and faults: micro-F1 of the second labels against the first. Added to `--out`.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score, f1_score

from training.corpus import LABELS, talks
from training.curves import RESULTS
from training.network import HEADS

SECOND = LABELS / "second.jsonl"
Labelled = Mapping[str, Any]
"""A turn's labels, by head."""


def main() -> None:
    """Measure, print and keep the agreement."""
    ask = argparse.ArgumentParser(prog="python -m training.agreement", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--out", type=Path, default=RESULTS)
    told = ask.parse_args()
    found = json.loads(told.out.read_text(encoding="utf-8")) if told.out.is_file() else {}
    found["agreement"] = measured(told.data)
    told.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found["agreement"], indent=1))


def measured(data: Path) -> list[dict[str, Any]]:
    """A row for each set that was read twice."""
    first = {talk.id: talk.labels for part in ("train", "validation") for talk in talks(data, part)}
    rows = [json.loads(line) for line in SECOND.read_text(encoding="utf-8").splitlines()]
    return [
        {"read twice": name, **agreement(list(_pairs([row for row in rows if row["set"] == name], first)))}
        for name in dict.fromkeys(row["set"] for row in rows)
    ]


def agreement(pairs: Sequence[tuple[Labelled, Labelled]]) -> dict[str, float]:
    """Of turns labelled twice (first, second)."""
    told: dict[str, float] = {"turns": len(pairs)}
    felt = [(one["emotion"], two["emotion"]) for one, two in pairs if "emotion" in one and "emotion" in two]
    told["emotion kappa"] = round(float(cohen_kappa_score(*zip(*felt, strict=True))), 3)
    for head in ("cues", "moves", "faults"):
        both = [(one[head], two[head]) for one, two in pairs if head in one and head in two]
        there = [[[label in one for label in HEADS[head]] for one in side] for side in zip(*both, strict=True)]
        told[head] = round(float(f1_score(*there, average="micro")), 3)
    return told


def _pairs(
    rows: Sequence[Mapping[str, Any]], first: Mapping[str, Sequence[Labelled]]
) -> Iterator[tuple[Labelled, Labelled]]:
    for row in rows:
        for turn in row["turns"]:
            yield first[row["id"]][turn["n"]], turn


if __name__ == "__main__":
    main()
