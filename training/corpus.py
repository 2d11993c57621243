"""The labelled conversations: which are for training, which for validation, and as tensors' raw material."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from levelhead.conversation import Channel, Speaker
from levelhead.listening.context import Said, features_of
from levelhead.privacy.redact import redact

OWN = Path(__file__).parent / "conversations"
"""Written for training and labelled by the same scheme; they ship with the project (CC-BY-4.0)."""

OWN_IDS = ("posta-", "postb-", "postc-", "postd-", "poste-", "talk-", "writ-", "hard-")
"""How ids in `OWN` begin that the last stage leaves out. The last two rounds (`r6p-`, `r6t-`) were in it for levelhead-reader-4."""

LABELS = Path(__file__).parent / "labels"
"""Ids and labels, made by reading, of public dialogues whose texts stay outside."""

WRITTEN_TRAIN = ("a", "b", "c", "d", "g", "h", "j", "k", "m")
WRITTEN_VALIDATION = ("e",)
REAL = ("real_posts", "real_chats")


@dataclass(frozen=True, slots=True)
class Talk:
    """One labelled conversation; `labels[i]` is the raw labelled turn i, `texts` are redacted."""

    id: str
    real: bool
    channel: Channel
    speakers: tuple[Speaker, ...]
    texts: tuple[str, ...]
    labels: tuple[dict[str, Any], ...]
    raw: dict[str, Any]

    def features(self, i: int, texts: tuple[str, ...] | None = None) -> tuple[float, ...]:
        """The plain counts of turn i."""
        said = texts or self.texts
        before = [Said(self.speakers[j], said[j]) for j in range(i)]
        return features_of(self.speakers[i], said[i], before, self.channel)


def is_validation(conversation: str) -> bool:
    """Of the real conversations a third, by hash, is kept for validation."""
    return int(hashlib.sha256(conversation.encode()).hexdigest(), 16) % 3 == 0


def talks(data: Path, part: str) -> list[Talk]:
    """The conversations of `part`: train, or validation (written: slice_e; real: a third by hash)."""
    slices = WRITTEN_TRAIN if part == "train" else WRITTEN_VALIDATION
    written = [talk for name in slices for talk in _read(data / "corpus" / f"slice_{name}.jsonl", real=False)]
    real = [talk for name in REAL for talk in _read(data / "corpus" / f"{name}.jsonl", real=True)]
    mine = [talk for talk in real if is_validation(talk.id) == (part == "validation")]
    if part == "validation":
        return written + mine
    return [*written, *own(), *_read_again(mine), *labelled_star(data)]


def of_the_corpus(talk: Talk) -> bool:
    """Whether the annotators of the corpus labelled it: neither one of `own` nor of `labelled_star`."""
    return "source" in talk.raw and not talk.id.startswith(OWN_IDS)


def _read_again(talks: Sequence[Talk]) -> Iterator[Talk]:
    """The faults of lines that recur in real_chats with differing labels, as one reader decided them afresh."""
    faults = {(row["id"], row["n"]): row["faults"] for row in _rows(LABELS / "real_chats.faults.jsonl")}
    for talk in talks:
        labels = tuple(
            {**turn, "faults": faults[talk.id, n]} if (talk.id, n) in faults else turn
            for n, turn in enumerate(talk.labels)
        )
        yield replace(talk, labels=labels)


def own() -> list[Talk]:
    """The conversations in `training/conversations/`."""
    return [talk for path in sorted(OWN.glob("*.jsonl")) for talk in _read(path, real=False)]


def labelled_star(data: Path) -> list[Talk]:
    """The dialogues of star/ that have labels in `training/labels/`."""
    labels = {row["id"]: row["turns"] for path in sorted(LABELS.glob("star*.jsonl")) for row in _rows(path)}
    return [
        talk_of(f"star-{row['id']:04d}", said_in(row), labels[f"star-{row['id']:04d}"])
        for row in star(data)
        if f"star-{row['id']:04d}" in labels
    ]


def said_in(row: dict[str, Any]) -> list[tuple[Speaker, str]]:
    """Who said what in a dialogue of star/, without its stage directions."""
    sides = {"U": Speaker.CUSTOMER, "W": Speaker.AGENT}
    return [(sides[who], " ".join(text.split())) for who, text, _ in row["turns"] if who in sides]


def talk_of(id: str, said: Sequence[tuple[Speaker, str]], labels: Sequence[dict[str, Any]] | None) -> Talk:
    """A real chat as a talk; without labels it can only be read, not learnt from."""
    return Talk(
        id=id,
        real=True,
        channel=Channel.CHAT,
        speakers=tuple(speaker for speaker, _ in said),
        texts=tuple(redact(text).text for _, text in said),
        labels=tuple(labels or ()),
        raw={"locale": "en-US"},
    )


def held_back(data: Path) -> tuple[set[str], set[str]]:
    """Ids and first-turn texts of the validation conversations, to be taken out of every other set."""
    kept = talks(data, "validation")
    return {talk.id for talk in kept}, {_plain(talk.raw["turns"][0]["text"]) for talk in kept}


def frustration(data: Path) -> list[dict[str, Any]]:
    """The dialogues of frustration/ that are not in validation."""
    ids, firsts = held_back(data)
    lines = (data / "data/frustration/dialogues.jsonl").read_text(encoding="utf-8").strip().split("\n")
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["id"] not in ids and _plain(row["turns"][0]["text"]) not in firsts]


def star(data: Path) -> Iterator[dict[str, Any]]:
    """The dialogues of star/ that are not in validation; ids there are numbers, here `star-0001`."""
    ids, firsts = held_back(data)
    long_first = {first for first in firsts if len(first) > 25}  # "hello" opens half of them
    with gzip.open(data / "data/star/dialogues.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            said = [turn for turn in row["turns"] if turn[0] in ("U", "W")]
            if f"star-{row['id']:04d}" in ids or (said and _plain(said[0][1]) in long_first):
                continue
            yield row


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _read(path: Path, *, real: bool) -> Iterator[Talk]:
    for row in _rows(path):
        turns = row["turns"]
        yield Talk(
            id=row["id"],
            real=real,
            channel=Channel(row["channel"]),
            speakers=tuple(Speaker(turn["speaker"]) for turn in turns),
            texts=tuple(redact(turn["text"]).text for turn in turns),
            labels=tuple(turns),
            raw=row,
        )
