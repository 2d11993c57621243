"""What a turn has to tell, and in which order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from levelhead import models, packs
from levelhead.conversation import Heard, Turn
from levelhead.listening.reader import Reader
from levelhead.live import events
from levelhead.live.engine import hear_turn
from levelhead.live.events import CardShown, ConversationStarted, PromiseHeard, SupervisorAsked, TurnHeard, of_turn
from tests.people import A_THURSDAY, amira, mr_doyle


@pytest.fixture(scope="module")
def reader() -> Reader:
    return models.load()


def heard(turn: Turn, reader: Reader | None) -> Heard:
    return hear_turn(turn, (), reader, packs.load("en-GB"))


def test_a_first_turn_starts_the_conversation(reader: Reader) -> None:
    started, told, *_ = of_turn(heard(amira("Hello, this is Amira."), reader), first=True, late=False)
    assert isinstance(started, ConversationStarted)
    assert isinstance(told, TurnHeard)
    assert (told.speaker, told.emotion, told.readable) == ("agent", None, True)


def test_an_angry_demand_for_a_supervisor_is_told_with_its_labels(reader: Reader) -> None:
    said = heard(mr_doyle("This is outrageous. I want to speak to your manager right now!", 1), reader)
    told, asked, *shown = of_turn(said, first=False, late=False)
    assert isinstance(told, TurnHeard)
    assert "asks_supervisor" in told.labels
    assert isinstance(asked, SupervisorAsked)
    assert asked.p > 0.5
    assert [type(event) for event in shown] == ([CardShown] if said.advice.card else [])


def test_a_promise_is_told_by_its_due_time_alone() -> None:
    said = heard(amira("I will call you tomorrow at noon.", 2), None)
    (promise,) = [event for event in of_turn(said, first=False, late=False) if isinstance(event, PromiseHeard)]
    assert promise.due == (A_THURSDAY.replace(hour=12, minute=0) + timedelta(days=1)).isoformat()
    assert "call" not in events.told(promise, A_THURSDAY).told


def test_a_late_turn_says_so() -> None:
    (told,) = of_turn(heard(mr_doyle("Hello?", 3), None), first=False, late=True)
    assert isinstance(told, TurnHeard)
    assert told.late


def test_events_of_one_turn_have_ids_that_sort_in_the_order_in_which_they_are_told() -> None:
    said = heard(amira("I will call you tomorrow at noon."), None)
    ids = [events.told(event, A_THURSDAY).id for event in of_turn(said, first=True, late=False)]
    assert len(set(ids)) == 3
    assert ids == sorted(ids)


def test_an_unreadable_turn_is_told_without_findings() -> None:
    said = heard(replace(mr_doyle("Hello?"), text="…"), None)
    _, told = of_turn(said, first=True, late=False)
    assert isinstance(told, TurnHeard)
    assert (told.readable, told.labels, told.emotion) == (False, (), None)
