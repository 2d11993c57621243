"""What is kept sealed: its kinds, what stands in the text in its place, and where."""

import re
from enum import StrEnum
from typing import NamedTuple

from levelhead.conversation import Span


class SealedKind(StrEnum):
    """What is kept under lock: of use to the agent, and nobody else's business."""

    ACCOUNT = "bank account"
    NATIONAL_ID = "national id"
    EMAIL = "email address"
    PHONE = "phone number"
    ADDRESS = "postal address"

    @property
    def placeholder(self) -> str:
        """What stands in the text in its place."""
        return f"[{self}]"


class Found(NamedTuple):
    """A value to be sealed: where it stands in the text as it came, and the value in its usual form."""

    kind: SealedKind
    span: Span
    value: str


class Placeholder(NamedTuple):
    """A placeholder in a text; `place` counts them from 0, and with the turn it names what is sealed."""

    place: int
    kind: SealedKind
    span: Span


def placeholders_in(text: str) -> tuple[Placeholder, ...]:
    """Every placeholder of something sealed, in order."""
    return tuple(
        Placeholder(place, SealedKind(match[1]), Span(*match.span()))
        for place, match in enumerate(_PLACEHOLDER.finditer(text))
    )


def hint(kind: SealedKind, value: str) -> str:
    """As much as tells one value from another without giving it away: "…123", "…@example.org"."""
    if kind is SealedKind.EMAIL:
        return f"…@{value.rpartition('@')[2]}"
    if kind is SealedKind.ADDRESS:
        return "…"
    return f"…{value[-_SHOWN:]}"


_SHOWN = 3  # Characters: enough to ask "the number ending 123?".
_PLACEHOLDER = re.compile(r"\[(" + "|".join(SealedKind) + r")\]")
