"""Conversations without labels: the teachers read them and the shipped network learns to read as they do.

Only sets whose licence lets weights trained on them ship; validation dialogues are taken out by `training.corpus`.
"""

import csv
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from levelhead.conversation import Channel, Speaker
from training.corpus import Talk, said_in, star, talk_of, talks

MOST = {"star": 400, "cucom": 500, "sgd": 80, "goemotions": 1800, "convabuse": 1000, "multidogo": 900}
"""Conversations of each; the last three are single customer turns."""


def pool(data: Path, seed: int) -> list[Talk]:
    """The unlabelled conversations, at most `MOST` of each set, the same ones for the same seed."""
    seen = {talk.id for talk in talks(data, "train")}
    makers = {
        "star": _star,
        "cucom": _cucom,
        "sgd": _sgd,
        "goemotions": _goemotions,
        "convabuse": _convabuse,
        "multidogo": _multidogo,
    }
    found = []
    for name, make in makers.items():
        mine = [talk for talk in make(data) if talk.texts and talk.id not in seen]
        found.extend(random.Random(f"{name} {seed}").sample(mine, min(MOST[name], len(mine))))
    return found


def _star(data: Path) -> Iterator[Talk]:
    for row in star(data):
        yield talk_of(f"star-{row['id']:04d}", said_in(row)[:30], None)


def _cucom(data: Path) -> Iterator[Talk]:
    sides = {"user": Speaker.CUSTOMER, "agent": Speaker.AGENT}
    with gzip.open(data / "data/cucom/ecommerce.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            said = [(sides[turn["role"]], turn["content"]) for turn in row["turns"] if turn["role"] in sides]
            yield talk_of(f"cucom-{row['id']}", said, None)


def _sgd(data: Path) -> Iterator[Talk]:
    sides = {"U": Speaker.CUSTOMER, "S": Speaker.AGENT}
    with gzip.open(data / "data/sgd/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % 8 == 1:
                said = [(sides[who], text) for who, text, _ in json.loads(line)["turns"]]
                yield talk_of(f"sgd-{i}", said, None)


def _goemotions(data: Path) -> Iterator[Talk]:
    with gzip.open(data / "data/goemotions/train.tsv.gz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            yield _post(f"goemotions-{i}", line.split("\t")[0])


def _convabuse(data: Path) -> Iterator[Talk]:
    with (data / "data/convabuse/train.csv").open(encoding="utf-8", newline="") as lines:
        for i, row in enumerate(csv.DictReader(lines)):
            yield _post(f"convabuse-{i}", row["user"])


def _multidogo(data: Path) -> Iterator[Talk]:
    for path in sorted((data / "data/multidogo").glob("*/train.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
            for i, row in enumerate(csv.DictReader(lines, delimiter="\t")):
                yield _post(f"multidogo-{path.parent.name}-{i}", row["utterance"])


def _post(id: str, text: str) -> Talk:
    return replace(talk_of(id, [(Speaker.CUSTOMER, text)] if text.strip() else [], None), channel=Channel.SOCIAL)
