"""Backup and restore of a SQLite file, through SQLite's own online backup."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import URL

from levelhead.storage.refusals import CannotKeep, Differs, NotOurs
from levelhead.storage.sqlite import only_writer

UNFINISHED = ".part"


def back_up(where: URL, to: Path) -> dict[str, int]:
    """Copy the file as it stands at this moment; another process may go on writing to it."""
    source = Path(str(where.database))
    if not source.is_file():
        raise NotOurs(f"There is no Levelhead database at {source}")
    return _copied(source, to)


def restore(copy: Path, where: URL, *, replace: bool) -> dict[str, int]:
    """Put the copy in the place of the file."""
    target = Path(str(where.database))
    if target.is_file() and target.stat().st_size and not replace:
        raise NotOurs(f"{target} holds a database already. Give --replace to put the backup in its place.")
    with closing(only_writer(where, alone=True)):
        return _copied(copy, target, instead_of=target)


def _copied(source: Path, to: Path, instead_of: Path | None = None) -> dict[str, int]:
    unfinished = to.with_name(to.name + UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)  # What customers said is for the account that runs Levelhead.
        rows = _copy(source, unfinished)
        if instead_of is not None:
            _let_go_of_log(instead_of)
        unfinished.replace(to)
        _sync(to.parent)
    except OSError as error:
        raise CannotKeep(f"{to} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return rows


def _copy(source: Path, to: Path) -> dict[str, int]:
    with _opened(source) as original, closing(sqlite3.connect(to, isolation_level=None)) as copy:
        original.execute("BEGIN")  # From the first count to the last page, one moment.
        expected = _rows(original)
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # All in one file.
        if damage := _damage(copy):
            raise Differs(f"{source} is damaged, so its copy was thrown away: {damage}")
        if _rows(copy) != expected:
            raise Differs("The copy does not hold the rows of the original, so it was thrown away.")
    _sync(to)
    return expected


def _damage(copy: sqlite3.Connection) -> str | None:
    found: str = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        return found
    astray = copy.execute("PRAGMA foreign_key_check").fetchone()
    return astray and f"rows of {astray[0]} belong to nothing"


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A database of ours, to be read."""
    # Not mode=ro, which cannot read a log that a killed process left; query_only writes nothing either.
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only = ON")
        try:
            ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        except sqlite3.DatabaseError:
            ours = (0,)
        if not ours[0]:
            raise NotOurs(f"{file} is no database of Levelhead's.")
        yield connection


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    tables = [row[0] for row in connection.execute(named)]
    return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608


def _let_go_of_log(file: Path) -> None:
    """Bring a file's write-ahead log home: beside another file, SQLite would take it for that file's own."""
    if not file.is_file():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have it on disk, and not only on the way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
