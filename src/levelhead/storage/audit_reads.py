"""Listens which columns are read, so that what is declared of purposes can be held against what happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Engine, Select, Table, event
from sqlalchemy.sql import visitors

from levelhead.people.audit_actor import who_acts
from levelhead.storage.tenancy import TENANT


@contextmanager
def columns_read(engine: Engine, who: str) -> Iterator[set[str]]:
    """The columns that queries of this one (`audit_actor.py`) name in any part, as `table.column`; not the tenant.

    The set fills up until the block ends. What is only written does not count.
    """
    found: set[str] = set()

    def listen(_: Connection, statement: object, *__: object) -> None:
        if isinstance(statement, Select) and who_acts() == who:
            found.update(_columns(statement))

    event.listen(engine, "before_execute", listen)
    try:
        yield found
    finally:
        event.remove(engine, "before_execute", listen)


def _columns(statement: Select[tuple[object, ...]]) -> Iterator[str]:
    for part in visitors.iterate(statement):
        if isinstance(part, Column) and isinstance(part.table, Table) and part.name != TENANT:
            yield f"{part.table.name}.{part.name}"
