"""What customers say about the labels of their turns."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from levelhead.conversation import Timeline
from levelhead.people.audit import Deed
from levelhead.privacy.objections import Mark, as_marked, check_label
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf


class Objections:
    """The objections in one tenant's conversations. Nothing is overwritten; the last word on a label stands."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def note(self, conversation: str, n: int, label: str, noted_by: str, instead: str | None = None) -> Mark:
        """Write down that a label is disputed, or what is right. Raises NotALabel, or CannotKeep for no turn."""
        mark = Mark(n, check_label(label), check_label(instead) if instead else None, noted_by, self._clock())
        row = {"id": new_id(), "conversation": conversation, "n": n, "label": mark.label, "instead": mark.instead}
        with self._shelf.writing() as connection:
            connection.execute(insert(tables.label_mark), row | {"noted_by": noted_by, "at": mark.at})
            note(connection, Deed.LABEL_MARKED, n, conversation=conversation, at=mark.at)
        return mark

    def of(self, conversation: str) -> Mapping[int, tuple[Mark, ...]]:
        """What was said about the labels of this conversation, by the number of the turn, oldest first."""
        with self._shelf.reading() as connection:
            return _marks(connection, conversation)

    def shown(self, conversation: str, timeline: Timeline) -> Timeline:
        """The timeline as it is to be shown to anyone: with what customers put right."""
        marks = self.of(conversation)
        return tuple(
            replace(heard, reading=as_marked(heard.reading, marks[heard.turn.n])) if heard.turn.n in marks else heard
            for heard in timeline
        )


def _marks(connection: Connection, conversation: str) -> Mapping[int, tuple[Mark, ...]]:
    mark = tables.label_mark.c
    rows = connection.execute(select(tables.label_mark).where(mark.conversation == conversation).order_by(mark.id))
    found: dict[int, tuple[Mark, ...]] = {}
    for row in rows:
        said = Mark(row.n, row.label, row.instead, row.noted_by, row.at)
        found[row.n] = (*found.get(row.n, ()), said)
    return found
