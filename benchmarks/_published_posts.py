"""Feeling and abuse: TweetEval emotion and offensive, and ConvAbuse."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks._published import BENCH_ONLY, MAY_SHIP, Published, PublishedSet, Row, alone, capped
from benchmarks._published_intents import FLOOR
from benchmarks._published_scores import macro_f1, yes_or_no
from levelhead.conversation import Channel, Speaker
from levelhead.listening.context import Said

TWEETEVAL = "TweetEval's README"
MOST_TWEETS = 6000
"""Posts that the heads learn from, so that the whole run stays below ten minutes."""
BY = ("SVM", "FastText", "RoBERTa", "TimeLMs")
ANNOTATORS = range(1, 9)
ABUSIVE, NOT_ABUSIVE = "abusive", "not abusive"
MILD, WORST = -1, -3
"""Severities that ConvAbuse's annotators could choose for abuse; 0 is unclear and 1 is none."""


def posts(data: Path) -> Iterator[PublishedSet]:
    """The three sets under `data`, with their official splits."""
    yield tweeteval(data / "tweeteval/emotion", (0.647, 0.652, 0.761, 0.802))
    yield tweeteval(data / "tweeteval/offensive", (0.523, 0.734, 0.795, 0.822))
    yield convabuse(data / "convabuse")


def tweeteval(folder: Path, published: tuple[float, ...]) -> PublishedSet:
    """One task of TweetEval; the published figures in the order of `BY`."""
    every, dev, test = (_tweets(folder, part) for part in ("train", "val", "test"))
    train = capped(every, MOST_TWEETS)
    return PublishedSet(
        name=f"TweetEval {folder.name}",
        use=BENCH_ONLY,
        channel=Channel.SOCIAL,
        train=train,
        dev=dev,
        test=test,
        score=macro_f1,
        chosen_by="macro_f1",
        beside=tuple(Published(by, {"macro_f1": figure}, TWEETEVAL) for by, figure in zip(BY, published, strict=True)),
    )


def convabuse(folder: Path) -> PublishedSet:
    """Whether a user abuses the agent, with the turns before; abusive where more than half of the annotators say so."""
    train, dev, test = (_exchanges(folder / f"{part}.csv") for part in ("train", "valid", "test"))
    return PublishedSet(
        name="ConvAbuse",
        use=MAY_SHIP,
        channel=Channel.CHAT,
        train=train,
        dev=dev,
        test=test,
        score=yes_or_no(ABUSIVE),
        chosen_by="macro_f1",
        beside=(
            Published("the best there, below", {"macro_f1": 0.90}, 'EMNLP 2021, abstract: "F1 below 90"'),
            Published(FLOOR, {"accuracy": 0.912, "macro_f1": 0.834, "auc": 0.941}, "ours"),
        ),
        notes="the shipped encoder met the training part among its related tasks",
    )


def _tweets(folder: Path, part: str) -> tuple[Row, ...]:
    texts = (folder / f"{part}_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    labels = (folder / f"{part}_labels.txt").read_text(encoding="utf-8").split()
    return tuple(alone(text.strip(), label) for text, label in zip(texts, labels, strict=True))


def _exchanges(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(row for one in csv.DictReader(lines) if (row := exchange(one)))


def exchange(row: Mapping[str, str]) -> Row | None:
    """One line of ConvAbuse with the turns before it; None where nobody judged it."""
    severities = [
        severity
        for annotator in ANNOTATORS
        for severity in range(WORST, 2)
        if row.get(f"Annotator{annotator}_is_abuse.{severity}") in ("1", "1.0")
    ]
    if not severities:
        return None
    abusive = 2 * sum(severity <= MILD for severity in severities) > len(severities)
    sides = (("prev_agent", Speaker.BOT), ("prev_user", Speaker.CUSTOMER), ("agent", Speaker.BOT))
    before = tuple(Said(speaker, row[key]) for key, speaker in sides if row[key].strip(" _"))
    talk = (*before, Said(Speaker.CUSTOMER, row["user"]))
    return Row(talk, len(talk) - 1, ABUSIVE if abusive else NOT_ABUSIVE)
