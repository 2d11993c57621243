"""Conversations that people marked by hand: the turns as they run live, and marks that outlive the masking of secrets."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from levelhead import models, packs
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Span, Timeline, Turn
from levelhead.live.engine import hear_turn

PARTS = ("dev", "held_out")


class Played(NamedTuple):
    """A conversation as it was read live, with the words as they came in, before secrets were masked."""

    timeline: Timeline
    came_in: tuple[Turn, ...]


def corpus(data: Path, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The labelled conversations with these ids, of whatever part."""
    wanted = set(ids)
    found = {}
    for path in sorted((data / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                found[row["id"]] = row
    return found


def play(conversation: Mapping[str, Any], until: int | None = None) -> Played:
    """The conversation up to and with turn `until`, read turn by turn as it would be live."""
    turns = tuple(turn for turn in turns_of_conversation(conversation) if until is None or turn.n <= until)
    timeline: Timeline = ()
    for turn in turns:
        timeline = (*timeline, hear_turn(turn, timeline, models.load(), packs.load(turn.locale)))
    return Played(timeline, turns)


def span_after(span: Iterable[int], came_in: str, masked: str) -> Span | None:
    """Where marked words stand after masking; None when they were masked themselves."""
    start, end = span
    if came_in == masked:
        return Span(start, end)
    head = next((i for i, (a, b) in enumerate(zip(came_in, masked, strict=False)) if a != b), len(masked))
    if end <= head:
        return Span(start, end)
    moved = len(masked) - len(came_in)
    same = masked[start + moved :] == came_in[start:] if start + moved >= 0 else False
    return Span(start + moved, end + moved) if same else None
