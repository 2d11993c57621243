"""How the database is, asked without a turn: whether it answers, whether it takes something, how much room it has."""

import os
import shutil
from pathlib import Path

from sqlalchemy import insert, select, update

from levelhead.storage import tables
from levelhead.storage.database import Database
from levelhead.storage.migrating import is_newest

WEIGHT = 65_536
"""Bytes: more than any free corner of a page, so that a full disk cannot hide."""


def check_answers(database: Database) -> None:
    """Raises CannotKeep where the database cannot be read."""
    with database.reading() as connection:
        connection.execute(select(tables.pulse.c.id)).all()


def check_takes(database: Database) -> None:
    """Raises CannotKeep where the database takes nothing: writes something of a turn's size, and takes it away."""
    # Bytes by chance, since PostgreSQL would make others smaller.
    for weight in (os.urandom(WEIGHT), b""):
        with database.writing() as connection:
            if not connection.execute(update(tables.pulse).values(weight=weight)).rowcount:
                connection.execute(insert(tables.pulse), {"id": 1, "weight": weight})


def is_of_this_version(database: Database) -> bool:
    """Whether its tables are those that this version speaks of. Raises CannotKeep where it cannot be read."""
    with database.reading() as connection:
        return is_newest(connection)


def free_bytes(database: Database) -> int | None:
    """Room on the disk of a SQLite file; None for a server, which knows its own disk."""
    where = database.engine.url
    if where.get_backend_name() != "sqlite" or not where.database:
        return None
    return shutil.disk_usage(Path(where.database).parent).free
