"""Which words speak of a promise again, put it off, or sound as if it were kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from levelhead import packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import Promised
from levelhead.casework.promise_words import Meets, as_a_task, asks_for_more_time, met, same_thing, sign_of_keeping
from levelhead.conversation import Cue, DueKind, Heard, Promise, Span
from levelhead.live.engine import hear_turn
from tests.people import amira, mr_doyle

FIVE = datetime(2025, 3, 6, 17, tzinfo=UTC)
FRIDAY = FIVE + timedelta(days=1)


def standing(action: str, due: datetime | None = FIVE, **known: bool) -> Item[Promised]:
    at = FIVE - timedelta(hours=6)
    body = Promised(action, "", 1, **known)  # type: ignore[arg-type]
    return Item(uuid4(), Kind.PROMISE, action, "made", uuid4(), "c", None, None, due, at, at, body)


def spoken(action: str, due: datetime | None = FRIDAY) -> Promise:
    return Promise("agent", action, "by Friday" if due else "", due, DueKind.ABSOLUTE, Span(0, 1))


CALL = standing("call you back about the refund")
FORM = standing("send you the returns form")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("call you back", "ring you about the refund", True),
        ("call you back", "Thanks for calling me.", True),
        ("release the refund", "The money has arrived, thank you, the refund is here", True),
        ("send you the form", "send you the refund", False),
        ("call you back", "email you the label", False),
        ("be in touch", "give you a call", True),
        ("do that", "do this", False),
    ],
)
def test_two_phrases_are_about_the_same_thing_to_do(one: str, other: str, same: bool) -> None:
    assert same_thing(one, other) is same


def test_another_time_for_the_same_thing_restarts_its_clock() -> None:
    found = met(spoken("ring you back"), "I'll ring you back by Friday.", (FORM, CALL))
    assert (found and found.item, found and found.how) == (CALL, Meets.RESTARTS)


def test_a_holding_reply_is_about_the_one_promise_that_is_open() -> None:
    said = "I'm sorry, I need until Friday with this."
    found = met(spoken("let you know"), said, (CALL,))
    assert (found and found.item, found and found.how) == (CALL, Meets.RESTARTS)
    assert met(spoken("let you know"), said, (CALL, FORM)) is None, "nobody can tell which one"


def test_the_same_promise_said_again_is_no_second_one() -> None:
    for due in (FIVE, None):
        found = met(spoken("call you back", due), "So, I'll call you back.", (CALL,))
        assert found
        assert found.how is Meets.SAYS_AGAIN


def test_a_vague_promise_gets_its_time_from_the_words_that_name_one() -> None:
    vague = standing("call you back", needs_time=True)
    found = met(spoken("call you", FIVE), "I'll call you by five.", (vague,))
    assert found
    assert found.how is Meets.GIVES_TIME


def test_another_thing_is_another_promise() -> None:
    assert met(spoken("email you the label"), "I'll email you the label by Friday.", (CALL,)) is None


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("I need until Friday.", True),
        ("It's taking a bit longer than I thought.", True),
        ("We're still waiting for the warehouse.", True),
        ("I can't get that to you by five.", True),
        ("I'll call you by five.", False),
        ("It will be there on Friday.", False),
    ],
)
def test_words_that_put_something_off_are_known(text: str, more: bool) -> None:
    assert asks_for_more_time(text) is more


def heard_of(text: str, *, customer: bool = False) -> Heard:
    return hear_turn((mr_doyle if customer else amira)(text, 5), (), None, packs.load("en-GB"))


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("I've sent the returns form just now.", "send you the returns form"),
        ("Hello Mr Doyle, I'm calling back about your refund.", "call you back"),
        ("Your refund has been released.", "release the refund"),
        ("Good news. We have booked the engineer for Monday.", "book an engineer"),
    ],
)
def test_what_an_agent_says_is_done_is_a_sign(text: str, action: str) -> None:
    words = sign_of_keeping(heard_of(text), standing(action))
    assert words
    assert words in text


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Thanks for calling me back.", "call you back"),
        ("The refund arrived this morning.", "release the refund"),
        ("I got the form, thank you.", "send you the returns form"),
    ],
)
def test_what_a_customer_says_has_come_is_a_sign(text: str, action: str) -> None:
    assert sign_of_keeping(heard_of(text, customer=True), standing(action)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Nobody called me back.",
        "You said you'd call me back and I got nothing.",
        "Thanks for not calling me.",
        "When will you call me back?",
        "Thanks for the form.",
    ],
)
def test_a_complaint_that_it_was_not_kept_is_no_sign(text: str) -> None:
    assert sign_of_keeping(heard_of(text, customer=True), standing("call you back")) is None


def test_what_will_be_done_is_no_sign_and_neither_is_sarcasm() -> None:
    assert sign_of_keeping(heard_of("I'll call you back as promised."), standing("call you back")) is None
    said = heard_of("Thanks for calling me back.", customer=True)
    mocked = replace(said, reading=replace(said.reading, fired=(Cue.SARCASM,)))
    assert sign_of_keeping(mocked, standing("call you back")) is None


@pytest.mark.parametrize(
    ("action", "task"),
    [
        ("call you back about your refund", "Call Mr Doyle back about their refund"),
        ("have it with you", "Have it with Mr Doyle"),
        ("find the parcel", "Find the parcel"),
        ("you keep your stuff on it, the board's", "“you keep your stuff on it, the board's”"),
        ("it'll be with you", "“it'll be with you”"),
        ("14 of 14 are back", "“14 of 14 are back”"),
    ],
)
def test_a_promise_is_said_to_a_colleague(action: str, task: str) -> None:
    assert as_a_task(action, "Mr Doyle") == task
