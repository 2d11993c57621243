"""The audit as it is kept: noted with the deed, sealed afterwards, and nothing done to a row goes unseen."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, func, select

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import HOUSE, act_as
from levelhead.people.audit_check import Finding, Wrong
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role, Whose
from levelhead.storage import audit as auditing
from levelhead.storage import tables
from levelhead.storage.audit import Audit
from levelhead.storage.audit_notes import NotAnId, note, note_look, noted
from levelhead.storage.books import Books
from levelhead.storage.database import Shelf
from levelhead.storage.library import Library
from levelhead.storage.records import CardAnswer
from levelhead.storage.refusals import CannotKeep
from tests.people import mr_doyle
from tests.postgresql import PostgreSQL
from tests.storage.test_books import heard, keep

NOW = datetime(2025, 3, 6, 10, 42, tzinfo=UTC)
Tamper = Callable[[str], None]


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return library.shelf(library.first.id)


@pytest.fixture
def audit(shelf: Shelf) -> Audit:
    return Audit(shelf, lambda: NOW)


@pytest.fixture
def tamper(library: Library, request: pytest.FixtureRequest) -> Tamper:
    """Does to the database what only somebody can who has it in their hands, with every safeguard off."""
    url = library.database.engine.url
    if url.get_backend_name() == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        return lambda sql: server.say(f"SET session_replication_role = replica; {sql}", str(url.database))

    def do(sql: str) -> None:
        with closing(sqlite3.connect(str(url.database))) as file:
            file.executescript(sql)
            file.commit()

    return do


def five(shelf: Shelf) -> list[UUID]:
    """Five rows, the subjects 1 to 5; their ids."""
    with shelf.writing() as connection:
        for n in range(1, 6):
            note(connection, Deed.TURN_HEARD, n, conversation="the-late-refund")
    with shelf.reading() as connection:
        return list(connection.scalars(select(tables.audit.c.id).order_by(tables.audit.c.id)))


def test_a_turn_an_answer_and_a_removal_are_noted_in_their_order(books: Books, audit: Audit) -> None:
    keep(books, heard(mr_doyle("Hello?")))
    books.answer_card("the-late-refund", "the-late-refund:0", CardAnswer.WRONG)
    books.remove(["the-late-refund"])
    told = [(row.who, row.deed, row.conversation, row.subject) for row in reversed(audit.latest(10))]
    assert told == [
        (HOUSE, "turn heard", "the-late-refund", "0"),
        (HOUSE, "card answered", "the-late-refund", "the-late-refund:0"),
        (HOUSE, "conversation removed", "the-late-refund", ""),
    ]


def test_what_an_agent_thought_of_a_card_is_not_in_the_audit(books: Books, audit: Audit) -> None:
    keep(books, heard(mr_doyle("Hello?")))
    books.answer_card("the-late-refund", "the-late-refund:0", CardAnswer.WRONG)
    assert CardAnswer.WRONG.value not in repr(audit.latest(10))


def test_a_deed_that_is_not_done_is_not_noted(shelf: Shelf, audit: Audit) -> None:
    def fail() -> None:
        with shelf.writing() as connection:
            note(connection, Deed.TEAM_ADDED, "a-team")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert audit.latest(1) == ()
    assert audit.seal() == 0


def test_whoever_acted_is_noted_even_where_the_deed_is_done_later(shelf: Shelf, audit: Audit) -> None:
    act_as("command line")
    write = noted(Deed.ROLE_GIVEN, UUID(int=3))
    act_as(HOUSE)
    with shelf.writing() as connection:
        write(connection)
    (row,) = audit.latest(1)
    assert (row.who, row.subject) == ("command line", str(UUID(int=3)))


def test_words_are_not_taken_for_an_id(shelf: Shelf) -> None:
    with pytest.raises(NotAnId), shelf.writing() as connection:
        note(connection, Deed.LABEL_MARKED, "Mr Doyle is furious")


def test_a_look_is_noted_before_it_is_answered_and_a_holders_is_not(shelf: Shelf, audit: Audit) -> None:
    amira = Person(UUID(int=10), shelf.tenant, "amira", "Amira", Role.AGENT)
    noor = Person(UUID(int=11), shelf.tenant, "noor", "Noor", Role.SUPERVISOR)
    telephony = ApiToken(UUID(int=12), shelf.tenant, "telephony", frozenset(), NOW, NOW)
    for who in (amira, noor, telephony):
        note_look(shelf, who, Action.READ_CONVERSATION, Whose(shelf.tenant, owner=amira.id), "the-late-refund")
    told = [(row.who, row.deed, row.conversation) for row in reversed(audit.latest(5, "the-late-refund"))]
    assert told == [
        (f"person:{noor.id}", "conversation seen", "the-late-refund"),
        (f"token:{telephony.id}", "conversation seen", "the-late-refund"),
    ]


def test_no_look_without_a_note(library: Library, shelf: Shelf, request: pytest.FixtureRequest) -> None:
    noor = Person(UUID(int=11), shelf.tenant, "noor", "Noor", Role.SUPERVISOR)

    @event.listens_for(library.database.engine, "begin")
    def _protected(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = 1")
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    with pytest.raises(CannotKeep):
        note_look(shelf, noor, Action.READ_CONVERSATION, Whose(shelf.tenant), "the-late-refund")


def test_what_is_sealed_is_numbered_without_a_gap_and_whole(shelf: Shelf, audit: Audit) -> None:
    five(shelf)
    assert audit.seal() == 5
    five(shelf)
    assert audit.seal() == 5
    assert audit.seal() == 0
    checked = audit.check(audit.head())
    assert (checked.findings, checked.sealed, checked.waiting) == ((), 10, 0)


def test_what_waits_is_counted_and_is_nothing_wrong(shelf: Shelf, audit: Audit) -> None:
    five(shelf)
    checked = audit.check()
    assert (checked.findings, checked.sealed, checked.waiting) == ((), 0, 5)


def test_a_long_chain_is_sealed_and_checked_in_parts(
    shelf: Shelf, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "AT_ONCE", 2)
    five(shelf)
    assert [audit.seal() for _ in range(4)] == [2, 2, 1, 0]
    assert audit.check(audit.head()).findings == ()
    assert audit.check(audit.head()).sealed == 5


def test_an_end_between_row_and_seal_loses_nothing(
    shelf: Shelf, audit: Audit, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    five(shelf)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as ending:
        ending.setattr(auditing, "delete", stop)  # After the seals, before the end of their transaction.
        with pytest.raises(KeyboardInterrupt):
            audit.seal()
    assert audit.check().waiting == 5
    assert audit.seal() == 5
    assert audit.check().findings == ()


def test_each_tenant_has_a_chain_of_its_own(library: Library, shelf: Shelf, audit: Audit) -> None:
    other = Audit(library.shelf(library.add_tenant("Toasters plc", "toasters").id))
    five(shelf)
    audit.seal()
    other.seal()
    assert audit.check().sealed >= 5
    assert other.check(audit.head()).findings != ()


CHANGES = {
    "a subject": "UPDATE audit SET subject = '9' WHERE subject = '3'",
    "a deed": "UPDATE audit SET deed = 'nothing' WHERE subject = '3'",
    "who": "UPDATE audit SET who = 'nobody' WHERE subject = '3'",
    "a conversation": "UPDATE audit SET conversation = 'another' WHERE subject = '3'",
    "a moment": "UPDATE audit SET at = '2025-03-06T10:42:00+00:00' WHERE subject = '3'",
    "a hash": "UPDATE audit_seal SET hash = 'ff' WHERE number = 3",
    "a hash before": "UPDATE audit_seal SET previous = 'ff' WHERE number = 3",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_row_is_named(shelf: Shelf, audit: Audit, tamper: Tamper, sql: str) -> None:
    third = five(shelf)[2]
    audit.seal()
    tamper(sql)
    assert audit.check().findings == (Finding(Wrong.CHANGED, 3, third),)


def test_a_removed_row_is_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    third = five(shelf)[2]
    audit.seal()
    tamper("DELETE FROM audit WHERE subject = '3'")
    assert audit.check().findings == (Finding(Wrong.MISSING, 3, third),)


def test_a_row_removed_with_its_seal_is_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    five(shelf)
    audit.seal()
    tamper("DELETE FROM audit WHERE subject = '3'; DELETE FROM audit_seal WHERE number = 3")
    assert audit.check().findings == (Finding(Wrong.MISSING, 3, last=3),)


def test_a_removed_seal_is_named_with_the_row_that_has_none(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    third = five(shelf)[2]
    audit.seal()
    tamper("DELETE FROM audit_seal WHERE number = 3")
    assert audit.check().findings == (
        Finding(Wrong.MISSING, 3, last=3),
        Finding(Wrong.OUTSIDE, None, third),
    )


def test_two_rows_that_change_places_are_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    five(shelf)
    audit.seal()
    tamper(
        "UPDATE audit SET subject = 'x' WHERE subject = '2'; UPDATE audit SET subject = '2' WHERE subject = '4';"
        "UPDATE audit SET subject = '4' WHERE subject = 'x'"
    )
    assert [finding.number for finding in audit.check().findings] == [2, 4]


def test_two_seals_that_change_numbers_are_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    five(shelf)
    audit.seal()
    tamper(
        "UPDATE audit_seal SET number = 99 WHERE number = 2; UPDATE audit_seal SET number = 2 WHERE number = 4;"
        "UPDATE audit_seal SET number = 4 WHERE number = 99"
    )
    found = [(finding.wrong, finding.number) for finding in audit.check().findings]
    assert found == [(Wrong.REORDERED, 2), (Wrong.REORDERED, 4)]


def test_a_cut_end_shows_by_the_head(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    five(shelf)
    audit.seal()
    head = audit.head()
    tamper("DELETE FROM audit_seal WHERE number > 3; DELETE FROM audit WHERE subject > '3'")
    assert audit.check().findings == ()
    assert audit.check(head).findings == (Finding(Wrong.MISSING, 4, last=5),)


def test_an_added_row_that_was_never_to_be_sealed_is_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    fifth = five(shelf)[4]
    tamper("DELETE FROM audit_waiting WHERE audit = (SELECT id FROM audit WHERE subject = '5')")
    audit.seal()
    assert audit.check().findings == (Finding(Wrong.OUTSIDE, None, fifth),)


def test_a_row_removed_before_it_was_sealed_is_named(shelf: Shelf, audit: Audit, tamper: Tamper) -> None:
    fifth = five(shelf)[4]
    tamper("DELETE FROM audit WHERE subject = '5'")
    audit.seal()
    assert audit.check().findings == (Finding(Wrong.MISSING, None, fifth),)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET who = 'nobody'",
        "DELETE FROM audit",
        "UPDATE audit_seal SET hash = ''",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
    ],
)
def test_levelheads_own_role_can_change_no_row_of_the_chain(library: Library, shelf: Shelf, sql: str) -> None:
    five(shelf)
    Audit(shelf).seal()
    with pytest.raises(CannotKeep, match="permission denied"), shelf.writing() as connection:
        connection.exec_driver_sql(sql)
    with shelf.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.audit_seal)) == 5
