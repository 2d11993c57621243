"""Looks for a place where an agent's emotion could be kept: there is none, and none may come."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Final, get_args, get_type_hints

from levelhead.conversation import Emotion

FEELING: Final = re.compile(r"emotion|feel|mood|sentiment|stress|anger|angry|intensity|tone|valence|arousal", re.I)
OF_CUSTOMERS: Final = frozenset(
    {
        "CustomerReading.emotion",
        "CustomerReading.emotion_p",
        "CustomerReading.intensity",
        "ConversationSummary.emotion",
        "ConversationSummary.intensity",
        "TurnHeard.emotion",
        "TurnHeard.intensity",
        "reading.emotion",
        "reading.intensity",
    }
)
"""What customers' words express, as `class.field` or `table.column`; on anybody else's turn there is none of it."""


def places_for_feelings(kinds: Iterable[type], columns: Iterable[str] = ()) -> tuple[str, ...]:
    """The fields of these dataclasses and of those within them, and the columns, that could hold a person's feelings.

    By their name, or by their type where it speaks of emotions. What is known to be a customer's is left out.
    """
    found = {*_fields(kinds), *(column for column in columns if FEELING.search(column.partition(".")[2]))}
    return tuple(sorted(found - OF_CUSTOMERS))


def _fields(kinds: Iterable[type]) -> Iterator[str]:
    waiting, seen = list(kinds), set[type]()
    while waiting:
        kind = waiting.pop()
        if kind in seen or not is_dataclass(kind):
            continue
        seen.add(kind)
        hints = get_type_hints(kind)
        for known in fields(kind):
            parts = set(_parts(hints[known.name]))
            waiting += [part for part in parts if isinstance(part, type)]
            if FEELING.search(known.name) or Emotion in parts:
                yield f"{kind.__name__}.{known.name}"


def _parts(hint: object) -> Iterator[object]:
    """The type, and all types that it is put together from."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)
