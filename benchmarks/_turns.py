"""The validation turns that the speed table is measured on, with what the labels say of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Abuse, Emotion, Speaker, Turn
from training.corpus import talks

MAX_WORDS = 60
NEGATIVE = frozenset({Emotion.ANXIOUS, Emotion.DISAPPOINTED, Emotion.FRUSTRATED, Emotion.ANGRY})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn, and what the annotators saw in it."""

    turn: Turn
    negative: bool
    abusive: bool

    @property
    def of_customer(self) -> bool:
        """Whether a customer said it."""
        return self.turn.speaker is Speaker.CUSTOMER


def conversations(data: Path) -> Iterator[tuple[Labelled, ...]]:
    """The validation conversations, whole."""
    for talk in talks(data, "validation"):
        turns = turns_of_conversation(talk.raw)
        yield tuple(_labelled(turn, labels) for turn, labels in zip(turns, talk.labels, strict=True))


def short_turns(data: Path) -> list[Labelled]:
    """The turns of at most 60 words, in order."""
    return [one for conversation in conversations(data) for one in conversation if is_short(one.turn)]


def is_short(turn: Turn) -> bool:
    """Whether a turn counts for the table."""
    return len(turn.text.split()) <= MAX_WORDS


def _labelled(turn: Turn, labels: dict[str, Any]) -> Labelled:
    return Labelled(turn, labels.get("emotion") in NEGATIVE, labels.get("abuse", Abuse.NONE) != Abuse.NONE)
