"""Letters from a pack: each part says what belongs to it, and what would leave a gap is refused by name."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from levelhead.advising.table import PackError, Table
from levelhead.casework.arrangement import Incomplete

_PLACE: Final = re.compile(r"\{(\w*)\}")


def text_with(table: Table, key: str, needs: frozenset[str], may: frozenset[str] = frozenset()) -> str:
    """The text under this key, with each of these {places}, and none but those that it may have. Raises PackError."""
    text, where = table.text(key), f"{table.where}.{key}"
    named = set(_PLACE.findall(text))
    for missing in sorted(needs - named):
        raise PackError(where, f"{{{missing}}} is missing", "it has to be said each time; put it in")
    for unknown in sorted(named - needs - may):
        known = ", ".join(sorted(needs | may)) or "none"
        raise PackError(where, f"{{{unknown}}} is not known here", f"use {known}")
    return text


def paragraphs(parts: Iterable[str], told: Mapping[str, str]) -> tuple[str, ...]:
    """The parts with what is told in their places. Raises Incomplete naming the first that is empty."""
    for field, value in told.items():
        if not value.strip():
            raise Incomplete(field, f"The letter cannot go out: “{field.replace('_', ' ')}” is empty. Fill it in.")
    filled = {name: value.strip() for name, value in told.items()}
    return tuple(part.format_map(filled) for part in parts)


def sentence(text: str) -> str:
    """As a sentence: what somebody typed may lack its full stop."""
    said = text.strip()
    return said if not said or said[-1] in ".!?" else f"{said}."
