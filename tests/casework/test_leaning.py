"""What a note quotes can be read by itself: with its question, its answer, and the sentence that it points at."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.leaning import leant_on
from levelhead.casework.telling import tells
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def with_them(books: Books, picked: str, *turns: Turn) -> list[str]:
    """What stands in a note of these turns where the sentence `picked` does."""
    desk = Desk(books, Bus(), models.load(), packs.load)
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    found = tells(books.timeline(turns[0].conversation))
    return [one.words for one in leant_on(found, [one for one in found if one.words == picked])]


def test_a_bare_answer_stands_below_its_question(books: Books) -> None:
    told = with_them(
        books,
        "3051.",
        amira("Thank you. What is the postcode of the yard?", 0),
        mr_doyle("3051.", 1),
        amira("Got it.", 2),
    )
    assert told == ["What is the postcode of the yard?", "3051."]


def test_a_sentence_that_points_back_brings_what_it_points_at(books: Books) -> None:
    told = with_them(
        books,
        "He comes with the van.",
        mr_doyle("Who brings the pump?", 0),
        amira("Wiktor from the depot has your job. He comes with the van. The road is open.", 1),
    )
    assert told[-2:] == ["Wiktor from the depot has your job.", "He comes with the van."]


def test_a_question_is_told_with_what_was_said_to_it(books: Books) -> None:
    told = with_them(
        books,
        "Does the pump run without the float?",
        mr_doyle("Does the pump run without the float?", 0),
        amira("It does, for an hour at most. Anything else?", 1),
    )
    assert told == ["Does the pump run without the float?", "It does, for an hour at most."]


def test_a_sentence_is_quoted_whole(books: Books) -> None:
    said = (
        "The valve was put in upside down by the last man who was here, and because of that the pump ran dry on"
        " Sunday, so we pay for the new one."
    )
    told = with_them(books, "so we pay for the new one.", amira(said, 0)) or with_them(books, said, amira(said, 0))
    assert " ".join(told).startswith("The valve was put in upside down")
    assert " ".join(told).endswith("we pay for the new one.")


def test_a_whole_statement_stands_by_itself(books: Books) -> None:
    told = with_them(
        books,
        "The pump in the cellar has stopped again since Sunday.",
        amira("What can I do for you?", 0),
        mr_doyle("Hello there. The pump in the cellar has stopped again since Sunday.", 1),
    )
    assert told == ["The pump in the cellar has stopped again since Sunday."]
