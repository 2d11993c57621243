"""The database file: opened safely, brought to the newest tables, and written by one process only."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs

BUSY_TIMEOUT_MS = (
    5_000  # A backup or another reader may hold the file for a moment; a person waits no longer than this.
)


class Database:
    """An open database; `writing` and `reading` are its only doors."""

    def __init__(self, engine: Engine, lock: TextIO | None) -> None:
        self.engine = engine
        self._lock_file = lock
        # SQLite polls for its write lock with growing pauses; waiting for our own threads here is fair and quicker.
        self._one_writer = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on disk when this ends, or none of it (CannotKeep)."""
        with self._one_writer, _said_plainly(), self.engine.connect() as connection:
            begun = connection.execution_options(begin="BEGIN IMMEDIATE")
            with begun.begin():
                yield begun

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one moment of the database."""
        with _said_plainly(), self.engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let another process write."""
        self.engine.dispose()
        if self._lock_file is not None:
            self._lock_file.close()


def open_database(url: str, *, read_only: bool = False) -> Database:
    """Open the database, creating or migrating it unless `read_only`.

    Raises AlreadyOpen when another process writes to it, NotOurs when it cannot be used as it is, CannotKeep when the
    disk refuses.
    """
    where = _checked(url)
    lock = None if read_only else _only_writer(where)
    try:
        engine = _engine(where, read_only=read_only)
        with _said_plainly():
            _check_tables(engine, where) if read_only else _migrate(engine)
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    return Database(engine, lock)


def _checked(url: str) -> URL:
    try:
        where = make_url(url)
        where.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise NotOurs("The database URL is not one that can be opened; try sqlite:////path/to/levelhead.db") from error
    if where.get_backend_name() == "sqlite" and where.database in {None, "", ":memory:"}:
        raise NotOurs("Levelhead needs a database file; in memory nothing would be kept")
    return where


def _only_writer(where: URL) -> TextIO | None:
    """The lock that this process holds as long as it lives; the system lets go of it however the process ends."""
    if where.get_backend_name() != "sqlite":
        return None
    path = Path(f"{where.database}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+", encoding="ascii")
        # What customers said is for the account that runs Levelhead; WAL and shared memory take the file's own mode.
        Path(str(where.database)).touch(mode=0o600)
    except OSError as error:
        raise CannotKeep(f"The folder {path.parent} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyOpen(_who_holds(lock, where)) from error
    # The number is only for the sentence above; a disk too full for it is found out by the first turn.
    with suppress(OSError):
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
    return lock


def _who_holds(lock: TextIO, where: URL) -> str:
    with lock:
        lock.seek(0)
        process = lock.read().strip()
    by = f" (process {process})" if process else ""
    return (
        f"Another Levelhead{by} is writing to {where.database}. Only one may. "
        "Stop it first, or give this one another data directory."
    )


def _engine(where: URL, *, read_only: bool) -> Engine:
    if read_only and where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise NotOurs(f"There is no Levelhead database at {where.database}")
    # Parameters are customers' words: an error message must not carry them into a log.
    engine = create_engine(where, hide_parameters=True, pool_size=8, max_overflow=64)
    if where.get_backend_name() == "sqlite":
        _use_sqlite_safely(engine, read_only=read_only)
    return engine


def _use_sqlite_safely(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # Transactions begin where `_begin` says, not where the driver guesses.
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # An acknowledged turn survives a power cut.

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _check_tables(engine: Engine, where: URL) -> None:
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != ScriptDirectory.from_config(_alembic()).get_current_head():
        raise NotOurs(f"{where.render_as_string()} is not of this version; start `levelhead serve` on it once")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


_WHY = {
    "full": "The disk is full, so this was not kept. Make room and send it again.",
    "locked": "The database is busy, so this was not kept. Send it again in a moment.",
    "readonly": "The database is write-protected, so this was not kept.",
}


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        why = next(
            (why for sign, why in _WHY.items() if sign in said), f"The database refused, so this was not kept: {said}."
        )
        raise CannotKeep(why) from error
