"""What a turn has to tell, and in which order."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import anyio
import pytest

from levelhead import models, packs
from levelhead.conversation import Heard, Turn
from levelhead.listening.reader import Reader
from levelhead.live import events
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.engine import hear_turn
from levelhead.live.events import (
    WHILE_HIDDEN,
    CardShown,
    ConversationStarted,
    Hidden,
    Kind,
    PromiseHeard,
    SupervisorAsked,
    TurnHeard,
    of_turn,
)
from levelhead.people.person import Whose
from levelhead.people.team import Rollout
from levelhead.storage.database import Shelf
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.records import CardAnswer
from levelhead.storage.teams import Teams
from tests.people import A_THURSDAY, amira, mr_doyle

DECIDED = {
    Kind.BOUNDARY_CHANGED,
    Kind.SUPERVISOR_NEEDED,
    Kind.PROMISE_DUE_SOON,
    Kind.PROMISE_LATE,
    Kind.PROMISE_BROKEN,
    Kind.PROMISE_KEPT,
}
"""What comes of agents' decisions on their page, or with time: they see none of it while nothing is shown."""


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


def test_every_kind_says_what_becomes_of_it_while_nothing_is_shown() -> None:
    assert set(WHILE_HIDDEN) == set(Kind)


@pytest.mark.parametrize("rollout", [Rollout.OFF, Rollout.SHADOW])
def test_of_a_team_that_is_shown_nothing_nobody_is_told_what_was_read(
    rollout: Rollout, library: Library, reader: Reader
) -> None:
    shelf = library.shelf(library.first.id)
    team = Teams(shelf).add("Evenings", rollout).id
    in_it, in_an_open_one = Whose(shelf.tenant, team), Whose(shelf.tenant, Teams(shelf).all()[0].id)
    Destinations(shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", A_THURSDAY)
    desk = Desk(library.of(shelf.tenant), Bus(), reader, packs.load)
    anyio.run(_talk, desk, "hidden", in_it)
    anyio.run(_talk, desk, "open", in_an_open_one)
    shown = {event["kind"] for event in _told(shelf, "open")}
    silent = {kind for kind, what in WHILE_HIDDEN.items() if what is Hidden.SILENT} - DECIDED
    assert shown >= silent, "the talk has one of each"
    started, *heard_of = _told(shelf, "hidden")
    assert [event["kind"] for event in (started, *heard_of)] == [
        Kind.CONVERSATION_STARTED,
        Kind.TURN_HEARD,
        Kind.TURN_HEARD,
    ]
    for event in heard_of:
        assert (event["readable"], event["language"], event["emotion"]) == (False, "", None)
        assert (event["labels"], event["cause"], event["issue"]) == ([], None, None)
    anyio.run(desk.remove, "hidden")
    assert [event["kind"] for event in _told(shelf, "hidden")] == [Kind.CONVERSATION_REMOVED]


def _told(shelf: Shelf, conversation: str) -> list[dict[str, Any]]:
    events_of_all = (lying.event for lying in Outbox(shelf).listed())
    return [json.loads(one.told) | {"kind": one.kind} for one in events_of_all if one.conversation == conversation]


async def _talk(desk: Desk, conversation: str, whose: Whose) -> None:
    """An angry demand and a promise; the card that came is answered, here even where nobody was shown it."""
    angry = mr_doyle("This is outrageous. I want to speak to your manager right now!", 0, conversation=conversation)
    heard = await desk.hear(angry, whose)
    await desk.hear(amira("I will call you tomorrow at noon.", 1, conversation=conversation), whose)
    if heard.advice.card:
        await desk.answer(conversation, heard.advice.card.id, CardAnswer.USED)
