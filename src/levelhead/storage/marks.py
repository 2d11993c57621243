"""What customers said about the labels of their turns, as it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from levelhead.privacy.objections import Mark
from levelhead.storage import tables


def marks_of(connection: Connection, conversations: Iterable[str]) -> Mapping[str, Mapping[int, tuple[Mark, ...]]]:
    """What was said about the labels of several conversations, by conversation and number of the turn."""
    mark = tables.label_mark.c
    rows = connection.execute(
        select(tables.label_mark).where(mark.conversation.in_(tuple(conversations))).order_by(mark.id)
    )
    found: dict[str, dict[int, tuple[Mark, ...]]] = {}
    for row in rows:
        turns = found.setdefault(row.conversation, {})
        turns[row.n] = (*turns.get(row.n, ()), mark_of(row))
    return found


def mark_of(row: Row[Any]) -> Mark:
    """The mark that a row keeps."""
    return Mark(row.n, row.label, row.instead, row.noted_by, row.at)
