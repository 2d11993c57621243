"""What two careful readers took for promises, who saw the words and the guide and neither labels nor each other's answers.

`benchmarks/sets/promises.second.jsonl`, made by two language models by reading: every agent turn of slice_e and of the hard
held-out turns that holds a promise, in their eyes. How far they agree with the labels says how far any reader can.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks._lines import rows
from levelhead.conversation import DueKind, Promise, Span, Turn

READERS = ("a", "b")


class SecondReader:
    """One of the two; `promises_in` is what they found in a turn."""

    def __init__(self, name: str) -> None:
        self.name = name
        mine = [row for row in rows("promises.second") if row["reader"] == name]
        self._labels: Mapping[tuple[str, int], list[dict[str, Any]]] = {
            (row["id"], row["n"]): row["promises"] for row in mine
        }

    def labels_of(self, turn: Turn) -> list[dict[str, Any]]:
        """What they wrote down for a turn, like a label of the corpus."""
        return self._labels.get((turn.conversation, turn.n), [])

    def promises_in(self, turn: Turn) -> tuple[Promise, ...]:
        """The same, as `levelhead.listening.promises.promises_in` would tell it."""
        return tuple(_promise(turn, label) for label in self.labels_of(turn))


def _promise(turn: Turn, label: Mapping[str, Any]) -> Promise:
    start = max(0, turn.text.lower().find(label["due_text"].lower()))
    due = None
    if label["due"] and turn.started_at:
        due = datetime.fromisoformat(label["due"]).replace(tzinfo=turn.started_at.tzinfo)
    span = Span(start, start + len(label["due_text"]))
    return Promise("agent", label["action"], label["due_text"], due, DueKind(label["due_kind"]), span)
