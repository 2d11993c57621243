"""What customers have told us is kept under their key, handed over, erased with them and forgotten in time."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from levelhead.casework.profile import EMPTY, Need, Profile, Teller
from levelhead.people.audit import Deed
from levelhead.privacy.retention import Kept
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers, UnknownCustomer
from levelhead.storage.erasure import Erasure
from levelhead.storage.holds import Holds
from levelhead.storage.library import Library
from levelhead.storage.profiles import Profiles
from levelhead.storage.retention import Retention
from levelhead.storage.vault import open_vault
from tests.storage.customers import keep_said, planted

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
NEED = Need("Speak slowly", Teller.CUSTOMER, date(2025, 3, 6), agreed=True, need="hard of hearing")
PROFILE = Profile("Quill", "first name, please", "en-GB", (NEED,))


@pytest.fixture
def library(database_url: str, tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(database_url, vault=open_vault(tmp_path / "keys"))) as opened:
        yield opened


@pytest.fixture
def quill(books: Books) -> UUID:
    keep_said(books, *planted())
    found = Customers(books.shelf, books.vault).referred("crm-918273645")
    assert found is not None
    return found


def test_a_profile_comes_back_as_it_was_kept_and_is_sealed(books: Books, quill: UUID) -> None:
    profiles = Profiles(books)
    assert profiles.of(quill) == EMPTY
    profiles.keep(quill, PROFILE)
    assert profiles.of(quill) == PROFILE
    with books.shelf.reading() as connection:
        kept = connection.scalar(select(tables.customer.c.profile).where(tables.customer.c.id == quill))
        deeds = connection.scalars(select(tables.audit.c.subject).where(tables.audit.c.deed == Deed.PROFILE_CHANGED))
        assert [*deeds] == [str(quill)]
    assert kept is not None
    assert "Quill" not in kept


def test_an_export_has_the_profile_and_an_erasure_leaves_none(books: Books, quill: UUID) -> None:
    Profiles(books).keep(quill, PROFILE)
    told = json.loads(Erasure(books).export(quill))
    assert told["identities"][0]["profile"]["needs"][0]["need"] == "hard of hearing"
    Erasure(books).erase(quill)
    assert Profiles(books).of(quill) == EMPTY
    with pytest.raises(UnknownCustomer):
        Profiles(books).keep(quill, PROFILE)


def test_importing_twice_changes_nothing_the_second_time(books: Books, quill: UUID) -> None:
    profiles = Profiles(books)
    assert not profiles.known("crm-918273645", None, PROFILE)
    assert profiles.imported("crm-918273645", None, PROFILE)
    assert profiles.known("crm-918273645", None, PROFILE)
    assert not profiles.imported("crm-918273645", None, PROFILE)
    assert profiles.of(quill) == PROFILE
    assert profiles.imported("crm-1", "Mrs Okafor", EMPTY)
    assert not profiles.imported("crm-1", "Mrs Okafor", EMPTY)
    okafor = Customers(books.shelf, books.vault).referred("crm-1")
    assert okafor is not None
    assert Customers(books.shelf, books.vault).get(okafor).name == "Mrs Okafor"


def test_a_profile_without_conversation_stays_for_as_long_as_turns_do(books: Books) -> None:
    Profiles(books, lambda: NOON).imported("crm-1", "Mrs Okafor", PROFILE)
    customers = Customers(books.shelf, books.vault)

    def run(days: int) -> UUID | None:
        Retention(books, lambda: NOON + timedelta(days=days)).run()
        return customers.referred("crm-1")

    assert run(1_000) is not None
    Retention(books).keep_for(Kept.TURNS, 30)
    assert run(29) is not None
    okafor = customers.referred("crm-1")
    hold = Holds(books.shelf, books.vault).place("a claim", "Ms Adeyemi", customer=okafor)
    assert run(31) is not None
    Holds(books.shelf, books.vault).lift(hold.id, "Ms Adeyemi")
    assert run(31) is None
