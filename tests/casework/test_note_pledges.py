"""A note names a promise only where the words surely promise, and a time only where they name one moment."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Kind
from levelhead.casework.may_promise import comes, is_soon
from levelhead.casework.note_pledges import Pledge, pledges
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

HOUR = 3600.0
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def promised(books: Books, *turns: Turn) -> list[Pledge]:
    desk = Desk(books, Bus(), models.load(), packs.load)
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    conversation = turns[0].conversation
    return list(pledges(books.timeline(conversation), desk.cases.of_conversation(conversation, Kind.PROMISE)))


@on_sqlite
def test_a_promise_has_its_sentence_and_its_moment(books: Books) -> None:
    (one,) = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("That is the valve. I will call you by four today.", 1),
    )
    assert one.words is not None
    assert (one.words.words, one.due is not None, one.clock) == ("I will call you by four today.", True, True)


@on_sqlite
def test_where_two_times_are_named_none_is_put_beside_the_words(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("I will call you tomorrow at nine about the visit on Thursday at noon.", 1),
    )
    assert [one.due for one in found] == [None] * len(found)


@on_sqlite
def test_a_look_that_is_taken_now_is_no_promise_once_more_was_said(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("I'll be back with you in two minutes.", 1),
        amira("It is the valve.", 2),
        amira("Olga has the job.", 3),
    )
    assert found == []


@on_sqlite
def test_what_sounds_done_by_then_is_no_longer_open(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("I will send you a new valve by noon today.", 1),
        mr_doyle("All right.", 2),
        amira("I've just sent you the valve.", 3),
    )
    assert found == []


@on_sqlite
@pytest.mark.parametrize(("later", "ahead"), [(HOUR / 2, 1), (30 * HOUR, 0)])
def test_what_was_to_come_by_a_time_is_ahead_until_that_time(books: Books, later: float, ahead: int) -> None:
    found = promised(
        books,
        mr_doyle("The cellar is full of water.", 0, at=0.0),
        amira("I will call you within two hours.", 1, at=60.0),
        mr_doyle("The carpet is a blue one.", 2, at=later),
    )
    assert len(found) == ahead


@on_sqlite
@pytest.mark.parametrize(
    ("answer", "ahead"),
    [
        ("hey it's me i ain't waiting no more it's on it's running", 0),
        ("It's not on and it's not running.", 1),
        ("It's on the left side.", 1),
        ("Tell me when it's running.", 1),
    ],
)
def test_what_the_customer_says_is_running_is_no_longer_open(books: Books, answer: str, ahead: int) -> None:
    found = promised(
        books,
        mr_doyle("You turned off my water.", 0),
        amira("I will have the water back on by four today.", 1),
        mr_doyle(answer, 2),
    )
    assert len(found) == ahead


@on_sqlite
def test_what_was_called_off_is_no_longer_open(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The sofa has no legs.", 0),
        amira("I'll send a courier by six today.", 1),
        mr_doyle("They were in the box after all, stand him down.", 2),
        amira("Cancelled.", 3),
    )
    assert found == []


@on_sqlite
def test_what_is_said_of_everybody_promises_nothing_to_one(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("Where is my letter?", 0),
        amira("All letters are being issued as soon as possible.", 1),
    )
    assert found == []


@on_sqlite
def test_the_hour_of_one_thing_is_no_deadline_of_another(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The bin was left again.", 0),
        amira("I'll watch the truck on the screen on Monday at 7:30 and then I'll write to you.", 1),
    )
    assert [one.due for one in found] == [None] * len(found)


@pytest.mark.parametrize("words", ["give me two minutes", "I'll have it in a sec", "half a minute"])
def test_minutes_are_soon(words: str) -> None:
    assert is_soon(words)


@pytest.mark.parametrize("words", ["I'll ring you in twenty-five minutes", "there in forty five minutes", "by five"])
def test_what_takes_longer_is_not_soon(words: str) -> None:
    assert not is_soon(words)


def test_what_was_is_not_to_come() -> None:
    assert comes("Olga will bring it")
    assert not comes("Olga brought it on Friday")


@on_sqlite
def test_what_is_taken_back_in_the_next_words_is_no_promise(books: Books) -> None:
    found = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("You will have the pump by Friday at noon. But I can't promise that it will be this Friday.", 1),
    )
    assert found == []


@on_sqlite
def test_what_cannot_be_promised_later_on_takes_nothing_back(books: Books) -> None:
    (one,) = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira("You will have the pump by Friday at noon. It is a good one. I can't promise the paint.", 1),
    )
    assert one.words is not None
    assert one.words.words.startswith("You will have the pump by Friday at noon.")


@on_sqlite
def test_an_either_is_not_cut_before_its_or(books: Books) -> None:
    (one,) = promised(
        books,
        mr_doyle("The cellar is full of water.", 0),
        amira(
            "I need the man who built it to sign, and I will write to you on Monday with either the new date for the"
            " pump or the name of the man who has it.",
            1,
        ),
    )
    assert one.words is not None
    assert "the name of the man" in one.words.words
