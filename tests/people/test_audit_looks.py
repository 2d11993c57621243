"""Looks at a conversation by someone who does not hold it are noted; what one holds can be read without a note."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import HOUSE, act_as, who_acts
from levelhead.people.audit_looks import look_of
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role, Whose

TENANT, TEAM = UUID(int=1), UUID(int=2)
AMIRA = Person(UUID(int=10), TENANT, "amira", "Amira", Role.AGENT, frozenset({TEAM}))
NOOR = Person(UUID(int=11), TENANT, "noor", "Noor", Role.SUPERVISOR, frozenset({TEAM}))
A_MORNING = datetime(2025, 3, 6, 10, 42, tzinfo=UTC)
TELEPHONY = ApiToken(UUID(int=12), TENANT, "telephony", frozenset(Action), A_MORNING, A_MORNING)
HERS = Whose(TENANT, TEAM, AMIRA.id)
NOBODYS = Whose(TENANT, TEAM)


@pytest.mark.parametrize(
    "action", [Action.READ_CONVERSATION, Action.SEE_FORECASTS, Action.CHECK_DRAFT, Action.ASK_FOR_HELP]
)
def test_the_one_who_holds_it_may_look_without_a_note(action: Action) -> None:
    assert look_of(AMIRA, action, HERS, "the-late-refund") is None


@pytest.mark.parametrize("who", [NOOR, TELEPHONY], ids=["a supervisor", "a program"])
@pytest.mark.parametrize(
    "action", [Action.READ_CONVERSATION, Action.SEE_FORECASTS, Action.CHECK_DRAFT, Action.ASK_FOR_HELP]
)
def test_everybody_elses_look_is_noted(who: Person | ApiToken, action: Action) -> None:
    assert look_of(who, action, HERS, "the-late-refund") is Deed.CONVERSATION_SEEN


def test_a_look_at_what_nobody_holds_is_noted() -> None:
    assert look_of(AMIRA, Action.READ_CONVERSATION, NOBODYS, "the-late-refund") is Deed.CONVERSATION_SEEN


@pytest.mark.parametrize("who", [AMIRA, NOOR], ids=["the holder", "a supervisor"])
def test_sealed_facts_are_noted_for_whoever_sees_them(who: Person) -> None:
    assert look_of(who, Action.SEE_SEALED, HERS, "the-late-refund") is Deed.SEALED_SEEN


def test_a_list_is_noted_where_it_shows_what_others_hold() -> None:
    assert look_of(NOOR, Action.READ_CONVERSATION, Whose.of(NOOR), None) is Deed.LIST_SEEN
    assert look_of(AMIRA, Action.READ_CONVERSATION, Whose.of(AMIRA), None) is None


@pytest.mark.parametrize("action", [Action.HEAR_TURN, Action.ANSWER_CARD, Action.MANAGE_PEOPLE])
def test_what_changes_something_is_no_look(action: Action) -> None:
    assert look_of(NOOR, action, HERS, "the-late-refund") is None


def test_whoever_acts_is_known_by_what_they_are_and_their_id() -> None:
    assert who_acts() == HOUSE
    act_as(AMIRA)
    assert who_acts() == f"person:{AMIRA.id}"
    act_as(TELEPHONY)
    assert who_acts() == f"token:{TELEPHONY.id}"
    act_as(HOUSE)
