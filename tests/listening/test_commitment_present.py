"""Promises in the present tense and the near misses that sound like them."""

import pytest

from levelhead.conversation import DueKind, Promise
from levelhead.listening.promises import NEVER, UNLIKELY, promises_in
from tests.people import amira


def heard(text: str) -> tuple[Promise, ...]:
    return promises_in(amira(text, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Marta tests your line on Thursday morning.",
        "Our surveyor measures it tomorrow at two.",
        "billing ring you on tuesday",
        "Six tomorrow and I ring you, then on Friday I check your meter myself.",
        "You have a straight answer from me on Wednesday.",
        "You get the keys at noon tomorrow.",
        "you've her reply inside two hours",
        "You're reimbursed by Friday.",
        "You're down for Thursday, ten to one.",
        "The parcel's at your door on Thursday.",
        "On Friday the money is back in your account.",
        "Your gate gets painted on Tuesday.",
        "The tickets land with you on Monday.",
        "The reminders stop on Friday.",
        "Consider your subscription ended as of Monday.",
        "You have my word it is mended on Friday.",
        "Thursday. You have my word.",
        "Expect a visit from our roofer on Wednesday.",
        "Wednesday morning it is.",
        "Joao has your claim from Monday.",
        "Your pass is behind the desk from 9am tomorrow.",
        "We hold it for you until Saturday.",
        "You stay on the old rate until 30 June.",
        "Nobody cuts the hedge before ten tomorrow.",
        "We don't collect a penny until the 20th.",
        "Nothing moves off that shelf before Friday.",
        "Forty minutes and she's at your gate.",
        "Give me half an hour and it's sorted.",
    ],
)
def test_a_commitment_in_the_present_tense_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "The museum shuts at five on Sunday.",
        "The ferry usually leaves the island at noon.",
        "Marta tested your line on Thursday morning.",
        "You have until Friday to choose.",
        "You get me the photos by noon tomorrow.",
        "You're moving out on Friday.",
        "You can pick it up from 9am tomorrow.",
        "Normally the money is in your account on Friday.",
        "I'd leave it until Monday.",
        "He was booked for today.",
        "Nobody knows before Monday.",
        "There's no guarantee she's there on Thursday.",
        "With a bit of luck she mends it on Friday.",
        "Five minutes and you're through.",
        "It takes forty minutes and it's done.",
        "It'll probably be here by Thursday.",
        "I expect it on Monday.",
        "Does Marta test it on Thursday?",
    ],
)
def test_a_timetable_a_hope_or_the_customers_own_plan_is_none(text: str) -> None:
    assert heard(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Leave it with me.",
        "Sure, expect a call.",
        "Consider it waived.",
        "You won't be charged for the visit.",
        "No surcharge will be added.",
        "There will be no more visits about this.",
        "We won't pursue the old balance.",
    ],
)
def test_what_is_surely_promised_needs_no_time(text: str) -> None:
    (promise,) = heard(text)
    assert (promise.due_kind, promise.due) == (DueKind.NONE, None)


@pytest.mark.parametrize(
    "text", ["Don't leave it with me for too long.", "What do you expect a call to fix?", "You won't be able to park."]
)
def test_the_same_words_in_another_sense_are_no_promise(text: str) -> None:
    assert heard(text) == ()


def test_what_the_reader_finds_unlikely_is_heard_only_in_plain_words() -> None:
    plain, other = amira("Marta tests your line on Thursday."), amira("I'll look on Thursday.")
    doubtful, out_of_the_question = (UNLIKELY + NEVER) / 2, NEVER / 2
    assert promises_in(plain, p_promise=doubtful)
    assert promises_in(other, p_promise=doubtful) == ()
    assert promises_in(plain, p_promise=out_of_the_question) == ()
