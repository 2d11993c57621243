"""Drops what was read in a conversation and leaves its words."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, insert, select, update

from levelhead.privacy.expiry import expired_advice, expired_reading
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.customers import customer_of
from levelhead.storage.stored import to_stored


def with_labels(until: datetime) -> Select[Any]:
    """The conversations that ended before then and have been read since their labels were last dropped."""
    conversation, end = tables.conversation.c, tables.labels_end.c
    dropped = exists().where(end.conversation == conversation.id, end.at > conversation.heard_at)
    return select(conversation.id).where(conversation.heard_at < until, ~dropped).order_by(conversation.id)


def expire(connection: Connection, books: Books, conversation: str, now: datetime) -> None:
    """Put nothing in the place of every reading and advice of this conversation; answers and marks go with them."""
    of_this = tables.labels_end.c.conversation == conversation
    if not connection.execute(update(tables.labels_end).where(of_this).values(at=now)).rowcount:
        connection.execute(insert(tables.labels_end), {"conversation": conversation, "at": now})
    words = books.words_of(customer_of(connection, conversation))
    reading, advice = to_stored(expired_reading()), to_stored(expired_advice())
    for n in connection.scalars(select(tables.turn.c.n).where(tables.turn.c.conversation == conversation)).all():
        of = tables.reading.c
        dropped = {"emotion": None, "intensity": None, "reading": words.keep(reading, "reading", conversation, n)}
        connection.execute(update(tables.reading).where(of.conversation == conversation, of.n == n).values(dropped))
        kept = words.keep(advice, "advice", conversation, n)
        given = tables.advice.c
        connection.execute(
            update(tables.advice).where(given.conversation == conversation, given.n == n).values(advice=kept)
        )
    for table in (tables.label_mark, tables.card_answer):
        connection.execute(delete(table).where(table.c.conversation == conversation))
