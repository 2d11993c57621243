"""What a secret is called once it is masked."""

from enum import StrEnum
from typing import NamedTuple

from levelhead.conversation import Span

OPAQUE = "ˑ"
"""Stands for every character of a placeholder while we look: a letter in no word of any language we read."""


class SecretKind(StrEnum):
    """The secrets that are never kept. A PIN counts as a password."""

    CARD_NUMBER = "card number"
    SECURITY_CODE = "security code"
    PASSWORD = "password"  # noqa: S105
    ONE_TIME_CODE = "one-time code"

    @property
    def placeholder(self) -> str:
        """What stands in the text in its place."""
        return f"[{self}]"


class Secret(NamedTuple):
    """A secret and where it stands in the text."""

    kind: SecretKind
    span: Span
