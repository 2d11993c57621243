"""Public sets that teach the encoder related things before the corpus does: one light head each, dropped afterwards.

Only sets whose licence lets weights trained on them ship (listed in `SOURCES` for the model card); validation
dialogues are taken out of frustration/ and star/ by `training.corpus`.
"""

import csv
import gzip
import json
import random
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from levelhead.privacy.redact import redact
from training.corpus import frustration, star

SOURCES = {
    "goemotions": "GoEmotions (Demszky et al. 2020), Apache-2.0 / CC-BY-4.0: 28 emotions of forum comments",
    "convabuse": "ConvAbuse (Cercas Curry et al. 2021), CC-BY-4.0: severity of abuse towards bots, train part",
    "tydip": "TyDiP (Srinivasan & Choi 2022), CC-BY-4.0: politeness of English requests, train part",
    "email_intent": "Email intent (request or not), Apache-2.0: train part",
    "frustration": "Frustration in brand support (Zuters & Leonova 2020), MIT: ratings 0-4, less validation dialogues",
    "star": "STAR (Mosig et al. 2020), MIT: actions of scripted assistants, less validation dialogues",
    "sgd": "Schema-Guided Dialogue (Rastogi et al. 2020), CC-BY-SA-4.0: dialogue acts, train part",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A related task: `kind` is `many` (labels), `one` (classes) or `score` (0-1); `size` its head's outputs."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Example:
    """One text of a related task; `side` as in `levelhead.listening.context.side`."""

    task: str
    side: int
    text: str
    target: tuple[float, ...]


def related(data: Path, seed: int, most: int) -> tuple[list[Task], list[Example]]:
    """The tasks and at most `most` examples of each, redacted and shuffled."""
    makers = (_goemotions, _convabuse, _tydip, _email, _frustration, _star, _sgd)
    draw = random.Random(seed)
    tasks: list[Task] = []
    examples: list[Example] = []
    for make in makers:
        task, found = make(data / "data")
        draw.shuffle(found)
        tasks.append(task)
        examples.extend(found[:most])
    draw.shuffle(examples)
    return tasks, [replace(one, text=redact(one.text).text) for one in examples]


def _many(size: int, on: list[int]) -> tuple[float, ...]:
    return tuple(1.0 if i in on else 0.0 for i in range(size))


def _goemotions(data: Path) -> tuple[Task, list[Example]]:
    found = []
    neutral = 27
    with gzip.open(data / "goemotions/train.tsv.gz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            text, labels, _ = line.rstrip("\n").split("\t")
            on = [int(label) for label in labels.split(",")]
            if on != [neutral] or i % 3 == 0:  # a third of the plain neutral ones is enough
                found.append(Example("goemotions", 0, text, _many(28, on)))
    return Task("goemotions", "many", 28), found


def _convabuse(data: Path) -> tuple[Task, list[Example]]:
    kinds = ("homophobic", "racist", "sexist", "sex_harassment", "intellectual", "transphobic", "ableist")
    found = []
    with (data / "convabuse/train.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            raters = [a for a in range(1, 9) if row.get(f"Annotator{a}_is_abuse.1") not in (None, "")]
            if not raters:
                continue

            def share(name: str, raters: list[int] = raters, row: dict[str, str] = row) -> float:
                return sum(float((row.get(f"Annotator{a}_{name}") or "0").split(",")[0]) for a in raters) / len(raters)

            severity = [share(f"is_abuse.{level}") for level in ("-1", "-2", "-3")]
            found.append(Example("convabuse", 0, row["user"], (*severity, *(share(kind) for kind in kinds))))
    return Task("convabuse", "many", 3 + len(kinds)), found


def _tydip(data: Path) -> tuple[Task, list[Example]]:
    with (data / "tydip/all/en_train.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return Task("tydip", "score", 1), [
        Example("tydip", 0, row["sentence"], (min(max((float(row["score"]) + 3) / 6, 0), 1),)) for row in rows
    ]


def _email(data: Path) -> tuple[Task, list[Example]]:
    found = []
    with (data / "email_intent/Ask0729-fixed.txt").open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            label, _, text = line.rstrip("\n").partition("\t")
            if label in ("Yes", "No") and text:
                found.append(Example("email_intent", 0, text, (1.0 if label == "Yes" else 0.0,)))
    return Task("email_intent", "many", 1), found


def _frustration(data: Path) -> tuple[Task, list[Example]]:
    found = []
    for row in frustration(data.parent):
        for turn in row["turns"]:
            if turn["ratings"]:
                mean = sum(turn["ratings"]) / len(turn["ratings"])
                found.append(Example("frustration", 0, turn["text"], (mean / 4,)))
    return Task("frustration", "score", 1), found


def _star(data: Path) -> tuple[Task, list[Example]]:
    said = [
        (turn[1], turn[2].split("_", 1)[-1] if "_" in turn[2] else turn[2])
        for row in star(data.parent)
        for turn in row["turns"]
        if turn[0] == "W" and turn[2]
    ]
    common = [action for action, _ in Counter(action for _, action in said).most_common(40)]
    seen: Counter[str] = Counter()
    found = []
    for text, action in said:
        seen[text] += 1
        if action in common and seen[text] <= 2:  # the same scripted line a thousand times teaches nothing more
            found.append(Example("star", 1, text, (float(common.index(action)),)))
    return Task("star", "one", len(common)), found


def _sgd(data: Path) -> tuple[Task, list[Example]]:
    acts: list[str] = []
    raw = []
    with gzip.open(data / "sgd/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % 8:
                continue
            for who, text, on in json.loads(line)["turns"]:
                names = [f"{who}:{act}" for act in on]
                acts.extend(name for name in names if name not in acts)
                raw.append((0 if who == "U" else 1, text, names))
    acts.sort()
    return Task("sgd", "many", len(acts)), [
        Example("sgd", side, text, _many(len(acts), [acts.index(name) for name in names])) for side, text, names in raw
    ]
