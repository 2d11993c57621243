"""Casework is opened once, moved as its machine allows, and goes with the customer whose it is."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from levelhead.casework.item import Evidence, Item, Kind, Reason
from levelhead.casework.promise import OPEN, PROMISE, Promised, PromiseMove, PromiseState
from levelhead.people.audit import Deed
from levelhead.people.sight import Sight
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.customers import Customers
from levelhead.storage.erasure import Erasure
from levelhead.storage.retention import Retention
from tests.storage.customers import keep_said, planted

LATE_REFUND = "the-late-refund"
FIVE = datetime(2025, 3, 6, 17, tzinfo=UTC)
CALL = Promised(action="call Mr Quillfeather about the zanzibarquartz", due_text="by five", n=1)


@pytest.fixture
def cases(books: Books) -> Cases:
    keep_said(books, *planted(LATE_REFUND))
    return Cases(books, clock=lambda: FIVE - timedelta(hours=1))


def opened(cases: Cases, key: str = "the-late-refund:1:0", body: Promised = CALL, **known: Any) -> Item[Promised]:
    told: dict[str, Any] = {"conversation": LATE_REFUND, "due_at": FIVE} | known
    return cases.open(
        Kind.PROMISE, key, cases.opening(Kind.PROMISE, key, body, machine=PROMISE, move=PromiseMove.MAKE, **told)
    )


def test_an_item_comes_back_as_it_was_opened(cases: Cases) -> None:
    item = opened(cases)
    assert (item.state, item.body, item.due_at, item.conversation) == (PromiseState.MADE, CALL, FIVE, LATE_REFUND)
    assert cases.get(item.id) == cases.keyed(Kind.PROMISE, item.key) == cases.of_conversation(LATE_REFUND)[0] == item


def test_what_is_opened_twice_is_opened_once(cases: Cases) -> None:
    first = opened(cases)
    assert opened(cases, body=replace(CALL, action="something else")) == first
    assert len(cases.changes(first.id)) == 1


def test_a_move_is_written_with_its_reason_and_the_words_it_rests_on(cases: Cases) -> None:
    item = opened(cases)
    why = Reason("The customer says so.", (Evidence(LATE_REFUND, 1, "thanks for calling"),))
    cases.write(cases.moving(item.id, PROMISE, PromiseState, PromiseMove.KEEP, reason=why, due_at=None))
    assert (cases.get(item.id).state, cases.get(item.id).due_at) == (PromiseState.KEPT, None)
    first, last = cases.changes(item.id)
    assert (first.was, first.now, first.move) == (None, "made", "make")
    assert (last.was, last.now, last.reason) == ("made", "kept", why)


def test_every_change_is_audited_by_ids_alone(books: Books, cases: Cases) -> None:
    item = opened(cases)
    cases.write(cases.moving(item.id, PROMISE, PromiseState, PromiseMove.KEEP))
    with books.shelf.reading() as connection:
        noted = connection.execute(select(tables.audit).where(tables.audit.c.deed == Deed.CASE_CHANGED.value)).all()
    assert [row.subject for row in noted] == [f"promise:{item.id}:made", f"promise:{item.id}:kept"]


def test_a_move_that_is_not_possible_changes_nothing_and_neither_does_what_came_with_it(cases: Cases) -> None:
    kept, other = opened(cases), opened(cases, "another")
    cases.write(cases.moving(kept.id, PROMISE, PromiseState, PromiseMove.KEEP))
    with pytest.raises(NotNow, match="possible: reopen"):
        cases.write(
            cases.moving(other.id, PROMISE, PromiseState, PromiseMove.WITHDRAW),
            cases.moving(kept.id, PROMISE, PromiseState, PromiseMove.BREAK),
        )
    assert cases.get(other.id) == other
    assert len(cases.changes(kept.id)) == 2


def test_the_list_begins_with_what_is_due_first_and_shows_what_is_in_sight(cases: Cases) -> None:
    amira = new_id()
    later, sooner = opened(cases, "later", due_at=FIVE + timedelta(days=1)), opened(cases, "sooner", owner=amira)
    undated = opened(cases, "undated", due_at=None)
    assert [item.id for item in cases.standing(Kind.PROMISE, OPEN)] == [sooner.id, later.id, undated.id]
    assert [item.id for item in cases.standing(Kind.PROMISE, OPEN, sight=Sight(holder=amira))] == [sooner.id]
    assert cases.standing(Kind.PROMISE, OPEN, sight=Sight()) == ()
    assert cases.standing(Kind.PROMISE, OPEN, conversations=["another"]) == ()
    assert len(cases.standing(Kind.PROMISE, OPEN, conversations=["another", LATE_REFUND])) == 3
    assert [item.id for item in cases.standing(Kind.PROMISE, OPEN, due_before=FIVE)] == [sooner.id]
    assert cases.standing(Kind.PROMISE, [PromiseState.KEPT]) == ()
    assert len(cases.standing(Kind.PROMISE, OPEN, changed_after=FIVE - timedelta(hours=2))) == 3
    assert cases.standing(Kind.PROMISE, OPEN, changed_after=FIVE) == ()


def test_what_there_is_not_is_said_to_be_unknown(cases: Cases) -> None:
    with pytest.raises(UnknownItem):
        cases.get(new_id())
    with pytest.raises(UnknownItem):
        cases.write(cases.moving(new_id(), PROMISE, PromiseState, PromiseMove.KEEP))


def test_casework_is_handed_over_with_the_customers_words_and_goes_with_them(books: Books, cases: Cases) -> None:
    item = opened(cases)
    alone = opened(cases, "without a conversation", conversation=None, customer=item.customer)
    erasure = Erasure(books)
    told = json.loads(erasure.export(item.customer))["casework"]
    assert [(one["kind"], one["body"]["action"]) for one in told] == [("promise", CALL.action)] * 2
    assert told[0]["changes"][0]["now"] == "made"
    erasure.erase(item.customer)
    for gone in (item, alone):
        with pytest.raises(UnknownItem):
            cases.get(gone.id)


def test_a_conversation_that_is_removed_takes_its_casework_and_leaves_what_hangs_on_the_customer(
    books: Books, cases: Cases
) -> None:
    customer = Customers(books.shelf, books.vault).of(LATE_REFUND)
    opened(cases)
    alone = opened(cases, "without a conversation", conversation=None, customer=customer)
    retention = Retention(books, clock=lambda: datetime.now(UTC) + timedelta(days=500))
    retention.run()
    retention.keep_for(next(kind for kind in retention.days() if kind == "turns"), 90)
    retention.run()
    assert cases.of_conversation(LATE_REFUND) == ()
    assert cases.get(alone.id) == alone
