"""Single turns: those written to learn abuse, danger and promises from, and the development parts of two benchmarks.

Labels may be partial: what a fairness line was not written for is unknown, not absent.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from levelhead.conversation import Channel, Speaker
from levelhead.privacy.redact import redact
from training.corpus import LABELS, Talk

SETS = Path(__file__).parents[1] / "benchmarks" / "sets"
LINES = Path(__file__).parent / "lines"
"""Written and labelled for training (CC-BY-4.0)."""


def singles() -> list[Talk]:
    """All lines: `training/lines/`, `safety.train.jsonl` (labelled by reading), the development part of `fairness.jsonl`."""
    return [*_lines(), *_promises(), *_safety(), *_fairness()]


def _lines() -> Iterator[Talk]:
    for name in ("abuse", "safety"):
        for row in _rows(LINES / f"{name}.jsonl"):
            yield _talk(row["id"], row["channel"], [(Speaker.CUSTOMER, row["text"])], row)


def _promises() -> Iterator[Talk]:
    """Turns of agents; of their moves only `promise` is known."""
    for row in _rows(LINES / "promises.jsonl"):
        said = [(Speaker(one["speaker"]), one["text"]) for one in row["before"]]
        label = {"moves": ["promise"] if row["promises"] else [], "known_moves": ["promise"]}
        yield _talk(row["id"], row["channel"], [*said, (Speaker.AGENT, row["text"])], label)


def _safety() -> Iterator[Talk]:
    labels = {row["id"]: row for row in _rows(LABELS / "safety.jsonl")}
    for row in _rows(SETS / "safety.train.jsonl"):
        if row["id"] in labels:
            said = [_side_of(line) for line in row.get("context", ())]
            yield _talk(row["id"], row["channel"], [*said, (Speaker.CUSTOMER, row["text"])], labels[row["id"]])


def _fairness() -> Iterator[Talk]:
    for row in _rows(SETS / "fairness.jsonl"):
        if row["part"] != "dev":
            continue
        expected = row["expected"]
        for variety, text in row["said"].items():
            label = {
                "emotion": expected["emotion"][0],
                "abuse": row.get("abuse_of", {}).get(variety, expected["abuse"]),
                "cues": ["asks_supervisor"] if expected["escalation"] else [],
                "known_cues": ["asks_supervisor"],
            }
            yield _talk(f"{row['id']}-{variety}", row["channel"], [(Speaker.CUSTOMER, text)], label)


def _talk(id: str, channel: str, said: list[tuple[Speaker, str]], label: dict[str, Any]) -> Talk:
    """Only the last turn has a label; those before it are context."""
    return Talk(
        id=id,
        real=False,
        channel=Channel(channel),
        speakers=tuple(speaker for speaker, _ in said),
        texts=tuple(redact(text).text for _, text in said),
        labels=(*({} for _ in said[:-1]), label),
        raw={"locale": "en-GB"},
    )


def _side_of(line: str) -> tuple[Speaker, str]:
    who, _, text = line.partition(": ")
    return (Speaker.AGENT if who == "agent" else Speaker.CUSTOMER), text


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
