"""A file of conversations to turns: JSON lines (whole conversations or flat rows, mixed as they come) or CSV."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, NoReturn

from levelhead.channels.csv_rows import NEEDED, csv_rows, is_csv
from levelhead.channels.malformed import Malformed, Place
from levelhead.channels.rows import row_of
from levelhead.channels.text_lines import Line, text_lines
from levelhead.channels.turns import turn_of_row, turns_of_conversation
from levelhead.conversation import Turn

__all__ = ["Batch", "Malformed", "batches_from", "row_of", "turn_of_row", "turns_from"]


class Batch(NamedTuple):
    """What one line says: one turn, or a whole conversation of which no later line may say more."""

    turns: tuple[Turn, ...]
    whole: bool


def turns_from(stream: BinaryIO, name: str, *, on_bad: Callable[[Malformed], None] | None = None) -> Iterator[Turn]:
    """Every turn of a file, in the order of the file; otherwise as `batches_from`."""
    for batch in batches_from(stream, name, on_bad=on_bad):
        yield from batch.turns


def batches_from(stream: BinaryIO, name: str, *, on_bad: Callable[[Malformed], None] | None = None) -> Iterator[Batch]:
    """What each line of a file says, read as it arrives.

    Raises `Malformed` at the first line that is not as agreed, after every line before it. With `on_bad` the line is
    handed over instead and reading goes on; of a whole conversation with one bad turn nothing is read.
    """
    for found in _batches_or_complaints(stream, name, Known()):
        if not isinstance(found, Malformed):
            yield found
        elif on_bad is None:
            raise found
        else:
            on_bad(found)


@dataclass(slots=True)
class Known:
    """What the file has said so far: whole conversations, and of the others the latest turn and the numbers used."""

    whole: set[str] = field(default_factory=set)
    latest: dict[str, Turn] = field(default_factory=dict)
    numbers: dict[str, set[int]] = field(default_factory=dict)


def _batches_or_complaints(stream: BinaryIO, name: str, known: Known) -> Iterator[Batch | Malformed]:
    for found in objects_from(stream, name):
        if isinstance(found, Malformed):
            yield found
            continue
        place, value = found
        try:
            yield batch_of(value, place, known)
        except Malformed as bad:
            yield bad


def objects_from(
    stream: BinaryIO, name: str, needed: tuple[str, ...] = NEEDED
) -> Iterator[tuple[Place, object] | Malformed]:
    """Every JSON object or CSV row of a file with where it stood, or the complaint about it; `needed` are columns."""
    lines = text_lines(stream, name)
    for first in lines:
        if isinstance(first, Malformed):
            yield first
            continue
        yield from csv_rows(first, lines, needed) if is_csv(name, first, needed) else _json_objects(first, lines)
        return


def batch_of(value: object, place: Place, known: Known) -> Batch:
    """What one object of a file says, after `known`. Raises Malformed."""
    return _whole(value, place, known) if _is_whole(value) else _row(value, place, known)


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


def _whole(value: object, place: Place, known: Known) -> Batch:
    turns = turns_of_conversation(value, place=place)
    identity = turns[0].conversation if turns else None
    if identity in known.whole or identity in known.latest:
        raise Malformed(place=place, field="id", expected="an id that no earlier line has", found=f"{identity!r} again")
    if identity is not None:
        known.whole.add(identity)
    return Batch(turns, whole=True)


def _row(value: object, place: Place, known: Known) -> Batch:
    conversation = value.get("conversation") if isinstance(value, dict) else None
    earlier = known.latest.get(conversation) if isinstance(conversation, str) else None
    turn = turn_of_row(value, earlier=earlier, place=place)
    numbers = known.numbers.setdefault(turn.conversation, set())
    if turn.conversation in known.whole:
        expected = "a conversation that no earlier line gave as a whole"
        raise Malformed(place=place, field="conversation", expected=expected, found=f"{turn.conversation!r} again")
    if turn.n in numbers:
        expected = f"a number not yet used in {turn.conversation!r}"
        raise Malformed(place=place, field="n", expected=expected, found=f"{turn.n} again")
    numbers.add(turn.n)
    known.latest[turn.conversation] = turn
    return Batch((turn,), whole=False)
