"""Secrets as somebody says or types them: every stretch of a text knows which digits of which secret it gives away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is planted."""

    CARD = "card"
    SECURITY_CODE = "security code"
    PASSWORD = "password"
    PIN = "pin"
    ONE_TIME_CODE = "one-time code"


@dataclass(frozen=True, slots=True)
class Planted:
    """A secret of a transcript."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text; `places` are the characters of the secret that it gives away, none for any other word."""

    text: str
    secret: Planted | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says in one turn, word by word, separators among the words."""

    customer: bool
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as they come in."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation with what is planted in it. `way` names how it was made, for the table."""

    way: str
    turns: tuple[Said, ...]

    @property
    def secrets(self) -> tuple[Planted, ...]:
        """Everything planted in it, in order."""
        return tuple(dict.fromkeys(word.secret for said in self.turns for word in said.words if word.secret))


def plain(text: str) -> Word:
    """Words that give nothing away."""
    return Word(text)


def customer(*parts: str | Word | Iterable[Word]) -> Said:
    """A turn of the customer."""
    return Said(customer=True, words=tuple(_words(parts)))


def agent(*parts: str | Word | Iterable[Word]) -> Said:
    """A turn of the agent."""
    return Said(customer=False, words=tuple(_words(parts)))


def _words(parts: Sequence[str | Word | Iterable[Word]]) -> Iterable[Word]:
    for part in parts:
        if isinstance(part, str):
            yield Word(part)
        elif isinstance(part, Word):
            yield part
        else:
            yield from part
