"""Backup and restore of a PostgreSQL database, through PostgreSQL's own programs (pg_dump, pg_restore, psql)."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from levelhead.storage import postgresql
from levelhead.storage.refusals import CannotKeep, Differs, NotOurs

UNFINISHED = ".part"
_COPY = re.compile(r'^COPY (?:"?[^".]+"?\.)?"?([^" ]+)"? \(.*\) FROM stdin;$')
_TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY 1"
)
_SEES_ALL = "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def back_up(where: URL, to: Path) -> dict[str, int]:
    """Dump the database as it stands at this moment; Levelhead may go on writing to it."""
    engine = postgresql.engine_of(where)
    unfinished = to.with_name(to.name + UNFINISHED)
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
            _check_sees_all(connection)
            expected = _rows(connection)
            moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            unfinished.touch(mode=0o600)
            kept = ("--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}")
            _run("pg_dump", where, *kept, f"--file={unfinished}")
        if _rows_in(unfinished) != expected:
            raise Differs("The backup does not hold the rows of the database, so it was thrown away.")
        unfinished.replace(to)
    except OSError as error:
        raise CannotKeep(f"{to} cannot be written: {error.strerror}") from error
    finally:
        engine.dispose()
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return expected


def restore(copy: Path, where: URL, *, replace: bool) -> dict[str, int]:
    """Put the dump in the place of what the database holds: all of it, or everything stays as it was."""
    expected = _rows_in(copy)
    engine = postgresql.engine_of(where)
    try:
        with closing(postgresql.only_writer(where, alone=True)), engine.connect() as connection:
            _check_sees_all(connection)
            there = _tables(connection)
            connection.rollback()
            if there and not replace:
                raise NotOurs(
                    f"The database {where.database} holds tables already. "
                    "Give --replace to put the backup in their place."
                )
            _load(copy, where, [f'DROP TABLE "{table}" CASCADE' for table in there])
            if _rows(connection) != expected:
                raise Differs("The database does not hold the rows of the backup; restore it again.")
    finally:
        engine.dispose()
    return expected


def _load(copy: Path, where: URL, first: Iterable[str]) -> None:
    with TemporaryDirectory() as folder:  # Only we may look into it.
        script = Path(folder) / "restore.sql"
        _run("pg_restore", None, "--no-owner", "--no-acl", f"--file={script}", str(copy))
        before = [f"--command={statement}" for statement in first]
        whole = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", where, *whole, *before, f"--file={script}")


def _check_sees_all(connection: Connection) -> None:
    role, sees_all = connection.execute(text(_SEES_ALL)).one()
    if not sees_all:
        raise NotOurs(
            f"The role {role} cannot see every tenant's rows. Give --owner the address of a superuser, or of a role "
            "with BYPASSRLS."
        )


def _tables(connection: Connection) -> list[str]:
    return list(connection.scalars(text(_TABLES)))


def _rows(connection: Connection) -> dict[str, int]:
    counted = {table: text(f'SELECT count(*) FROM "{table}"') for table in _tables(connection)}  # noqa: S608
    return {table: connection.execute(count).scalar_one() for table, count in counted.items()}


def _rows_in(copy: Path) -> dict[str, int]:
    """How many rows each table has in a dump, counted in what `pg_restore` would write."""
    rows: dict[str, int] = {}
    command = [_program("pg_restore"), "--data-only", "--file=-", str(copy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as telling:  # noqa: S603
        assert telling.stdout is not None  # noqa: S101 - it was asked for
        assert telling.stderr is not None  # noqa: S101
        table = None
        for line in telling.stdout:
            begun = _COPY.match(line) if table is None else None
            if begun:
                table = begun[1]
                rows[table] = 0
            elif line == "\\.\n":
                table = None
            elif table is not None:
                rows[table] += 1
        said = telling.stderr.read()
    if telling.returncode:
        raise NotOurs(f"{copy} is no backup of a PostgreSQL database ({_first_line(said)}).")
    return rows


def _run(program: str, where: URL | None, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; a password goes by the environment, where other users do not see it."""
    environment = os.environ | {"PGOPTIONS": "-c client_min_messages=warning"}
    command = [_program(program), *arguments]
    if where is not None:
        plain = where.set(drivername="postgresql", password=None)
        command.append(f"--dbname={plain.render_as_string(hide_password=False)}")
        if where.password is not None:
            environment["PGPASSWORD"] = str(where.password)
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        raise CannotKeep(f"{program} could not do it: {_first_line(done.stderr)}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotOurs(f"{name} is not there; install PostgreSQL's client programs, of the server's version or newer.")
    return found


def _first_line(said: str) -> str:
    return said.strip().partition("\n")[0]
