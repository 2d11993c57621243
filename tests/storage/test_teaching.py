"""What teams settle about their cards is numbered and kept; answers are counted per rule and team; cards are muted."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from levelhead.advising.overlay import Adjustment, How
from levelhead.casework.teaching import Counted, Proposal, SettledState
from levelhead.conversation import Advice, Card, CardKind, Heard, Reading
from levelhead.people.audit import Deed
from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.muting import Muting, muted_among
from levelhead.storage.records import CardAnswer
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.teaching import AlreadySettled, Teaching, UnknownSettled
from levelhead.storage.teams import Teams
from tests.clocks import Clock
from tests.people import mr_doyle

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COUNTED = Counted("name_it", CardKind.ACKNOWLEDGE, 2, 1, 9, 8)
SILENT = Proposal(How.SILENT, "name_it", 0, COUNTED, timedelta(days=28))


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def team(books: Books) -> UUID:
    return Teams(books.shelf).add("returns", Rollout.ON).id


@pytest.fixture
def teaching(books: Books, clock: Clock) -> Teaching:
    return Teaching(books.shelf, clock)


def answered(books: Books, team: UUID, conversation: str, *answers: CardAnswer) -> None:
    card = Card(f"{conversation}:0", CardKind.ACKNOWLEDGE, "Name it", "I hear you.", (), "name_it", "name-1")
    with books.turn_of(conversation, team) as book:
        book.keep(Heard(mr_doyle("Hello?", conversation=conversation), Reading("en", True), Advice({}, card=card)))
    for answer in answers:
        books.answer_card(conversation, card.id, answer, said_to=card)


def test_what_is_approved_is_in_force_for_its_team_until_its_time_is_over(
    teaching: Teaching, team: UUID, books: Books, clock: Clock
) -> None:
    made = teaching.approve(team, SILENT, "It comes far too late.")
    assert teaching.in_force(team) == (Adjustment(1, How.SILENT, "name_it"),)
    assert teaching.in_force(Teams(books.shelf).add("billing", Rollout.ON).id) == ()
    assert (made.why, made.answers, made.against) == ("It comes far too late.", 12, 9)
    clock.now = NOW + timedelta(days=28)
    assert teaching.in_force(team) == ()
    assert teaching.numbered() == {1: Adjustment(1, How.SILENT, "name_it")}, "an old advice still names it"


def test_it_is_taken_back_once_and_stays_in_the_list(teaching: Teaching, team: UUID) -> None:
    made = teaching.approve(team, SILENT)
    ended = teaching.end(made.id)
    assert (ended.state, teaching.in_force(team)) == (SettledState.ENDED, ())
    assert teaching.settled(team) == (ended,)
    with pytest.raises(AlreadySettled):
        teaching.end(made.id)
    with pytest.raises(UnknownSettled):
        teaching.end(team)


def test_two_supervisors_do_not_decide_the_same_twice(teaching: Teaching, team: UUID) -> None:
    teaching.decline(team, SILENT, NOW + timedelta(days=28))
    with pytest.raises(AlreadySettled):
        teaching.approve(team, SILENT)
    assert teaching.in_force(team) == ()


def test_numbers_are_the_tenants_so_that_an_advice_names_one_alone(
    teaching: Teaching, team: UUID, books: Books
) -> None:
    other = Teams(books.shelf).add("billing", Rollout.ON).id
    numbers = [teaching.approve(one, SILENT).adjustment.number for one in (team, other)]
    assert numbers == [1, 2]


def test_a_share_that_is_held_out_takes_the_place_of_the_one_before(teaching: Teaching, team: UUID) -> None:
    assert teaching.held_out() == {}
    teaching.hold_out(team, 10)
    teaching.hold_out(team, 25)
    assert teaching.in_force(team) == (Adjustment(2, How.HOLD_OUT, "", 25),)
    assert teaching.held_out() == {team: 25}
    teaching.hold_out(team, 0)
    assert (teaching.in_force(team), teaching.held_out()) == ((), {})


def test_answers_are_counted_per_rule_and_team_and_the_last_one_to_a_card_counts(
    teaching: Teaching, team: UUID, books: Books
) -> None:
    other = Teams(books.shelf).add("billing", Rollout.ON).id
    answered(books, team, "one", CardAnswer.USED, CardAnswer.WRONG)
    answered(books, team, "two", CardAnswer.NOT_NOW)
    answered(books, other, "three", CardAnswer.WRONG)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert teaching.counted(team, long_ago) == (Counted("name_it", CardKind.ACKNOWLEDGE, 0, 1, 1, 2),)
    assert teaching.counted(team, datetime(2100, 1, 1, tzinfo=UTC)) == ()
    books.remove(["one"])
    assert teaching.counted(team, long_ago) == (Counted("name_it", CardKind.ACKNOWLEDGE, 0, 1, 0, 1),)


def test_decisions_are_audited_by_ids_and_numbers(teaching: Teaching, team: UUID, books: Books) -> None:
    teaching.end(teaching.approve(team, SILENT, "It comes far too late.").id)
    with books.shelf.reading() as connection:
        rows = connection.execute(select(tables.audit.c.deed, tables.audit.c.subject).order_by(tables.audit.c.id)).all()
    assert rows[-2:] == [(Deed.CARDS_SETTLED, f"{team}:+1:in_force"), (Deed.CARDS_UNSETTLED, f"{team}:+1")]


def test_cards_are_muted_in_one_conversation_and_shown_again(books: Books, team: UUID) -> None:
    answered(books, team, "one")
    answered(books, team, "two")
    muting = Muting(books.shelf)
    muting.mute("one", muted=True)
    muting.mute("one", muted=True)
    with books.shelf.reading() as connection:
        assert muted_among(connection, ["one", "two"]) == {"one"}
        assert connection.scalars(select(tables.card_mute.c.muted)).all() == [1], "nothing changed the second time"
    muting.mute("one", muted=False)
    assert not muting.is_muted("one")
    with pytest.raises(CannotKeep):
        muting.mute("nowhere", muted=True)
