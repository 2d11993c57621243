"""What a turn begins beside its card is kept with the turn, once, and only where Levelhead is on."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import Promised, PromiseState
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.people.person import Whose
from levelhead.people.team import Rollout
from levelhead.storage.books import Books
from levelhead.storage.columns import new_id
from levelhead.storage.teams import Teams
from tests.people import amira, mr_doyle

CALL = amira("I'll call you back by five today.", 1)


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


def heard(desk: Desk, *turns: Turn, whose: Whose | None = None) -> tuple[Item[Promised], ...]:
    for turn in turns:
        anyio.run(partial(desk.hear, turn, whose))
    return desk.cases.of_conversation(turns[0].conversation, Kind.PROMISE)


def test_a_promise_that_is_spoken_is_in_the_ledger_with_its_time_and_its_words(desk: Desk) -> None:
    (promise,) = heard(desk, mr_doyle("Where is my refund?", 0), CALL)
    assert promise.state == PromiseState.MADE
    assert promise.due_at is not None
    assert promise.due_at.isoformat() == "2025-03-06T17:00:00+00:00"
    assert (promise.body.n, promise.body.confirmed) == (1, False)
    (made,) = desk.cases.changes(promise.id)
    assert made.reason.evidence[0].words in CALL.text


def test_a_turn_that_comes_twice_promises_once(desk: Desk) -> None:
    assert len(heard(desk, CALL, CALL)) == 1


@pytest.mark.parametrize(("rollout", "count"), [(Rollout.ON, 1), (Rollout.SHADOW, 0), (Rollout.OFF, 0)])
def test_a_team_that_is_shown_nothing_gets_no_casework(desk: Desk, books: Books, rollout: Rollout, count: int) -> None:
    team = Teams(books.shelf).add("Returns", rollout)
    whose = Whose(books.tenant, team.id, new_id())
    assert len(heard(desk, CALL, whose=whose)) == count


def test_who_holds_the_conversation_has_the_promise_to_keep(desk: Desk, books: Books) -> None:
    agent, team = new_id(), Teams(books.shelf).add("Returns", Rollout.ON)
    (promise,) = heard(desk, CALL, whose=Whose(books.tenant, team.id, agent))
    assert (promise.owner, promise.team) == (agent, team.id)
