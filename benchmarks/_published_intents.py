"""The intents: CLINC150 with what is out of scope, Banking77, and requests in e-mails."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks._published import MAY_SHIP, Published, PublishedSet, Row, alone
from benchmarks._published_scores import accuracy, in_and_out_of_scope, yes_or_no
from levelhead.conversation import Channel

LARSON = "Larson et al. 2019, Table 2, full set with out-of-scope training examples"
FLOOR = "our TF-IDF + linear, untuned"


def intents(data: Path) -> Iterator[PublishedSet]:
    """The three sets of intents under `data`, with their official splits."""
    yield clinc150(data / "clinc150/data_full.json.gz")
    yield banking77(data / "banking77")
    yield email_intent(data / "email_intent")


def clinc150(path: Path) -> PublishedSet:
    """150 intents and out of scope as one class more."""
    parts = json.loads(gzip.decompress(path.read_bytes()))
    train, dev, test = (
        tuple(alone(text, label) for name in (part, f"oos_{part}") for text, label in parts[name])
        for part in ("train", "val", "test")
    )
    return PublishedSet(
        name="CLINC150",
        use=MAY_SHIP,
        channel=Channel.CHAT,
        train=train,
        dev=dev,
        test=test,
        score=in_and_out_of_scope,
        chosen_by="both",
        beside=tuple(
            Published(by, {"in_scope_accuracy": within, "out_of_scope_recall": outside}, LARSON)
            for by, within, outside in (("SVM", 0.910, 0.145), ("MLP", 0.935, 0.474), ("BERT", 0.969, 0.403))
        ),
    )


def banking77(folder: Path) -> PublishedSet:
    """77 intents of bank customers; no part for choosing."""
    return PublishedSet(
        name="Banking77",
        use=MAY_SHIP,
        channel=Channel.CHAT,
        train=_banking(folder / "train.csv"),
        dev=(),
        test=_banking(folder / "test.csv"),
        score=accuracy,
        chosen_by="accuracy",
        beside=(Published("bge-small + LinearSVC", {"accuracy": 0.931}, "model card"),),
    )


def email_intent(folder: Path) -> PublishedSet:
    """Whether a sentence of an e-mail requests, proposes or commits to something; no part for choosing."""
    return PublishedSet(
        name="email_intent",
        use=MAY_SHIP,
        channel=Channel.EMAIL,
        train=_sentences(folder / "Ask0729-fixed.txt"),
        dev=(),
        test=_sentences(folder / "testSet-qualifiedBatch-fixed.txt"),
        score=yes_or_no("Yes"),
        chosen_by="accuracy",
        beside=(Published(FLOOR, {"accuracy": 0.810, "auc": 0.895}, "no published figure at hand"),),
        notes="the shipped encoder met the training part among its related tasks",
    )


def _banking(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(alone(row["text"], row["category"]) for row in csv.DictReader(lines))


def _sentences(path: Path) -> tuple[Row, ...]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.split("\t", 1) for line in lines if "\t" in line)
    return tuple(alone(text, label) for label, text in pairs if label in ("Yes", "No"))
