"""SQLite: a file that one process writes, safe from a power cut."""

import fcntl
import os
import sqlite3
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs

BUSY_TIMEOUT_MS = (
    5_000  # A backup or another reader may hold the file for a moment; a person waits no longer than this.
)

_AT_WORK = "A levelhead command that must not be disturbed is still at work"


def engine_of(where: URL, *, read_only: bool) -> Engine:
    """An engine whose transactions begin where we say and are on disk when they end."""
    if read_only and not Path(where.database or "").is_file():
        raise NotOurs(f"There is no Levelhead database at {where.database}")
    # Parameters are customers' words: an error message must not carry them into a log.
    engine = create_engine(where, hide_parameters=True, pool_size=8, max_overflow=64)

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # Transactions begin where `_begin` says, not where the driver guesses.
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")  # What was removed is overwritten, not only forgotten.
        connection.execute("PRAGMA synchronous = FULL")  # An acknowledged turn survives a power cut.

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def only_writer(where: URL, *, alone: bool = False) -> ExitStack:
    """The lock that this process holds as long as it lives; the system lets go of it however the process ends.

    `alone`: no command may be at work beside it either.
    """
    with ExitStack() as locks:
        lock = locks.enter_context(_opened(where, "lock"))
        _lock(lock, fcntl.LOCK_EX, _who_holds(lock, where, alone=alone))
        if alone:
            _lock(locks.enter_context(_opened(where, "guests")), fcntl.LOCK_EX, f"{_AT_WORK} on {where.database}.")
        # The number is only for the sentence that a second one is told; a disk too full is found out by the first turn.
        with suppress(OSError):
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
        return locks.pop_all()


def guest(where: URL) -> TextIO:
    """The lock of a command that writes beside a running Levelhead: any number of them, but none of those `alone`."""
    lock = _opened(where, "guests")
    _lock(lock, fcntl.LOCK_SH, f"{_AT_WORK} on {where.database} with Levelhead stopped.")
    return lock


def is_there(where: URL) -> bool:
    """Whether a file with something in it is there."""
    path = Path(str(where.database))
    return path.is_file() and path.stat().st_size > 0


def _opened(where: URL, ending: str) -> TextIO:
    path = Path(f"{where.database}.{ending}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+", encoding="ascii")
        # What customers said is for the account that runs Levelhead; WAL and shared memory take the file's own mode.
        Path(str(where.database)).touch(mode=0o600)
    except OSError as error:
        raise CannotKeep(f"The folder {path.parent} cannot be written: {error.strerror}") from error
    return lock


def _lock(lock: TextIO, how: int, refusal: str) -> None:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise AlreadyOpen(refusal) from error


def _who_holds(lock: TextIO, where: URL, *, alone: bool) -> str:
    lock.seek(0)
    process = lock.read().strip()
    by = f" (process {process})" if process else ""
    if alone:
        return f"Levelhead{by} is running on {where.database}. This needs it stopped: stop it, then try again."
    return (
        f"Another Levelhead{by} is writing to {where.database}. Only one may. "
        "Stop it first, or give this one another data directory."
    )
