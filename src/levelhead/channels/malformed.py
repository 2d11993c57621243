"""The one complaint that reading from outside can raise."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_FOUND = 40
"""Characters of a wrong value that a complaint repeats: enough to find it, too few to carry a conversation."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the outside world something was read: a file and its line (counted from 1), or nowhere (an API body)."""

    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        return ":".join(part for part in (self.file, str(self.line or "")) if part)


NOWHERE = Place()


class Malformed(ValueError):
    """Something from outside that is not as agreed: where it stood, which field, what was expected, what was found."""

    def __init__(self, *, place: Place, field: str, expected: str, found: str) -> None:
        self.place = place
        self.field = field
        self.expected = expected
        self.found = found
        super().__init__(str(self))

    @property
    def file(self) -> str:
        """The file's name as it was given, '' for an API body."""
        return self.place.file

    @property
    def line(self) -> int | None:
        """The line in the file, counted from 1; None for an API body."""
        return self.place.line

    @property
    def reason(self) -> str:
        """What was expected and what was found, without the place."""
        return f"expected {self.expected}, found {self.found}"

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.place), self.field, self.reason) if part)


def described(value: object) -> str:
    """A wrong value in a few words: short values as they stand, long ones cut, containers only by their kind."""
    match value:
        case None:
            return "nothing"
        case str() if len(value) > MAX_FOUND:
            return f"{value[:MAX_FOUND]!r}… ({len(value)} characters)"
        # Printing a huge whole number is itself an error in Python (4,300 digits).
        case int() if abs(value) >= 10**MAX_FOUND:
            return "a very long number"
        case bool() | int() | float() | str():
            return repr(value)
    return "an object" if isinstance(value, Mapping) else f"a {type(value).__name__}"
