"""Table: a TOML table taken apart strictly, so that a slip in a pack is named instead of guessed at."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

from levelhead.advising.wording_pattern import Lists, pattern_of

E = TypeVar("E", bound=Enum)
_A_SLIP = 0.88
"""So alike, one key is the other one misspelt, and no neighbour of it."""


class PackError(ValueError):
    """A pack that can't be used: where, what is wrong, and how to mend it."""

    def __init__(self, where: str, wrong: str, mend: str) -> None:
        super().__init__(f"{where}: {wrong}; {mend}")
        self.where = where
        self.wrong = wrong
        self.mend = mend


class Table:
    """One TOML table. Every key is taken once; `done` refuses whatever was not taken."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._left = dict(values)
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self._take(key, default)
        if not isinstance(value, str) or not value.strip():
            raise PackError(self._at(key), f"{value!r} is not a text", 'write it in quotes, like "…"')
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        value = self._take(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise PackError(self._at(key), f"{value!r} does not fit", f"write a number from {low:g} to {high:g}")
        return float(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise PackError(self._at(key), f"{value!r} does not fit", f"write a whole number from {low} to {high}")
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise PackError(self._at(key), f"{value!r} does not fit", "write true or false")
        return value

    def one_of(self, key: str, members: type[E]) -> E:
        """One member of the set, by its value or, for a numbered set, its name in lower case."""
        return _member(self.text(key), members, self._at(key))

    def some_of(self, key: str, members: type[E]) -> tuple[E, ...]:
        """Members of the set, none when the key is missing."""
        return tuple(_member(text, members, self._at(key)) for text in self.texts(key))

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts; empty when the key is missing and not needed."""
        value = self._take(key, None if needed else [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
            raise PackError(self._at(key), f"{value!r} is not a list of texts", 'write it like ["one", "two"]')
        if needed and not value:
            raise PackError(self._at(key), "the list is empty", "name at least one")
        return tuple(value)

    def labels(self, key: str, allowed: Iterable[str], *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, each of them in `allowed`."""
        known = sorted(allowed)
        for text in (texts := self.texts(key, needed=needed)):
            if text not in known:
                raise _unknown(self._at(key), text, known)
        return texts

    def words(self, key: str, lists: Lists | None = None) -> re.Pattern[str]:
        """A list of words or word groups, as one pattern of whole words; `lists` are those that it may name."""
        try:
            return pattern_of(self.texts(key, needed=True), lists)
        except KeyError as missing:
            raise PackError(self._at(key), f"there is no list {missing}", "add it under listening.lists") from missing

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        value = self._take(key, None)
        if not isinstance(value, dict):
            raise PackError(self._at(key), f"{value!r} is not a table", f"write it as [{self._at(key)}]")
        return Table(value, self._at(key))

    def tables(self) -> "tuple[tuple[str, Table], ...]":
        """Every key left, each of them a table."""
        return tuple((key, self.table(key)) for key in tuple(self._left))

    def mapping(self) -> Mapping[str, str]:
        """Every key left, each of them a text."""
        return MappingProxyType({key: self.text(key) for key in tuple(self._left)})

    def keys(self) -> tuple[str, ...]:
        """The keys not taken yet."""
        return tuple(self._left)

    def done(self, known: Iterable[str] = ()) -> None:
        """Refuse the first key that nobody took."""
        for key in self._left:
            raise _unknown(self.where, key, sorted(known), what="key")

    def _take(self, key: str, default: object) -> object:
        value = self._left.pop(key, default)
        if value is None:
            near = get_close_matches(key, self._left, n=1, cutoff=_A_SLIP)
            mend = f"write it for {near[0]!r}" if near else "add it"
            raise PackError(self._at(key), "this key is missing", mend)
        return value

    def _at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key


def _member(text: str, members: type[E], where: str) -> E:
    by_word = {(member.value if isinstance(member.value, str) else member.name.lower()): member for member in members}
    if text not in by_word:
        raise _unknown(where, text, sorted(by_word))
    return by_word[text]


def _unknown(where: str, text: str, known: list[str], what: str = "label") -> PackError:
    near = get_close_matches(text, known, n=1)
    mend = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(known)}" if known else "take it out"
    return PackError(where, f"{text!r} is not a known {what}", mend)
