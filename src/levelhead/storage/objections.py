"""What customers say about the labels of their turns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select

from levelhead.conversation import Timeline
from levelhead.people.audit import Deed
from levelhead.privacy.objections import Mark, as_marked, check_label
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.marks import mark_of, marks_of


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
        return self._shelf.once(("marks", conversation), lambda: self.among((conversation,)).get(conversation, {}))

    def among(self, conversations: Iterable[str]) -> Mapping[str, Mapping[int, tuple[Mark, ...]]]:
        """What was said about the labels of each of these conversations, as `of` has it."""
        with self._shelf.reading() as connection:
            return marks_of(connection, conversations)

    def shown(self, conversation: str, timeline: Timeline) -> Timeline:
        """The timeline as it is to be shown to anyone: with what customers put right."""
        return as_put_right(timeline, self.of(conversation))

    def by_arrival(self, conversation: str) -> tuple[tuple[int, Mark], ...]:
        """Every mark with the arrival of the last turn that had been heard by then, so that replay can follow."""
        mark, turn = tables.label_mark.c, tables.turn.c
        heard = select(turn.arrival, turn.heard_at).where(turn.conversation == conversation)
        with self._shelf.reading() as connection:
            rows = connection.execute(
                select(tables.label_mark).where(mark.conversation == conversation).order_by(mark.id)
            ).all()
            arrivals = connection.execute(heard).all()
        return tuple(
            (max((one.arrival for one in arrivals if one.heard_at <= row.at), default=0), mark_of(row)) for row in rows
        )


def as_put_right(timeline: Timeline, marks: Mapping[int, tuple[Mark, ...]]) -> Timeline:
    """The timeline with what customers said of its labels, by the number of the turn, in the place of what was read."""
    return tuple(
        replace(heard, reading=as_marked(heard.reading, marks[heard.turn.n])) if heard.turn.n in marks else heard
        for heard in timeline
    )
