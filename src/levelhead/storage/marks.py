"""What customers said about the labels of their turns, as it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from levelhead.privacy.objections import Mark
from levelhead.storage import tables

_ROW = tables.label_mark.c
_OF_ANY = _ROW.conversation.in_(bindparam("conversations", expanding=True))
_MARKS = select(tables.label_mark).where(_OF_ANY).order_by(_ROW.id)


def marks_of(connection: Connection, conversations: Iterable[str]) -> Mapping[str, Mapping[int, tuple[Mark, ...]]]:
    """What was said about the labels of several conversations, by conversation and number of the turn."""
    rows = connection.execute(_MARKS, {"conversations": tuple(conversations)})
    found: dict[str, dict[int, tuple[Mark, ...]]] = {}
    for row in rows:
        turns = found.setdefault(row.conversation, {})
        turns[row.n] = (*turns.get(row.n, ()), mark_of(row))
    return found


def mark_of(row: Row[Any]) -> Mark:
    """The mark that a row keeps."""
    return Mark(row.n, row.label, row.instead, row.noted_by, row.at)
