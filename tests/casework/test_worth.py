"""What a note takes first: what was done, found out and decided, what came of it, and why it weighs on somebody."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.telling import Weighed, tells
from levelhead.casework.worth import decides, is_courtesy, tells_plight, tells_result, worth
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def weighed(books: Books, *turns: Turn) -> tuple[Weighed, ...]:
    desk = Desk(books, Bus(), models.load(), packs.load)
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    return tells(books.timeline(turns[0].conversation))


@pytest.mark.parametrize(
    "words",
    [
        "My brother is on dialysis and needs it by tonight.",
        "I've a four week old here.",
        "He hasn't answered for a week.",
    ],
)
def test_why_it_weighs_on_them_is_told(books: Books, words: str) -> None:
    (one,) = weighed(books, mr_doyle(words, 0))
    assert tells_plight(one)


def test_what_we_say_of_illness_is_not_their_plight(books: Books) -> None:
    (one,) = weighed(books, amira("Our line for dialysis patients opens at eight.", 0))
    assert not tells_plight(one)


@pytest.mark.parametrize("words", ["it's on it's running again", "The parcel has come.", "WENT THROUGH"])
def test_what_came_of_it_is_told(books: Books, words: str) -> None:
    assert any(tells_result(one) for one in weighed(books, mr_doyle(words, 0)))


@pytest.mark.parametrize(
    "words",
    ["That was denied because the filter was old.", "The pump isn't covered.", "There is a liability order on it."],
)
def test_what_was_decided_is_told(books: Books, words: str) -> None:
    assert any(decides(one) for one in weighed(books, amira(words, 0)))


@pytest.mark.parametrize("words", ["Thanks so much, bye now.", "Sorry about that.", "Have a lovely evening."])
def test_courtesies_are_none_of_it(books: Books, words: str) -> None:
    assert all(is_courtesy(one) for one in weighed(books, amira(words, 0)))


@pytest.mark.parametrize("words", ["Thanks, it has come.", "Cancelled.", "Sorry, we have cancelled all four bookings."])
def test_a_courtesy_in_which_something_is_said_is_none(books: Books, words: str) -> None:
    assert not any(is_courtesy(one) for one in weighed(books, mr_doyle(words, 0)))


def test_what_they_tell_us_to_do_is_worth_more_than_small_talk(books: Books) -> None:
    small, order = weighed(books, mr_doyle("It rained all of Sunday. Send it to the police.", 0))
    assert worth(order) > worth(small)
