"""Conversations to be sent as if they were going on now: for `benchmarks.desk_load`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from levelhead.conversation import Speaker
from training.corpus import WRITTEN_TRAIN


@dataclass(frozen=True, slots=True)
class Talk:
    """One written conversation of the training split, without its labels and its times."""

    channel: str
    locale: str
    customer: str | None
    said: tuple[tuple[str, str], ...]

    def row(self, n: int, at: float, started_at: str) -> dict[str, Any]:
        """Turn `n` as a channel sends it, said `at` seconds after the start."""
        speaker, text = self.said[n]
        row: dict[str, Any] = {"n": n, "speaker": speaker, "text": text, "at": round(at, 2)}
        row |= {"channel": self.channel, "locale": self.locale, "started_at": started_at}
        if self.customer and speaker == Speaker.CUSTOMER.value:
            row["person"] = self.customer
        return row


def written_talks(data: Path) -> Sequence[Talk]:
    """The written conversations of the training split, in the order of the files."""
    found = []
    for part in WRITTEN_TRAIN:
        with (data / "corpus" / f"slice_{part}.jsonl").open(encoding="utf-8") as lines:
            found += [_talk(json.loads(line)) for line in lines]
    return found


def _talk(raw: Mapping[str, Any]) -> Talk:
    customer = raw.get("customer")
    name = customer.get("name") if isinstance(customer, Mapping) else None
    said = tuple((turn["speaker"], turn["text"]) for turn in raw["turns"])
    return Talk(raw["channel"], raw["locale"], name, said)
