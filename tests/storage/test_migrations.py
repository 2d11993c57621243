"""A database of any released version comes up to this one with everything that was in it, on both databases.

`released/NNNN.json` holds the rows of a database that was written by the version whose newest migration is NNNN.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, create_engine, insert, make_url, select, text

from levelhead import packs
from levelhead.live.hearing import make_of
from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from levelhead.storage.migrating import migrate
from levelhead.storage.owning import prepare
from levelhead.storage.stored import to_stored
from levelhead.storage.teams import Teams
from tests.databases import KINDS
from tests.people import mr_doyle
from tests.postgresql import PostgreSQL

RELEASED = sorted(Path(__file__).with_name("released").glob("*.json"))
PARENTS_FIRST = ("conversation", "turn", "reading", "advice", "card_answer", "audit")

Row = dict[str, str | int | None]


def rows_of(released: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = json.loads(released.read_text(encoding="utf-8"))
    return found


def fill(connection: Connection, released: Path) -> None:
    """Make the tables of that version, with what its rows say."""
    migrate(connection, released.stem)
    there = MetaData()
    there.reflect(connection)
    for name in PARENTS_FIRST:
        connection.execute(insert(there.tables[name]), rows_of(released)[name])


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(params=KINDS)
def upgraded(released: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """The library of a database that the released version wrote."""
    url = f"sqlite:///{tmp_path / 'levelhead.db'}"
    if request.param == "sqlite":
        written(url, released)
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        name = server.empty()
        url = server.application(name)
        written(server.owner(name), released)
        prepare(server.owner(name), url)
    library = Library.open(url)
    yield library
    library.close()
    if request.param == "postgresql":
        server.drop(name)


def written(url: str, released: Path) -> None:
    engine = create_engine(make_url(url.replace("postgresql:", "postgresql+psycopg:")))
    with engine.begin() as connection:
        fill(connection, released)
    engine.dispose()


def books_of(library: Library) -> Books:
    return library.of(library.first.id)


def assert_says_the_same(now: str, then: str | int | None) -> None:
    """What was said then is said now; a field that has come since is there and says nothing."""
    said, before = json.loads(now), json.loads(str(then))
    assert said == dict.fromkeys(said) | before


def test_every_turn_is_there_as_it_was_kept(upgraded: Library, released: Path) -> None:
    rows = rows_of(released)
    books = books_of(upgraded)
    assert set(books.conversation_ids()) == {row["id"] for row in rows["conversation"]}
    made = {row["arrival"]: row["reading"] for row in rows["reading"]}
    for conversation in books.conversation_ids():
        turns = [row for row in rows["turn"] if row["conversation"] == conversation]
        turns.sort(key=lambda row: int(row["arrival"] or 0))
        kept = [(one.arrival, to_stored(one.heard.turn)) for one in books.arrivals(conversation)]
        assert [arrival for arrival, _ in kept] == [row["arrival"] for row in turns]
        for (_, now), row in zip(kept, turns, strict=True):
            assert_says_the_same(now, row["turn"])
        assert all(to_stored(one.heard.reading) == made[one.arrival] for one in books.arrivals(conversation))


def test_answers_and_audit_keep_their_order_and_their_moments(upgraded: Library, released: Path) -> None:
    rows = rows_of(released)
    books = books_of(upgraded)
    answers = [(one.card, one.answer, one.at, one.after) for one in books.card_answers("the-late-refund")]
    assert answers == [
        (row["card"], row["answer"], datetime.fromisoformat(str(row["answered_at"])), row["after"])
        for row in rows["card_answer"]
    ]
    with books.shelf.reading() as connection:
        audit = connection.execute(select(tables.audit).order_by(tables.audit.c.id)).all()
    assert [(row.at, row.deed, row.conversation, row.subject) for row in audit] == [
        (datetime.fromisoformat(str(row["at"])), row["deed"], row["conversation"], row["subject"])
        for row in rows["audit"]
    ]


def test_all_of_it_belongs_to_the_first_tenant_and_its_team(upgraded: Library) -> None:
    (tenant,) = upgraded.tenants()
    (team,) = Teams(upgraded.shelf(tenant.id)).all()
    assert (tenant.slug, team.rollout) == ("default", Rollout.ON)
    with upgraded.shelf(tenant.id).reading() as connection:
        assert set(connection.scalars(select(tables.conversation.c.team))) == {team.id}


def test_conversations_go_on_where_they_were(upgraded: Library) -> None:
    books = books_of(upgraded)
    with books.turn_of("the-late-refund") as book:
        last = book.kept[-1].arrival
        book.keep(make_of(mr_doyle("And now?", 9), book.timeline, reader=None, pack=packs.load("en-GB")))
    assert books.arrivals("the-late-refund")[-1].arrival == last + 1
    assert books.conversations()[0].turns == 6


def test_nothing_is_left_of_the_old_tables(upgraded: Library) -> None:
    with upgraded.database.reading() as connection:
        there = MetaData()
        there.reflect(connection)
    assert set(there.tables) == {*tables.metadata.tables, "alembic_version"}


def test_the_tables_are_those_that_the_code_speaks_of(upgraded: Library) -> None:
    with upgraded.database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_a_migration_that_fails_leaves_the_database_as_it_was(released: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'levelhead.db'}"
    written(url, released)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET at = 'no moment' WHERE seq = (SELECT max(seq) FROM audit)"))
    with pytest.raises(ValueError, match="no moment"):
        Library.open(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == released.stem
        assert connection.execute(text("SELECT count(*) FROM turn")).scalar_one() == len(rows_of(released)["turn"])
    engine.dispose()
