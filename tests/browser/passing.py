"""Time that passes in a server's books, so that nobody has to wait for it."""

from datetime import timedelta

from sqlalchemy import update

from levelhead.storage import tables
from tests.browser.server import Server


def time_passes(server: Server, conversation: str, **by: float) -> None:
    """Everything that was begun in this conversation was begun, and is due, that much earlier."""
    row, passed = tables.case_item.c, timedelta(**by)
    with server.library() as library, library.shelf(library.first.id).writing() as connection:
        found = tables.case_item.select().where(row.conversation == conversation)
        for item in connection.execute(found).all():
            then = {"opened_at": item.opened_at - passed, "due_at": item.due_at and item.due_at - passed}
            connection.execute(update(tables.case_item).where(row.id == item.id).values(then))
