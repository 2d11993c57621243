"""Validation conversations are in no stage of training."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from training import corpus


def conversation(id: str, text: str, *, speaker: str = "customer") -> dict[str, Any]:
    turn = {"n": 0, "speaker": speaker, "text": text, "emotion": "neutral", "intensity": 0, "cues": [], "abuse": "none"}
    return {
        "id": id,
        "channel": "social",
        "locale": "en-GB",
        "turns": [turn],
        "outcome": {"escalated_at": None, "csat": 3},
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small corpus in the layout of the real one, whose dialogues return in the public sets."""
    (tmp_path / "corpus").mkdir()
    for name in (*corpus.WRITTEN_TRAIN, *corpus.WRITTEN_VALIDATION):
        write(tmp_path / "corpus" / f"slice_{name}.jsonl", [conversation(f"{name}-1", f"Where is parcel {name}?")])
    posts = [conversation(f"tw-{i:03d}", f"@shop this is the {i}th day without a reply") for i in range(60)]
    chats = [conversation(f"star-{i:04d}", f"I need help with the booking number {i} please") for i in range(60)]
    write(tmp_path / "corpus" / "real_posts.jsonl", posts)
    write(tmp_path / "corpus" / "real_chats.jsonl", chats)
    (tmp_path / "data/frustration").mkdir(parents=True)
    again = [{"id": f"other-{row['id']}", "turns": row["turns"]} for row in posts]  # the same words under another id
    write(tmp_path / "data/frustration/dialogues.jsonl", [*posts, *again])
    (tmp_path / "data/star").mkdir()
    with gzip.open(tmp_path / "data/star/dialogues.jsonl.gz", "wt") as out:
        for i, row in enumerate(chats):
            for id in (i, 9000 + i):
                out.write(json.dumps({"id": id, "turns": [["U", row["turns"][0]["text"], None]]}) + "\n")
    return tmp_path


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_training_and_validation_share_no_conversation(data: Path) -> None:
    train = {talk.id for talk in corpus.talks(data, "train")}
    validation = {talk.id for talk in corpus.talks(data, "validation")}
    assert train
    assert validation
    assert not train & validation
    assert "e-1" in validation
    assert {f"{name}-1" for name in corpus.WRITTEN_TRAIN} <= train


def test_frustration_gives_up_validation_dialogues_by_id_and_by_first_words(data: Path) -> None:
    ids, firsts = corpus.held_back(data)
    kept = corpus.frustration(data)
    assert kept
    assert not {row["id"] for row in kept} & ids
    assert not {row["turns"][0]["text"].lower() for row in kept} & firsts


def test_star_gives_up_validation_dialogues_by_id_and_by_first_words(data: Path) -> None:
    ids, firsts = corpus.held_back(data)
    kept = list(corpus.star(data))
    assert kept
    assert not {f"star-{row['id']:04d}" for row in kept} & ids
    assert not {row["turns"][0][1].lower() for row in kept} & firsts


def test_the_third_for_validation_is_chosen_by_hash() -> None:
    assert corpus.is_validation("tw-000") == (int(__import__("hashlib").sha256(b"tw-000").hexdigest(), 16) % 3 == 0)
    share = sum(corpus.is_validation(f"tw-{i:03d}") for i in range(3000)) / 3000
    assert 0.3 < share < 0.37
