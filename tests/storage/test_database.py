"""The file: made by the migrations, written by one process, and plain about what goes wrong."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, event, insert, make_url, text

from levelhead.storage import tables
from levelhead.storage.columns import new_id
from levelhead.storage.database import Database, open_database
from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs

A_TENANT = {"id": new_id(), "name": "Kettles Ltd", "slug": "kettles", "made_at": datetime(2025, 3, 6, tzinfo=UTC)}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'books' / 'levelhead.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def pragma(connection: Connection, name: str) -> object:
    return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def test_migrations_build_the_tables_that_the_code_speaks_of(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_every_table_of_ours_is_strict(database: Database) -> None:
    with database.reading() as connection:
        strict = set(connection.scalars(text("SELECT name FROM pragma_table_list WHERE strict")))
    assert strict == set(tables.metadata.tables)


def test_an_acknowledged_write_survives_a_power_cut(database: Database) -> None:
    with database.writing() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1


def test_what_fails_halfway_leaves_nothing_behind(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(insert(tables.tenant), A_TENANT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tenant")).scalar_one() == 0


def test_opening_again_keeps_what_was_there(url: str) -> None:
    first = open_database(url)
    with first.writing() as connection:
        connection.execute(insert(tables.tenant), A_TENANT)
    first.close()
    second = open_database(url)
    with second.reading() as connection:
        assert connection.execute(text("SELECT slug FROM tenant")).scalar_one() == "kettles"
    second.close()


def test_a_second_process_is_told_who_writes(database: Database, url: str) -> None:
    code = f"from levelhead.storage.database import open_database; open_database({url!r})"
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "AlreadyOpen: Another Levelhead (process " in second.stderr


@pytest.mark.usefixtures("database")
def test_reading_is_possible_while_another_writes(url: str) -> None:
    with pytest.raises(AlreadyOpen):
        open_database(url)
    reader = open_database(url, read_only=True)
    with pytest.raises(CannotKeep, match="write-protected"), reader.writing() as connection:
        connection.execute(insert(tables.tenant), A_TENANT)
    reader.close()


def test_closing_lets_the_next_one_write(url: str) -> None:
    open_database(url).close()
    open_database(url).close()


def test_a_full_disk_is_said_plainly_and_what_was_kept_stays(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(tables.tenant), A_TENANT)

    @event.listens_for(database.engine, "begin")
    def _no_more_pages(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite makes it the pages in use.

    with pytest.raises(CannotKeep, match="The disk is full, so this was not kept"), database.writing() as connection:
        connection.execute(insert(tables.tenant), A_TENANT | {"id": new_id(), "slug": "x" * 100_000})
    with database.reading() as connection:
        assert connection.execute(text("SELECT slug FROM tenant")).scalars().all() == ["kettles"]


def test_a_busy_database_is_said_plainly(database: Database, url: str) -> None:
    with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        @event.listens_for(database.engine, "checkout")
        def _impatient(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute("PRAGMA busy_timeout = 1")

        with pytest.raises(CannotKeep, match="The database is busy"), database.writing():
            pytest.fail("two writers at once")


def test_a_refusal_never_repeats_what_was_said(database: Database) -> None:
    with pytest.raises(CannotKeep) as refused, database.writing() as connection:
        connection.execute(insert(tables.tenant), A_TENANT | {"made_at": None, "name": "Mr Doyle"})
    assert "Doyle" not in str(refused.value)
    assert "Doyle" not in str(refused.value.__cause__)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite://", "in memory"),
        ("not a url", "not one that can be opened"),
        ("nosuch://x/y", "not one that can be"),
        ("mysql://x/y", "not one that"),
    ],
)
def test_a_database_that_would_keep_nothing_is_refused(url: str, why: str) -> None:
    with pytest.raises(NotOurs, match=why):
        open_database(url)


def test_only_the_account_that_runs_it_can_read_the_books(url: str, tmp_path: Path) -> None:
    opened = open_database(url)
    with opened.writing() as connection:
        connection.execute(insert(tables.tenant).values(A_TENANT))
        books = [path for path in (tmp_path / "books").iterdir() if path.suffix != ".lock"]
        assert {oct(path.stat().st_mode & 0o777) for path in books} == {"0o600"}
    opened.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(CannotKeep, match=r"The folder .*data cannot be written"):
        open_database(f"sqlite:///{tmp_path / 'data' / 'levelhead.db'}")


def test_reading_makes_no_new_file(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="no Levelhead database"):
        open_database(url, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_refuses_tables_of_another_version(database: Database, url: str) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    with pytest.raises(NotOurs, match="not of this version"):
        open_database(url, read_only=True)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "levelhead.db").write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(CannotKeep, match="file is not a database"):
        open_database(f"sqlite:///{tmp_path / 'levelhead.db'}")
