"""One outside object, read field by field; every complaint names place and field."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from levelhead.channels.malformed import NOWHERE, Malformed, Place, described

MAX_TEXT = 100_000
"""Characters in one turn: some forty pages, far beyond any mail that a person wrote."""
MAX_NAME = 200
MAX_NUMBER = 1_000_000
"""Turns in one conversation."""

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SURROGATE = re.compile("[\ud800-\udfff]")

_Label = TypeVar("_Label", bound=StrEnum)


class Fields:
    """The fields of one JSON object or CSV row.

    `path` is how a person finds the object within its line, such as `turns[3].`. A field that is null counts as absent.
    """

    __slots__ = ("path", "place", "values")

    def __init__(self, values: object, place: Place = NOWHERE, path: str = "") -> None:
        self.place = place
        self.path = path
        if not isinstance(values, Mapping):
            raise Malformed(place=place, field=path.rstrip("."), expected="a JSON object", found=described(values))
        self.values = values

    def get(self, name: str) -> object:
        """The field as it came, None when it is absent."""
        return self.values.get(name)

    def bad(self, name: str, expected: str, found: str | None = None) -> Malformed:
        """The complaint about one field, ready to be raised."""
        seen = described(self.get(name)) if found is None else found
        return Malformed(place=self.place, field=self.path + name, expected=expected, found=seen)

    def text(self, name: str) -> str:
        """What somebody said: any characters that can be stored, none at all included."""
        return self._characters(name, "text", MAX_TEXT)

    def name(self, name: str) -> str:
        """A name or id: 1 to 200 characters, not all of them blank."""
        value = self._characters(name, "a name", MAX_NAME)
        if not value.strip():
            raise self.bad(name, "a name with at least one character")
        return value

    def name_or_none(self, name: str) -> str | None:
        """A name or id that may be absent or empty."""
        value = self.get(name)
        return None if value is None or value == "" else self.name(name)

    def label(self, name: str, labels: type[_Label]) -> _Label:
        """A member of a closed set of words."""
        value = self.get(name)
        if not isinstance(value, str) or value not in list(labels):
            raise self.bad(name, f"one of {', '.join(labels)}")
        return labels(value)

    def count(self, name: str) -> int:
        """A whole number from 0 on."""
        value = self.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_NUMBER:
            raise self.bad(name, f"a whole number from 0 to {MAX_NUMBER}")
        return value

    def seconds(self, name: str, longest: float) -> float:
        """A finite number of seconds from 0 to `longest`."""
        value = self.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.bad(name, "a number of seconds")
        # Compared before it is turned into a float: a whole number may be too large for one. NaN fails as well.
        if not 0 <= value <= longest:
            raise self.bad(name, f"seconds from 0 to {longest:.0f}")
        return float(value)

    def locale(self, name: str) -> str:
        """A language tag such as `en-GB`."""
        value = self.get(name)
        if not isinstance(value, str) or not _LOCALE.fullmatch(value):
            raise self.bad(name, "a language tag such as en-GB")
        return value

    def _characters(self, name: str, what: str, longest: int) -> str:
        value = self.get(name)
        if not isinstance(value, str):
            raise self.bad(name, what)
        if len(value) > longest:
            raise self.bad(name, f"at most {longest} characters", f"{len(value)}")
        if "\0" in value or _SURROGATE.search(value):
            raise self.bad(name, f"{what} in Unicode without NUL", "a character that cannot be stored")
        return value
