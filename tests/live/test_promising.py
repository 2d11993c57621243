"""What turns do to promises that are open: said again, put off, given a time, or as if they were kept."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Evidence, Item, Kind
from levelhead.casework.promise import Promised, PromiseMove, PromiseState
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.promise_ledger import Ledger
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

ASKS = mr_doyle("Where is my refund?", 0)
CALL = amira("I'll call you back by five today.", 1)


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


def heard(desk: Desk, *turns: Turn) -> tuple[Item[Promised], ...]:
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    return desk.cases.of_conversation(turns[0].conversation, Kind.PROMISE)


def states(promises: tuple[Item[Promised], ...]) -> list[str]:
    return [promise.state for promise in promises]


def test_a_holding_reply_supersedes_the_promise_and_has_a_clock_of_its_own(desk: Desk) -> None:
    old, new = heard(desk, ASKS, CALL, amira("I'm sorry, I need more time: I'll call you back by noon tomorrow.", 2))
    assert (old.state, new.state) == (PromiseState.SUPERSEDED, PromiseState.MADE)
    assert new.body.instead_of == old.id
    assert new.due_at
    assert new.due_at.isoformat() == "2025-03-07T12:00:00+00:00"
    *_, put_off = desk.cases.changes(old.id)
    assert put_off.move == PromiseMove.SUPERSEDE
    assert put_off.reason.evidence[0].n == 2


def test_a_promise_that_is_said_again_is_one_promise(desk: Desk) -> None:
    assert states(heard(desk, CALL, amira("So, I'll call you back by five today.", 2))) == [PromiseState.MADE]


def test_a_vague_promise_needs_a_time_has_one_proposed_and_gets_the_one_that_is_said(desk: Desk) -> None:
    (vague,) = heard(desk, ASKS, amira("I'll call you back.", 1))
    assert vague.body.needs_time
    assert vague.due_at
    assert vague.due_at.isoformat() == "2025-03-06T17:30:00+00:00"
    (timed,) = heard(desk, amira("I will call you back by five today.", 2))
    assert (timed.id, timed.body.needs_time) == (vague.id, False)
    assert timed.due_at
    assert timed.due_at.isoformat() == "2025-03-06T17:00:00+00:00"


def test_thanks_for_the_call_propose_that_it_was_kept_and_leave_it_to_a_person(desk: Desk) -> None:
    (promise,) = heard(desk, ASKS, CALL, mr_doyle("Thank you for calling me back.", 2))
    assert promise.state == PromiseState.MADE
    assert promise.body.sign == Evidence("the-late-refund", 2, "Thank you for calling me back.")


def test_the_same_turn_neither_makes_nor_keeps_what_it_promises(desk: Desk) -> None:
    (promise,) = heard(desk, amira("I've called the depot. I'll call you back by five today.", 1))
    assert promise.body.sign is None


def test_a_person_who_was_quicker_does_not_cost_the_turn(desk: Desk) -> None:
    (promise,) = heard(desk, ASKS, CALL)
    Ledger(desk.cases).keep(promise.id)
    later = heard(desk, amira("I need more time: I'll call you back by noon tomorrow.", 2))
    assert states(later) == [PromiseState.KEPT, PromiseState.MADE]
