"""Both databases, for tests: a file, and a real PostgreSQL that starts with the first test that wants it.

`database_url` gives a test an empty database of each kind in turn, ready for the application; `library` and `books`
are opened over it. For one kind only: `pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from levelhead.storage.books import Books
from levelhead.storage.library import Library
from tests.postgresql import PostgreSQL

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """The server, for a test that wants more of it than an address."""
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the application would find an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'levelhead.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.ready()
    yield server.application(name)
    server.drop(name)


@pytest.fixture
def full_disk(request: pytest.FixtureRequest, library: Library) -> Callable[[bool], None]:
    """Fills the disk, as far as the database under test can tell, and makes room again."""
    engine = library.database.engine
    if engine.dialect.name == "sqlite":
        pages = [1_000_000]

        @event.listens_for(engine, "begin")
        def _size(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages[0]}")

        return lambda full: pages.__setitem__(0, 1 if full else 1_000_000)  # SQLite makes 1 the pages in use.
    server: PostgreSQL = request.getfixturevalue("postgresql")
    server.say(_FULL, str(engine.url.database))
    return lambda full: server.say(
        f"ALTER TABLE turn {'ENABLE' if full else 'DISABLE'} TRIGGER full_disk", str(engine.url.database)
    )


# What the server says when it cannot make a file longer, in its own words and with its own number.
_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file "base/5/16384": No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON turn FOR EACH ROW EXECUTE FUNCTION full_disk();
ALTER TABLE turn DISABLE TRIGGER full_disk;
"""


@pytest.fixture
def library(database_url: str) -> Iterator[Library]:
    """The library over that database, with its first tenant."""
    opened = Library.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def books(library: Library) -> Books:
    """The books of the first tenant."""
    return library.of(library.first.id)
