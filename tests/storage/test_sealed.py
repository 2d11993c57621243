"""What is sealed is out of the text, and comes back one value at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from levelhead.privacy.kinds import SealedKind
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers, UnknownCustomer
from levelhead.storage.finding import customers_with
from levelhead.storage.library import Library
from levelhead.storage.sealed import NothingSealed, SealedFacts
from levelhead.storage.vault import open_vault
from tests.people import mr_doyle
from tests.storage.customers import keep_said, planted

REFUND, AGAIN = "the-late-refund", "the-second-kettle"


@pytest.fixture
def library(database_url: str, tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(database_url, vault=open_vault(tmp_path / "keys"))
    yield opened
    opened.close()


def test_a_value_is_out_of_the_text_and_comes_back_when_it_is_asked_for(books: Books) -> None:
    _, second = keep_said(books, *planted())
    facts = SealedFacts(books)
    assert second.turn.text == "Ring me on [phone number] or write to [email address]."
    assert [(one.n, one.place, one.kind, one.hint) for one in facts.of(REFUND)] == [
        (1, 0, SealedKind.PHONE, "…123"),
        (1, 1, SealedKind.EMAIL, "…@zanzibar.example"),
    ]
    assert facts.reveal(REFUND, 1, 0) == "+447700900123"
    assert facts.reveal(REFUND, 1, 1) == "q.doyle@zanzibar.example"
    with pytest.raises(NothingSealed):
        facts.reveal(REFUND, 1, 2)


@pytest.mark.parametrize(
    "value", ["07700 900123", "+44 7700 900123", "oh seven seven double oh nine hundred one two three"]
)
def test_the_conversations_with_a_value_are_found_however_it_is_written(books: Books, value: str) -> None:
    keep_said(books, *planted())
    keep_said(books, mr_doyle("It's 07700 900124", conversation="another"))
    assert SealedFacts(books).with_value(value) == (REFUND,)


def test_another_tenants_values_are_nobodys_here(library: Library, books: Books) -> None:
    keep_said(books, *planted())
    others = library.of(library.add_tenant("Kettles Ltd", "kettles").id)
    assert SealedFacts(others).with_value("07700 900123") == ()
    assert books.vault.token(books.tenant, "1") != others.vault.token(others.tenant, "1")
    with pytest.raises(NothingSealed):
        SealedFacts(others).reveal(REFUND, 1, 0)


def test_a_customer_is_known_by_the_reference_of_the_channel(books: Books) -> None:
    keep_said(books, *planted())
    keep_said(books, *planted(AGAIN, customer=None))
    customers = Customers(books.shelf, books.vault)
    known = customers.referred("crm-918273645")
    assert known is not None
    assert customers.conversations(known) == (REFUND, AGAIN)
    assert (customers.get(known).name, customers.get(known).reference) == ("Mr Quillfeather", "crm-918273645")
    found = {known: (REFUND, AGAIN)}
    assert customers_with(books, "07700 900123") == customers_with(books, AGAIN) == found
    assert customers_with(books, "crm-918273645") == found
    assert customers_with(books, "crm-0") == {}


def test_without_a_reference_every_conversation_has_a_customer_of_its_own(books: Books) -> None:
    for name in (REFUND, AGAIN):
        keep_said(books, *planted(name, customer_ref=None))
    customers = Customers(books.shelf, books.vault)
    first, second = customers.of(REFUND), customers.of(AGAIN)
    assert first is not None
    assert first != second
    assert customers.get(first).name == "Mr Quillfeather"
    with pytest.raises(UnknownCustomer):
        customers.get(books.tenant)


def test_what_was_kept_under_a_key_reads_the_same_after_a_restart(
    library: Library, books: Books, database_url: str, tmp_path: Path
) -> None:
    kept = keep_said(books, *planted())
    again = Library.open(database_url, read_only=True, vault=open_vault(tmp_path / "keys"))
    assert again.of(library.first.id).timeline(REFUND) == kept
    (glance,) = again.of(library.first.id).conversations()
    assert (glance.customer, glance.last_turn) == ("Mr Quillfeather", kept[-1].turn)
    again.close()
