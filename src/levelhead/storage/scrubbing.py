"""Scrubbing: after an erasure, no page of the database may still hold what was removed."""

from contextlib import closing

from levelhead.storage.database import Database
from levelhead.storage.plainly import said_plainly


def scrub(database: Database) -> bool:
    """Overwrite what was freed, as far as the database lets us; whether nothing can be left.

    SQLite: the file is written anew without its free space, and the write-ahead log is emptied. Turns wait meanwhile,
    about a second for every 100 MB. PostgreSQL lets only the owner of the tables do as much (`VACUUM FULL`), so False.
    """
    if database.engine.dialect.name != "sqlite":
        return False
    with said_plainly(), closing(database.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(busy, *_)] = cursor.fetchall()
        cursor.close()
    return not busy  # Somebody still reads a moment from before the erasure.
