"""What is arranged, under way, or held until something has happened, and the near misses of each."""

import time

import pytest

from levelhead.conversation import DueKind, Promise
from levelhead.listening.promises import promises_in
from tests.people import amira


def heard(text: str) -> tuple[Promise, ...]:
    return promises_in(amira(text, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Your appeal is to be heard by the board on the 28th.",
        "Dr Osei is to phone you on Monday.",
        "The bailiffs are being called off this afternoon.",
        "We're felling the beech a week on Monday.",
        "Both cartons ship over to you on Thursday.",
        "Our plumber attends on Tuesday.",
        "Your slot is Friday at six. The driver texts an hour before.",
        "The shares are sold on Thursday.",
        "They confirm it in writing by Tuesday.",
        "The store sends another on Monday.",
        "You can, madam. First thing Monday the new meter is on his desk.",
        "On Thursday we're bringing the ladder round.",
        "Before Friday our rider brings the modem.",
        "An hour and the driver calls from the gate.",
        "£9 will come off your next bill.",
    ],
)
def test_what_is_arranged_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "The fee is to be paid by Friday.",
        "You're to ring us on Monday.",
        "Your sister's painting it on Wednesday.",
        "Homes like these are advertised on Mondays.",
        "The shares were sold on Thursday.",
        "They close the station on Tuesday.",
        "Before Friday I can't say.",
        "I shall do my best to let you have it by Thursday.",
        "The visit takes an hour and the driver calls it a day.",
    ],
)
def test_the_customers_part_the_usual_and_the_past_are_none(text: str) -> None:
    assert heard(text) == ()


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("The old meter stays in until the new one is fitted.", "until the new one is fitted"),
        ("I'm not closing this till you're paid.", "till you're paid"),
        ("Nothing leaves the depot until we're sure.", "until we're sure"),
        ("Nobody is touching your account while this is open.", "while this is open"),
        ("We'll keep your desk free for as long as it takes.", "for as long as it takes"),
        ("You've got the van till we're finished.", "till we're finished"),
    ],
)
def test_what_is_held_until_something_has_happened_has_no_moment(text: str, until: str) -> None:
    (promise,) = heard(text)
    assert promise.due_kind is DueKind.RELATIVE
    assert promise.due is None
    assert text[promise.span.start : promise.span.end] == until


@pytest.mark.parametrize(
    "text",
    [
        "Stay on the line while I check.",
        "I'll keep you on hold while I ask.",
        "We'll stay with you as long as you like.",
        "Nobody knows until it's opened.",
        "I'm not sure while it's with them.",
        "Can we keep it open until it's mended?",
        "Take nothing till I've spoken to you.",
        "The shop was shut until you rang.",
    ],
)
def test_a_wait_on_the_line_and_what_nobody_can_tell_are_not_held(text: str) -> None:
    assert heard(text) == ()


def test_an_undertaking_not_to_act_is_heard_beside_a_promise_with_a_time() -> None:
    sure, timed = heard("You won't be billed for this. I'll bring the valve on Friday.")
    assert (sure.due, sure.due_kind) == (None, DueKind.NONE)
    assert timed.due is not None
    assert len(heard("Leave it with me. I'll tell you by Friday.")) == 1


@pytest.mark.parametrize(
    "words", ["till it ", "our ", "is to be ", "the way ", "are being ", "nothing ", "won't ", "you can ", "and then "]
)
def test_eight_times_the_words_take_about_eight_times_as_long(words: str) -> None:
    assert took(words, 4000) < 24 * took(words, 500)  # What grows with the square would take sixty-four times as long.


def took(words: str, times: int) -> float:
    """The least of three goes, in seconds of the processor."""
    goes = []
    for _ in range(3):
        started = time.process_time()
        heard(words * times + "on Friday till it's done")
        goes.append(time.process_time() - started)
    return min(goes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'll pass your idea on to the bakers.", True),
        ("We'll share this with the night crew.", True),
        ("I'll let our depot know.", True),
        ("Sorry to hear it. Passing this along to the cooks.", True),
        ("I passed your idea on to the bakers.", False),
        ("Would you let our depot know?", False),
        ("The bakers can share this with you.", False),
    ],
)
def test_what_is_handed_on_to_colleagues_is_heard_without_a_time(text: str, said: bool) -> None:
    assert bool(heard(text)) is said
