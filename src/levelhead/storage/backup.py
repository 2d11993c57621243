"""Copies of a whole database that are read again before they count, and the way back.

A copy is of one moment, made while Levelhead may be writing. One that does not hold, table by table, as many rows as
there were in that moment is thrown away (Differs).
"""

from collections.abc import Mapping
from pathlib import Path

from levelhead.storage import backup_postgresql, backup_sqlite
from levelhead.storage.database import located
from levelhead.storage.owning import prepare
from levelhead.storage.plainly import said_plainly
from levelhead.storage.refusals import NotOurs

Rows = Mapping[str, int]
"""How many rows each table has."""


def back_up(database: str, to: Path) -> Rows:
    """Copy the database to a new file, and say what is in it.

    PostgreSQL wants the address of a role that sees every tenant. Raises NotOurs, CannotKeep or Differs.
    """
    where = located(database)
    if to.exists():
        raise NotOurs(f"{to} is there already; give the backup another name.")
    with said_plainly():
        if where.get_backend_name() == "sqlite":
            return backup_sqlite.back_up(where, to)
        return backup_postgresql.back_up(where, to)


def restore(copy: Path, database: str, application: str, *, replace: bool = False) -> Rows:
    """Put a copy in the place of the database, and say what is in it; nothing is lost without `replace`.

    `database` is the owner's address and `application` Levelhead's; for SQLite both are the file. Raises AlreadyOpen,
    NotOurs, CannotKeep or Differs.
    """
    where = located(database)
    if not copy.is_file():
        raise NotOurs(f"There is no backup at {copy}")
    with said_plainly():
        if where.get_backend_name() == "sqlite":
            return backup_sqlite.restore(copy, where, replace=replace)
        rows = backup_postgresql.restore(copy, where, replace=replace)
    prepare(database, application)
    return rows
