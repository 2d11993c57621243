"""Past conversations of another system: turns as `levelhead read` takes them, and how each conversation ended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from levelhead.casework.note import Outcome
from levelhead.channels.fields import Fields
from levelhead.channels.lines import Known, batch_of, objects_from
from levelhead.channels.malformed import NOWHERE, Malformed, Place
from levelhead.conversation import Turn

OUTCOME: Final = "outcome"


@dataclass(frozen=True, slots=True)
class PastConversation:
    """A conversation as it went, its turns by number; `place` is where its first turn stood."""

    id: str
    turns: tuple[Turn, ...]
    ended: Outcome
    place: Place = NOWHERE


def history_from(stream: BinaryIO, name: str, *, on_bad: Callable[[Malformed], None]) -> Iterator[PastConversation]:
    """Every conversation of a file, in the order in which they begin there.

    A conversation with a line that is not as agreed is handed over and left out, never half of it taken.
    """
    yield from _gathered(objects_from(stream, name), on_bad)


def history_of_rows(rows: Iterable[object]) -> tuple[PastConversation, ...]:
    """The conversations in the rows of a call. Raises Malformed, nothing left out."""

    def refuse(bad: Malformed) -> None:
        raise bad

    return tuple(_gathered(((NOWHERE, row) for row in rows), refuse))


def _gathered(
    found: Iterable[tuple[Place, object] | Malformed], on_bad: Callable[[Malformed], None]
) -> Iterator[PastConversation]:
    talks: dict[str, list[Turn]] = {}
    began: dict[str, Place] = {}
    ended: dict[str, Outcome] = {}
    spoilt: set[str] = set()
    known = Known()
    for one in found:
        place = one.place if isinstance(one, Malformed) else one[0]
        try:
            if isinstance(one, Malformed):
                raise one
            for turn in batch_of(one[1], place, known).turns:
                _check_moment(turn, place)
                talks.setdefault(turn.conversation, []).append(turn)
                began.setdefault(turn.conversation, place)
            _note_ending(one[1], place, ended)
        except Malformed as bad:
            on_bad(bad)
            spoilt.add(_named(one))
    for name, turns in talks.items():
        if name not in spoilt:
            in_order = tuple(sorted(turns, key=lambda turn: turn.n))
            yield PastConversation(name, in_order, ended.get(name, Outcome.UNSAID), began[name])


def _named(found: tuple[Place, object] | Malformed) -> str:
    value = None if isinstance(found, Malformed) else found[1]
    name = (value.get("conversation") or value.get("id")) if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""


def _note_ending(value: object, place: Place, ended: dict[str, Outcome]) -> None:
    fields = Fields(value, place)
    if fields.get(OUTCOME) is None:
        return
    name, outcome = _named((place, value)), fields.label(OUTCOME, Outcome)
    if ended.setdefault(name, outcome) is not outcome:
        raise fields.bad(OUTCOME, f"the same in every turn of {name!r}")


def _check_moment(turn: Turn, place: Place) -> None:
    """What is past was said at some time; without it, it would count as said now."""
    if turn.said_at is None:
        raise Malformed(
            place=place, field="started_at", expected="when the conversation began, and its zone", found="nothing"
        )
