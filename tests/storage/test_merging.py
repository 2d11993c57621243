"""Two identities become one person and part again: nothing is moved, so nothing is lost, and erasure reaches both."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from levelhead.casework.item import Kind
from levelhead.casework.profile import EMPTY, Profile
from levelhead.casework.promise import PROMISE, Promised, PromiseMove
from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.customers import Customers, UnknownCustomer
from levelhead.storage.erasure import Erasure
from levelhead.storage.holds import Holds, UnderHold
from levelhead.storage.identities import conversations_of_person
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.merging import CannotMerge, Merging
from levelhead.storage.profiles import Profiles
from levelhead.storage.vault import open_vault
from tests.people import mr_doyle
from tests.storage.customers import keep_said

NOON: Final = datetime(2025, 3, 6, 12, tzinfo=UTC)
NAMES: Final = ("by-phone", "by-mail", "by-chat", "somebody-else")


@pytest.fixture
def library(database_url: str, tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(database_url, vault=open_vault(tmp_path / "keys"))) as opened:
        yield opened


@pytest.fixture
def known(books: Books) -> dict[str, UUID]:
    """One identity for each channel, with a conversation and a promise each, of the same names."""
    customers, found = Customers(books.shelf, books.vault), {}
    for name in NAMES:
        keep_said(books, mr_doyle(f"Where is my kettle, asked {name}?", conversation=name, customer_ref=f"ref-{name}"))
        body = Promised(f"call back {name}", "by five", 0)
        opening = Cases(books).opening(
            Kind.PROMISE, name, body, machine=PROMISE, move=PromiseMove.MAKE, conversation=name
        )
        Cases(books).write(opening)
        customer = customers.referred(f"ref-{name}")
        assert customer is not None
        found[name] = customer
    return found


def theirs(books: Books, customer: UUID) -> tuple[str, ...]:
    with books.shelf.reading() as connection:
        return conversations_of_person(connection, customer)


def promised(books: Books, customer: UUID) -> set[str]:
    return {item.body.action for item in Cases(books).of_customer(customer)}


def test_conversations_and_casework_of_both_are_found_under_each_and_read(books: Books, known: dict[str, UUID]) -> None:
    Merging(books.shelf).merge(known["by-mail"], known["by-phone"])
    for name in ("by-mail", "by-phone"):
        assert theirs(books, known[name]) == ("by-mail", "by-phone")
        assert promised(books, known[name]) == {"call back by-mail", "call back by-phone"}
        assert len(Cases(books).of_same_customer(name)) == 2
    assert theirs(books, known["somebody-else"]) == ("somebody-else",)
    books.forget(NAMES)
    assert [heard.turn.text for heard in books.timeline("by-mail")] == ["Where is my kettle, asked by-mail?"]


def test_what_is_heard_after_a_merge_belongs_to_the_person_and_goes_with_its_identity(
    books: Books, known: dict[str, UUID]
) -> None:
    merging = Merging(books.shelf)
    merging.merge(known["by-mail"], known["by-phone"])
    keep_said(books, mr_doyle("Still nothing.", conversation="later", customer_ref="ref-by-mail"))
    assert theirs(books, known["by-phone"]) == ("by-mail", "by-phone", "later")
    merging.split(known["by-mail"])
    assert theirs(books, known["by-phone"]) == ("by-phone",)
    assert theirs(books, known["by-mail"]) == ("by-mail", "later")


def test_what_was_merged_into_one_that_is_split_off_goes_with_it(books: Books, known: dict[str, UUID]) -> None:
    merging = Merging(books.shelf)
    merging.merge(known["by-chat"], known["by-mail"])
    merging.merge(known["by-mail"], known["by-phone"])
    assert theirs(books, known["by-chat"]) == ("by-chat", "by-mail", "by-phone")
    merging.split(known["by-mail"])
    assert (theirs(books, known["by-chat"]), theirs(books, known["by-phone"])) == (
        ("by-chat", "by-mail"),
        ("by-phone",),
    )


def test_what_cannot_be_merged_or_split_is_said(books: Books, known: dict[str, UUID]) -> None:
    merging = Merging(books.shelf)
    merging.merge(known["by-mail"], known["by-phone"])
    for one, other in (("by-phone", "by-mail"), ("by-mail", "by-phone"), ("by-mail", "by-mail")):
        with pytest.raises(CannotMerge, match="one person already"):
            merging.merge(known[one], known[other])
    with pytest.raises(CannotMerge, match="nothing to split"):
        merging.split(known["by-phone"])
    with pytest.raises(UnknownCustomer):
        merging.merge(uuid4(), known["by-phone"])


def test_a_legal_hold_on_either_keeps_them_as_they_are(books: Books, known: dict[str, UUID]) -> None:
    merging, holds = Merging(books.shelf), Holds(books.shelf, books.vault)
    hold = holds.place("a claim", "Ms Adeyemi", conversation="by-mail")
    for one, other in (("by-mail", "by-phone"), ("by-phone", "by-mail")):
        with pytest.raises(UnderHold):
            merging.merge(known[one], known[other])
    holds.lift(hold.id, "Ms Adeyemi")
    merging.merge(known["by-mail"], known["by-phone"])
    holds.place("a claim", "Ms Adeyemi", customer=known["by-phone"])
    with pytest.raises(UnderHold):
        merging.split(known["by-mail"])
    with pytest.raises(UnderHold):
        Erasure(books).erase(known["by-mail"])


def test_erasing_a_person_destroys_the_keys_of_all_identities(books: Books, known: dict[str, UUID]) -> None:
    Merging(books.shelf).merge(known["by-mail"], known["by-phone"])
    words = books.words_of(known["by-mail"]).keep("anything", "test")
    erased = Erasure(books).erase(known["by-phone"])
    assert erased.conversations == ("by-mail", "by-phone")
    with pytest.raises(KeyGone):
        books.words_of(known["by-mail"]).give(words, "test")
    assert theirs(books, known["by-chat"]) == ("by-chat",)
    assert promised(books, known["by-mail"]) == set()


def test_one_who_was_split_off_stays_when_the_other_is_erased_and_a_backup_from_before_comes_back(
    books: Books, known: dict[str, UUID]
) -> None:
    merging = Merging(books.shelf)
    merging.merge(known["by-mail"], known["by-phone"])
    # As a backup of now would say it, after the split and the erasure of the other.
    assert books.vault.ring is not None
    books.vault.ring.destroy(books.tenant, str(known["by-phone"]))
    assert [erased.customer for erased in Erasure(books).again()] == [known["by-phone"]]
    assert theirs(books, known["by-mail"]) == ("by-mail",)
    assert len(books.timeline("by-mail")) == 1


def test_an_export_holds_all_identities(books: Books, known: dict[str, UUID]) -> None:
    Merging(books.shelf).merge(known["by-mail"], known["by-phone"])
    told = json.loads(Erasure(books).export(known["by-mail"]))
    assert {one["reference"] for one in told["identities"]} == {"ref-by-mail", "ref-by-phone"}
    assert {one["id"] for one in told["conversations"]} == {"by-mail", "by-phone"}
    assert {one["body"]["action"] for one in told["casework"]} == {"call back by-mail", "call back by-phone"}


def test_profiles_add_up_until_one_is_settled_and_part_again_exactly(books: Books, known: dict[str, UUID]) -> None:
    moments = iter(NOON.replace(second=second) for second in range(60))
    profiles, merging = Profiles(books, lambda: next(moments)), Merging(books.shelf, lambda: next(moments))
    phone, mail = known["by-phone"], known["by-mail"]
    profiles.keep(phone, Profile("Mr Doyle"))
    profiles.keep(mail, Profile("Jim", language="de"))
    merging.merge(mail, phone)
    assert profiles.of(mail) == profiles.of(phone) == Profile("Mr Doyle", language="de")
    merging.split(mail)
    assert (profiles.of(phone), profiles.of(mail)) == (Profile("Mr Doyle"), Profile("Jim", language="de"))
    merging.merge(mail, phone)
    profiles.keep(mail, Profile("Mr Doyle"))
    assert profiles.of(phone) == Profile("Mr Doyle"), "what was taken out stays out"
    assert profiles.of(known["by-chat"]) == EMPTY


def test_merging_and_splitting_is_audited(books: Books, known: dict[str, UUID]) -> None:
    mail, phone = known["by-mail"], known["by-phone"]
    Merging(books.shelf).merge(mail, phone)
    Merging(books.shelf).split(mail)
    row = tables.audit.c
    with books.shelf.reading() as connection:
        wanted = row.deed.in_([Deed.CUSTOMERS_MERGED.value, Deed.CUSTOMERS_SPLIT.value])
        noted = connection.execute(select(row.deed, row.subject).where(wanted).order_by(row.id)).all()
    assert [tuple(one) for one in noted] == [
        ("customers merged", f"{mail}:{phone}"),
        ("customers split", f"{mail}:{phone}"),
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8))
def test_whatever_is_merged_and_split_everybody_is_one_person_and_whole_at_the_end(
    books: Books, known: dict[str, UUID], moves: list[tuple[bool, str, str]]
) -> None:
    merging = Merging(books.shelf)
    for merges, one, other in moves:
        try:
            if merges:
                merging.merge(known[one], known[other])
            else:
                merging.split(known[one])
        except CannotMerge:
            pass
        groups = {theirs(books, customer) for customer in known.values()}
        assert sorted(name for group in groups for name in group) == sorted(NAMES), "nobody is two people"
    for customer in known.values():
        try:
            merging.split(customer)
        except CannotMerge:
            continue
    assert all(theirs(books, customer) == (name,) for name, customer in known.items())
