"""A note as casework: drafted until a person seals it, and from then on nothing of it changes; more can be added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine

LONGEST: Final = 600
"""Characters of a line."""
MOST_LINES: Final = 60
"""Lines of a note; more would not be read by who has it next."""


class NoteState(StrEnum):
    """Where a note stands."""

    DRAFTED = "drafted"
    SEALED = "sealed"


class NoteMove(StrEnum):
    """What people do to a note."""

    BEGIN = "begin"
    EDIT = "edit"
    SEAL = "seal"
    ADD = "add"


NOTE: Final[Machine[NoteState, NoteMove]] = Machine(
    begins={NoteMove.BEGIN: NoteState.DRAFTED},
    table={
        (NoteState.DRAFTED, NoteMove.EDIT): NoteState.DRAFTED,
        (NoteState.DRAFTED, NoteMove.SEAL): NoteState.SEALED,
        # What was sealed stays as it was; somebody by name may add to it.
        (NoteState.SEALED, NoteMove.ADD): NoteState.SEALED,
    },
)


class Part(StrEnum):
    """What a line tells, in the order of the note: a short head, then the course of it, in which `THEIRS` and `OURS`
    stand mixed, as it was said.
    """

    BY = "by"
    OUTCOME = "outcome"
    PROMISED = "promised"
    AHEAD = "ahead"
    THEIRS = "theirs"
    OURS = "ours"
    FACTS = "facts"
    NAMED = "named"
    LAST = "last"
    COURSE = "course"
    ADDED = "added"

    @classmethod
    def _missing_(cls, value: object) -> "Part | None":
        """Notes that were sealed when labels still said more: their lines stand under what is true of them."""
        return _ONCE.get(str(value))


_ONCE: Final = MappingProxyType(
    {
        **dict.fromkeys(("wanted", "asked", "matters", "tried", "open", "reach"), Part.THEIRS),
        **dict.fromkeys(("done", "offered", "refused", "to_come"), Part.OURS),
    }
)


class Origin(StrEnum):
    """Who put a line into words: nobody, as the readings drafted it; a person, who changed it; or who wrote it."""

    DRAFTED = "drafted"
    EDITED = "edited"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line. `key` names it in its note and stays the same while turns come; `turns` are those that it rests on."""

    key: str
    part: Part
    words: str
    turns: tuple[int, ...] = ()
    origin: Origin = Origin.DRAFTED


@dataclass(frozen=True, slots=True)
class Addendum:
    """What somebody added after the note was sealed: who, when, and what."""

    by: UUID
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The body of a note. While it is drafted, `lines` are those that somebody changed or wrote, `left_out` the keys
    of those that they struck; everything else is drafted afresh. Once it is sealed, `lines` is all of it.

    `disposition` is a code of the pack, '' where nobody chose one yet; `pack` its locale and version. All words are
    redacted. Of whoever sealed it, nothing is kept but who they are.
    """

    lines: tuple[NoteLine, ...] = ()
    left_out: tuple[str, ...] = ()
    disposition: str = ""
    pack: str = ""
    through: int | None = None
    sealed_by: UUID | None = None
    sealed_at: datetime | None = None
    addenda: tuple[Addendum, ...] = ()


def merged(draft: Iterable[NoteLine], body: Noted) -> tuple[NoteLine, ...]:
    """The note as it stands: the draft, with lines that somebody changed in their words, and without those struck."""
    touched = {line.key: line for line in body.lines}
    drafted = tuple(draft)
    kept = [touched.pop(line.key, line) for line in drafted if line.key not in body.left_out]
    return _in_order((*kept, *(line for line in touched.values() if line.key not in body.left_out)))


def changed(body: Noted, draft: Iterable[NoteLine], key: str, words: str) -> Noted:
    """The line of this key in these words; where they are the draft's again, it is the draft's. No words strike it."""
    drafted = next((line for line in draft if line.key == key), None)
    others = tuple(line for line in body.lines if line.key != key)
    was = next((line for line in body.lines if line.key == key), drafted)
    if was is None:
        return body
    if not words:
        gone = (*body.left_out, key) if drafted is not None and key not in body.left_out else body.left_out
        return replace(body, lines=others, left_out=gone)
    stays = tuple(one for one in body.left_out if one != key)
    if drafted is not None and words == drafted.words:
        return replace(body, lines=others, left_out=stays)
    origin = Origin.EDITED if drafted is not None else was.origin
    return replace(body, lines=(*others, replace(was, words=words, origin=origin)), left_out=stays)


def line_named(key: str, words: str) -> NoteLine | None:
    """A line that was shown under this key and is drafted no longer; None where no line has such a key."""
    part, _, rest = key.partition(":")
    if part not in set(Part):
        return None
    n = rest.partition(":")[0]
    turns = (int(n),) if n.isdecimal() and len(n) <= _DIGITS and part != Part.ADDED else ()
    return NoteLine(key, Part(part), words, turns, Origin.EDITED)


_DIGITS = 9


def put_back(body: Noted) -> Noted:
    """Every line that was struck stands again."""
    return replace(body, left_out=())


def written(body: Noted, words: str) -> Noted:
    """One line more, in words of the person's own."""
    taken = {line.key for line in body.lines} | set(body.left_out)
    key = next(key for key in _own_keys() if key not in taken)
    return replace(body, lines=(*body.lines, NoteLine(key, Part.ADDED, words, origin=Origin.WRITTEN)))


def _own_keys() -> Iterator[str]:
    return (f"{Part.ADDED}:{number}" for number in range(MOST_LINES + 1))


def _in_order(lines: Iterable[NoteLine]) -> tuple[NoteLine, ...]:
    """By their parts; what either side said stands as it was said, turn for turn."""
    order = {part: place for place, part in enumerate(Part)} | {Part.OURS: list(Part).index(Part.THEIRS)}
    return tuple(sorted(lines, key=lambda line: (order[line.part], _turn(line))))[:MOST_LINES]


def _turn(line: NoteLine) -> int:
    return line.turns[0] if line.turns and line.part in (Part.THEIRS, Part.OURS) else 0
