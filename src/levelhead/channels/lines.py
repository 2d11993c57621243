"""A file of conversations to turns: JSON lines (whole conversations or flat rows, mixed as they come) or CSV."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn

from levelhead.channels.csv_rows import csv_rows, is_csv
from levelhead.channels.malformed import Malformed, Place
from levelhead.channels.rows import row_of
from levelhead.channels.text_lines import Line, text_lines
from levelhead.channels.turns import turn_of_row, turns_of_conversation
from levelhead.conversation import Turn

__all__ = ["Malformed", "row_of", "turn_of_row", "turns_from"]


def turns_from(stream: BinaryIO, name: str, *, on_bad: Callable[[Malformed], None] | None = None) -> Iterator[Turn]:
    """Every turn of a file, in the order of the file, read as it arrives.

    Raises `Malformed` at the first line that is not as agreed, after every turn before it. With `on_bad` the line is
    handed over instead and reading goes on; of a whole conversation with one bad turn nothing is read.
    """
    known = _Known()
    for found in _turns_or_complaints(stream, name, known):
        if not isinstance(found, Malformed):
            yield from found
        elif on_bad is None:
            raise found
        else:
            on_bad(found)


@dataclass(slots=True)
class _Known:
    """What the file has said so far of each conversation: its latest turn and the numbers used."""

    latest: dict[str, Turn] = field(default_factory=dict)
    numbers: dict[str, set[int]] = field(default_factory=dict)

    def add(self, turn: Turn) -> None:
        self.latest[turn.conversation] = turn
        self.numbers.setdefault(turn.conversation, set()).add(turn.n)


def _turns_or_complaints(stream: BinaryIO, name: str, known: _Known) -> Iterator[tuple[Turn, ...] | Malformed]:
    lines = text_lines(stream, name)
    first = next(lines, None)
    while isinstance(first, Malformed):
        yield first
        first = next(lines, None)
    if first is None:
        return
    objects = csv_rows(first, lines) if is_csv(name, first) else _json_objects(first, lines)
    for found in objects:
        if isinstance(found, Malformed):
            yield found
            continue
        place, value = found
        try:
            yield (
                _whole(value, place, known)
                if isinstance(value, dict) and "turns" in value
                else _row(value, place, known)
            )
        except Malformed as bad:
            yield bad


def _json_objects(first: Line, rest: Iterator[Line | Malformed]) -> Iterator[tuple[Place, object] | Malformed]:
    yield _json_object(first)
    for line in rest:
        yield line if isinstance(line, Malformed) else _json_object(line)


def _json_object(line: Line) -> tuple[Place, object] | Malformed:
    try:
        return line.place, json.loads(line.text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        found = f"{error.msg.lower()} at column {error.colno}"
    except RecursionError:
        found = "objects nested too deeply"
    except ValueError:
        found = "a number that JSON does not know"
    return Malformed(place=line.place, field="line", expected="one JSON object a line", found=found)


def _no_constant(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON, though Python reads them."""
    raise ValueError(constant)


def _is_whole(value: object) -> bool:
    return isinstance(value, dict) and ("turns" in value or ("id" in value and "conversation" not in value))


def _whole(value: object, place: Place, known: _Known) -> tuple[Turn, ...]:
    turns = turns_of_conversation(value, place=place)
    if turns and turns[0].conversation in known.latest:
        expected = "an id that no earlier line has"
        raise Malformed(place=place, field="id", expected=expected, found=f"{turns[0].conversation!r} again")
    for turn in turns:
        known.add(turn)
    return turns


def _row(value: object, place: Place, known: _Known) -> tuple[Turn, ...]:
    conversation = value.get("conversation") if isinstance(value, dict) else None
    earlier = known.latest.get(conversation) if isinstance(conversation, str) else None
    turn = turn_of_row(value, earlier=earlier, place=place)
    if turn.n in known.numbers.get(turn.conversation, ()):
        expected = f"a number not yet used in {turn.conversation!r}"
        raise Malformed(place=place, field="n", expected=expected, found=f"{turn.n} again")
    known.add(turn)
    return (turn,)
