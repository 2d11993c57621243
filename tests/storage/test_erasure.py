"""One customer can be handed everything that is kept of them, and then be gone."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import inspect, make_url

from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers, UnknownCustomer
from levelhead.storage.erasure import Erasure
from levelhead.storage.finding import customers_with
from levelhead.storage.holds import Holds, UnderHold
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.objections import Objections
from levelhead.storage.vault import open_vault
from tests.people import mr_doyle
from tests.postgresql import PostgreSQL
from tests.storage.customers import PLANTED, keep_said, planted

REFUND, AGAIN, OTHERS = "the-late-refund", "the-second-kettle", "somebody-else"


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
    """Mr Quillfeather, with two conversations; somebody else has one."""
    keep_said(books, *planted())
    keep_said(books, *planted(AGAIN))
    keep_said(books, mr_doyle("Where is it?", conversation=OTHERS, customer="Mrs Okafor", customer_ref="crm-2"))
    Objections(books.shelf).note(REFUND, 0, "angry", "Amira", instead="anxious")
    found = Customers(books.shelf, books.vault).referred("crm-918273645")
    assert found is not None
    return found


def everything(library: Library, request: pytest.FixtureRequest) -> str:
    """All rows of all tables as text, seen past every wall."""
    engine = library.database.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            return "\n".join(str(connection.exec_driver_sql(f"SELECT * FROM {name}").all()) for name in names)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with psycopg.connect(server.owner(str(engine.url.database)).replace("+psycopg", "")) as superuser:
        return "\n".join(
            str(superuser.execute(f"SELECT * FROM {table}".encode()).fetchall()) for table in tables.metadata.tables
        )


def test_what_is_kept_of_a_customer_is_found_under_their_key_only(
    library: Library, customer: UUID, encrypts: bool, request: pytest.FixtureRequest
) -> None:
    rows = everything(library, request)
    assert str(customer) in rows
    assert {word for word in PLANTED if word in rows} == (set() if encrypts else set(PLANTED))


def test_an_export_holds_every_word_and_what_was_made_of_it(books: Books, customer: UUID) -> None:
    told = json.loads(Erasure(books).export(customer))
    assert told["customer"] == {"id": str(customer), "name": "Mr Quillfeather", "reference": "crm-918273645"}
    assert [one["id"] for one in told["conversations"]] == [REFUND, AGAIN]
    first = told["conversations"][0]
    assert first["turns"][1]["turn"]["text"] == "Ring me on [phone number] or write to [email address]."
    assert first["turns"][0]["reading"]["of_customer"]["emotion"] == "angry"
    assert [one["value"] for one in first["sealed"]] == ["+447700900123", "q.doyle@zanzibar.example"]
    assert [(one["label"], one["instead"]) for one in first["objections"]] == [("angry", "anxious")]
    read, shown = (first["turns"][0][kind]["of_customer"]["emotion"] for kind in ("reading", "shown"))
    assert (read, shown) == ("angry", "anxious")
    assert "shown" not in first["turns"][1]
    assert [one["deed"] for one in first["audit"]][:2] == ["turn heard", "turn heard"]


def test_after_an_erasure_no_planted_word_is_left_in_any_row(
    library: Library, books: Books, customer: UUID, request: pytest.FixtureRequest
) -> None:
    erased = Erasure(books).erase(customer)
    assert erased.conversations == (REFUND, AGAIN)
    rows = everything(library, request)
    assert [word for word in PLANTED if word in rows] == []
    assert "crm-2" in rows or "sealed:1:" in rows
    assert books.timeline(REFUND) == ()
    assert [found.id for found in books.conversations()] == [OTHERS]
    gone = Customers(books.shelf, books.vault).get(customer)
    assert (gone.name, gone.reference, gone.erased_at is None) == (None, None, False)
    assert customers_with(books, "07700 900123") == {}
    with pytest.raises(UnknownCustomer, match="was erased"):
        Erasure(books).export(customer)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_after_an_erasure_no_planted_word_is_left_in_any_file(
    books: Books, customer: UUID, tmp_path: Path, encrypts: bool
) -> None:
    for number in range(40):  # Enough for pages to be split, moved and freed.
        keep_said(books, *planted(f"call-{number}"))
    before = {word for word in PLANTED for path in tmp_path.rglob("*") if _holds(path, word)}
    assert before == (set() if encrypts else set(PLANTED))
    erased = Erasure(books).erase(customer)
    assert erased.scrubbed
    assert len(erased.conversations) == 42
    assert [(path.name, word) for word in PLANTED for path in tmp_path.rglob("*") if _holds(path, word)] == []
    assert len(books.timeline(OTHERS)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_the_owner_frees_the_pages(
    library: Library, books: Books, customer: UUID, postgresql: PostgreSQL
) -> None:
    assert not Erasure(books).erase(customer).scrubbed
    name = str(library.database.engine.url.database)
    postgresql.say("VACUUM FULL", name)
    postgresql.say("CHECKPOINT", name)
    tables_of_all = postgresql.folder / "cluster" / "base"
    assert [(path.name, word) for word in PLANTED for path in tables_of_all.rglob("*") if _holds(path, word)] == []


@pytest.mark.parametrize("encrypts", [True], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_older_backup_gives_an_erased_customer_back_to_nobody(
    library: Library, books: Books, customer: UUID, tmp_path: Path, database_url: str
) -> None:
    library.database.engine.dispose()
    backup = tmp_path / "backup.db"
    shutil.copy(str(make_url(database_url).database), backup)
    Erasure(books).erase(customer)
    restored = Library.open(f"sqlite:///{backup}", vault=open_vault(tmp_path / "keys"))
    back = restored.of(restored.first.id)
    with pytest.raises(KeyGone):
        back.timeline(REFUND)
    assert [found.id for found in back.conversations()] == [OTHERS]
    assert len(back.timeline(OTHERS)) == 1
    assert [one.customer for one in Erasure(back).again()] == [customer]
    assert back.timeline(REFUND) == ()
    assert Erasure(back).again() == ()
    restored.close()


def test_a_hold_keeps_a_customer_until_it_is_lifted(books: Books, customer: UUID) -> None:
    holds = Holds(books.shelf, books.vault)
    hold = holds.place("a claim in court", "Ms Adeyemi", conversation=AGAIN)
    with pytest.raises(UnderHold, match="legal hold"):
        Erasure(books).erase(customer)
    assert len(books.timeline(REFUND)) == 2
    holds.lift(hold.id, "Ms Adeyemi")
    assert holds.standing() == ()
    assert Erasure(books).erase(customer).conversations == (REFUND, AGAIN)


def test_erasing_twice_is_as_good_as_once_and_nobody_is_nobody(books: Books, customer: UUID) -> None:
    Erasure(books).erase(customer)
    assert Erasure(books).erase(customer).conversations == ()
    with pytest.raises(UnknownCustomer):
        Erasure(books).erase(UUID(int=7))


def test_a_customer_who_comes_back_is_somebody_new(books: Books, customer: UUID) -> None:
    Erasure(books).erase(customer)
    keep_said(books, *planted())
    again = Customers(books.shelf, books.vault).referred("crm-918273645")
    assert again not in (None, customer)
    assert len(books.timeline(REFUND)) == 2


def _holds(path: Path, word: str) -> bool:
    return path.is_file() and word.encode() in path.read_bytes()
