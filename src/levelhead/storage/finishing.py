"""Finishing an erasure on PostgreSQL, as the owner: what was removed leaves the files, too.

A row that was deleted stays in three places that Levelhead's own role cannot reach: in freed pages of its table, in
the planner's statistics, and in the write-ahead log. The last is the long one: PostgreSQL keeps files of the log for
its own use under new names, with all that was in them, until they are written over (`wal_recycle`).
"""

from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Column, Connection, NullPool, Text, text

from levelhead.storage import postgresql, tables
from levelhead.storage.database import located
from levelhead.storage.migrating import is_newest
from levelhead.storage.plainly import said_plainly
from levelhead.storage.refusals import CannotKeep, NotOurs

PATIENCE_S = 30.0
"""How long to wait for transactions that began before; Levelhead's own end within moments."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The tables hold nothing any more; `left` files of the write-ahead log may, for what `held_by` says.

    None: the role may not turn the log over, so nobody knows.
    """

    left: int | None
    held_by: tuple[str, ...] = ()


def finish(owner: str) -> Finished:
    """Rid tables, statistics and write-ahead log of removed rows, while Levelhead runs or not; turns wait meanwhile.

    Raises NotOurs for a role that does not own the database, CannotKeep while a transaction still sees the rows.
    """
    where = located(owner)
    if where.get_backend_name() != "postgresql":
        raise NotOurs("A SQLite file needs no finishing: erasing and retention write it anew themselves.")
    engine = postgresql.engine_of(where, pool=NullPool)
    with said_plainly(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _check_ours(connection)
        _wait_for_readers(connection)
        _drop_statistics(connection)
        connection.execute(text("VACUUM FULL"))
        connection.execute(text("ANALYZE"))
        return _turn_log_over(connection) if connection.scalar(text(_MAY_TURN_OVER)) else Finished(None)


def _check_ours(connection: Connection) -> None:
    if not connection.scalar(text(_OWNS)):
        raise NotOurs("This wants the role that owns the database, or a superuser: only they may write it anew.")
    if not is_newest(connection):
        raise NotOurs("The database is not of this version; run `levelhead migrate` on it first.")


def _wait_for_readers(connection: Connection) -> None:
    """VACUUM FULL keeps a removed row for as long as any transaction may still look at it."""
    since = connection.execute(text("SELECT pg_current_xact_id()::xid")).scalar_one()
    end = monotonic() + PATIENCE_S
    while readers := connection.scalars(text(_READERS), {"since": str(since)}).all():
        if monotonic() > end:
            raise CannotKeep(
                f"Still open and able to see what was removed: {', '.join(readers)}. End that, then run this again."
            )
        sleep(0.1)


def _drop_statistics(connection: Connection) -> None:
    """Drop the values that the planner has noted of each column of texts.

    ANALYZE alone would leave those of a table that is empty now, and only a superuser may delete them.
    """
    for table in tables.metadata.sorted_tables:
        names = [one.name for one in table.columns if isinstance(one.type, Text) and not _is_key(one)]
        if names:
            changes = ", ".join(f"ALTER COLUMN {name} TYPE text" for name in names)
            connection.execute(text(f"ALTER TABLE {table.name} {changes}"))


def _is_key(column: Column[Any]) -> bool:
    """Keys are ids, which the audit keeps anyway."""
    return column.primary_key or bool(column.foreign_keys)


def _turn_log_over(connection: Connection) -> Finished:
    """Have every file of the log written over or removed; a switch fills the file up to its end."""
    _switch(connection)
    # Files have whole seconds: from this one on, what was written is later than what was removed.
    moment = connection.execute(text(_NEXT_SECOND)).scalar_one()
    connection.execute(text("SELECT pg_sleep(1)"))
    count = connection.execute(text(_FILES)).scalar_one()
    for _ in range(2 * count + 2):
        _switch(connection)
        if not connection.scalar(text(_OLDER), {"moment": moment}):
            break
    _switch(connection)  # The file in use until now may be an older one from where it was written on.
    left = connection.execute(text(_OLDER), {"moment": moment}).scalar_one()
    return Finished(left, tuple(connection.scalars(text(_HOLDS))) if left else ())


def _switch(connection: Connection) -> None:
    connection.execute(text("SELECT pg_switch_wal()"))
    connection.execute(text("CHECKPOINT"))


_OWNS = """
SELECT rolsuper OR pg_has_role(current_user, datdba, 'MEMBER')
FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
"""
_READERS = """
SELECT 'process ' || pid || ' of ' || coalesce(usename, backend_type) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND coalesce(datname, current_database()) = current_database()
  AND age(backend_xmin) >= age(cast(:since AS xid))
UNION ALL SELECT 'replication slot ' || slot_name FROM pg_replication_slots
WHERE age(xmin) >= age(cast(:since AS xid))
UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()
"""
_MAY_TURN_OVER = """
SELECT (rolsuper OR pg_has_role(current_user, 'pg_checkpoint', 'MEMBER'))
   AND has_function_privilege('pg_switch_wal()', 'EXECUTE') AND has_function_privilege('pg_ls_waldir()', 'EXECUTE')
FROM pg_roles WHERE rolname = current_user
"""
_NEXT_SECOND = "SELECT date_trunc('second', clock_timestamp()) + interval '1 second'"
_FILES = r"SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'"
_OLDER = rf"{_FILES} AND modification < :moment"
_HOLDS = """
SELECT 'archiving' FROM pg_settings WHERE name = 'archive_mode' AND setting <> 'off'
UNION ALL SELECT 'wal_keep_size' FROM pg_settings WHERE name = 'wal_keep_size' AND setting <> '0'
UNION ALL SELECT 'the replication slot ' || slot_name FROM pg_replication_slots
"""
