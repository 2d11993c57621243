"""After an erasure nothing of the customer is left: in no table, in no file of either database, in no older backup."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from levelhead.cli.app import app
from levelhead.live.events import Kind
from levelhead.people.audit import Deed
from levelhead.privacy.retention import Kept
from levelhead.storage import tables
from levelhead.storage.audit import Audit
from levelhead.storage.backup import back_up, restore
from levelhead.storage.books import Books, utc_now
from levelhead.storage.customers import Customers
from levelhead.storage.erasure import Erasure
from levelhead.storage.finishing import Finished, finish
from levelhead.storage.holds import Holds
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox
from levelhead.storage.owning import prepare
from levelhead.storage.refusals import NotOurs
from levelhead.storage.retention import Retention
from levelhead.storage.vault import open_vault
from tests.people import mr_doyle
from tests.postgresql import PostgreSQL
from tests.storage.customers import PLANTED, anything_left, keep_said, leave_everywhere, planted
from tests.storage.test_erasure import everything

REFUND, OTHERS = "the-late-refund", "somebody-else"
STAYS = {"audit", "customer", "event"}
"""What speaks of an erased customer by an id, and says nothing else of them."""


@pytest.fixture(params=[True, False], ids=["encrypted", "in the clear"])
def encrypts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def library(database_url: str, tmp_path: Path, encrypts: bool) -> Iterator[Library]:
    opened = Library.open(database_url, vault=open_vault(tmp_path / "keys", encrypts=encrypts))
    yield opened
    opened.close()


@pytest.fixture
def customer(books: Books) -> UUID:
    """Mr Quillfeather, in every table that can hold something of him; somebody else is there, too."""
    keep_said(books, *planted())
    keep_said(books, mr_doyle("Where is it?", conversation=OTHERS, customer="Mrs Okafor", customer_ref="crm-2"))
    leave_everywhere(books)
    found = Customers(books.shelf, books.vault).referred("crm-918273645")
    assert found is not None
    return found


def traces_in(folder: Path) -> list[tuple[str, str]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in PLANTED if word.encode() in path.read_bytes()]


def owner_of(library: Library, postgresql: PostgreSQL) -> str:
    return postgresql.owner(str(library.database.engine.url.database))


def test_every_table_that_can_hold_something_of_a_customer_holds_nothing_afterwards(
    books: Books, customer: UUID
) -> None:
    can_hold = {
        table.name for table in tables.metadata.sorted_tables if {"conversation", "customer"} & {*table.c.keys()}
    }
    before = anything_left(books, [REFUND], customer)
    assert can_hold - set(before) == set(), "leave something in these tables: tests/storage/customers.py"
    Erasure(books).erase(customer)
    assert set(anything_left(books, [REFUND], customer)) == STAYS
    assert len(books.timeline(OTHERS)) == 1


def test_whoever_was_told_of_a_conversation_is_told_that_it_is_gone_and_nothing_else(
    books: Books, customer: UUID
) -> None:
    Erasure(books).erase(customer)
    told = [(lying.event.kind, lying.event.told) for lying in Outbox(books.shelf).listed()]
    assert told == [(Kind.CONVERSATION_REMOVED, f'{{"conversation":"{REFUND}"}}')]


@pytest.mark.usefixtures("customer")
def test_wherever_he_is_he_is_under_his_key(library: Library, encrypts: bool, request: pytest.FixtureRequest) -> None:
    rows = everything(library, request)
    assert {word for word in PLANTED if word in rows} == (set() if encrypts else set(PLANTED))


def test_the_reason_of_a_hold_is_read_by_whoever_has_the_key(books: Books, customer: UUID) -> None:
    holds = Holds(books.shelf, books.vault)
    holds.place("the claim of Mr Quillfeather", "Ms Adeyemi", customer=customer)
    assert [hold.reason for hold in holds.standing()] == ["the claim of Mr Quillfeather"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_has_no_trace_in_any_file(books: Books, customer: UUID, tmp_path: Path, encrypts: bool) -> None:
    assert {word for _, word in traces_in(tmp_path)} == (set() if encrypts else set(PLANTED))
    assert Erasure(books).erase(customer).scrubbed
    assert traces_in(tmp_path) == []


@pytest.mark.parametrize("encrypts", [False], indirect=True)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_has_traces_until_it_is_finished_and_none_in_any_file_then(
    library: Library, books: Books, customer: UUID, postgresql: PostgreSQL
) -> None:
    cluster, owner = postgresql.folder / "cluster", owner_of(library, postgresql)
    postgresql.say("ANALYZE", str(library.database.engine.url.database))
    assert not Erasure(books).erase(customer).scrubbed
    with psycopg.connect(owner, autocommit=True) as superuser:
        superuser.execute("VACUUM FULL")
        superuser.execute("CHECKPOINT")
        noted = superuser.execute("SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE '%Quillfeather%'")
        assert noted.fetchone() != (0,), "what the planner noted of a table that is empty now"
    assert {Path(name).name for name, _ in traces_in(cluster / "pg_wal")} != set(), "the write-ahead log"
    assert finish(owner) == Finished(0)
    assert traces_in(cluster) == []
    assert [word for word in PLANTED if word in postgresql.log] == []
    assert len(books.timeline(OTHERS)) == 1


@pytest.mark.parametrize("encrypts", [False], indirect=True)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("customer")
def test_what_holds_older_files_of_the_log_is_named(library: Library, postgresql: PostgreSQL) -> None:
    owner = owner_of(library, postgresql)
    postgresql.say("SELECT pg_create_physical_replication_slot('standby', true)")
    asked = CliRunner().invoke(app, ["customer", "finish", "--owner", owner])
    assert (asked.exit_code, "held by the replication slot standby" in asked.stderr) == (1, True)
    postgresql.say("SELECT pg_drop_replication_slot('standby')")
    asked = CliRunner().invoke(app, ["customer", "finish", "--owner", owner])
    assert (asked.exit_code, "Nothing that was removed is left" in asked.stderr) == (0, True)


def test_a_file_of_sqlite_needs_no_finishing(tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="SQLite"):
        finish(str(tmp_path / "levelhead.db"))


def test_an_owner_who_is_no_superuser_is_told_what_is_left_and_anyone_else_is_refused(postgresql: PostgreSQL) -> None:
    name = postgresql.empty()
    postgresql.say("CREATE ROLE keeper LOGIN CREATEROLE")
    postgresql.say(f"ALTER DATABASE {name} OWNER TO keeper")
    owner = postgresql.owner(name).replace("postgres@", "keeper@")
    postgresql.say("GRANT levelhead_app TO keeper WITH ADMIN OPTION")
    prepare(owner, postgresql.application(name))
    assert finish(owner) == Finished(None)
    asked = CliRunner().invoke(app, ["customer", "finish", "--owner", owner])
    assert (asked.exit_code, "may not turn over the write-ahead log" in asked.stderr) == (1, True)
    with pytest.raises(NotOurs, match="owns the database"):
        finish(postgresql.application(name))
    postgresql.drop(name)


@pytest.mark.parametrize("encrypts", [True], indirect=True)
def test_an_older_backup_gives_nothing_back(
    library: Library,
    books: Books,
    customer: UUID,
    tmp_path: Path,
    database_url: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner, elsewhere, their_owner = database_url, f"sqlite:///{tmp_path / 'restored.db'}", ""
    if database_url.startswith("postgresql"):
        server: PostgreSQL = request.getfixturevalue("postgresql")
        monkeypatch.setenv("PATH", str(server.bin), prepend=":")
        name = server.empty()
        owner, elsewhere, their_owner = owner_of(library, server), server.application(name), server.owner(name)
    back_up(owner, tmp_path / "older")
    Erasure(books).erase(customer)
    restore(tmp_path / "older", their_owner or elsewhere, elsewhere)
    with closing(Library.open(elsewhere, vault=open_vault(tmp_path / "keys"))) as restored:
        back = restored.of(restored.first.id)
        with restored.shelf(restored.first.id).reading() as connection:
            kept = connection.scalars(select(tables.turn.c.turn)).all()
        assert (len(kept), [word for word in PLANTED for row in kept if word in row]) == (3, [])
        with pytest.raises(KeyGone):
            back.timeline(REFUND)
        with pytest.raises(KeyGone):
            Erasure(back).export(customer)
        assert len(back.timeline(OTHERS)) == 1
        assert [one.customer for one in Erasure(back).again()] == [customer]
        assert set(anything_left(back, [REFUND], customer)) == STAYS


def test_the_audit_is_whole_after_an_erasure_and_a_retention_run(
    library: Library, books: Books, customer: UUID, tmp_path: Path, database_url: str
) -> None:
    here = ("--database", database_url, "--data-dir", str(tmp_path))
    audit, head = Audit(books.shelf), str(tmp_path / "head.json")
    audit.seal()
    assert CliRunner().invoke(app, ["audit", "head", head, *here]).exit_code == 0
    Erasure(books).erase(customer)
    gone = Retention(books, lambda: utc_now() + timedelta(days=1_000))
    gone.keep_for(Kept.TURNS, 30)
    assert [due.conversations for due in gone.run() if due.kind is Kept.TURNS] == [(OTHERS,)]
    audit.seal()
    verified = CliRunner().invoke(app, ["audit", "verify", "--head", head, *here])
    assert (verified.exit_code, "as it was sealed" in verified.stderr) == (0, True)
    assert CliRunner().invoke(app, ["audit", "head", str(tmp_path / "later.json"), *here]).exit_code == 0
    assert {Deed.CUSTOMER_ERASED, Deed.RETENTION_RUN} <= {row.deed for row in audit.latest(50)}
    assert [word for word in PLANTED for row in audit.latest(50) if word in str(row)] == []
