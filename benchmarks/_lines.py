"""Customer lines written for a benchmark, each read as it would be live after the turns before it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from levelhead import models, packs
from levelhead.conversation import Channel, Heard, Reading, Speaker, Timeline, Turn
from levelhead.live.engine import hear_turn

SETS = Path(__file__).parent / "sets"
LOCALE = "en-GB"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of `benchmarks/sets/NAME.jsonl`."""
    with (SETS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_line(row: Mapping[str, Any]) -> Reading:
    """The reading of `text`, said on `channel` after the turns in `context` (written "agent: …" or "customer: …")."""
    before = [told.split(": ", 1) for told in row.get("context", ())]
    said = [(Speaker(speaker), text) for speaker, text in before] + [(Speaker.CUSTOMER, row["text"])]
    *_, last = hear(row["id"], Channel(row["channel"]), said)
    return last.reading


def hear(conversation: str, channel: Channel, said: list[tuple[Speaker, str]]) -> Iterator[Heard]:
    """A whole conversation through the engine as it runs live, turn by turn."""
    so_far: Timeline = ()
    for n, (speaker, text) in enumerate(said):
        turn = Turn(conversation, n, speaker, text, channel, LOCALE)
        so_far = (*so_far, hear_turn(turn, so_far, models.load(), packs.load(LOCALE)))
        yield so_far[-1]
