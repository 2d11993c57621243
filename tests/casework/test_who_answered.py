"""Who answered stands in a note as they gave their names, each once."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.who_answered import introduced
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def names(books: Books, *words: str) -> list[str]:
    """Of agents who say `words` in turn, with a customer between."""
    desk = Desk(books, Bus(), models.load(), packs.load)
    for n, said in enumerate(words):
        anyio.run(partial(desk.hear, mr_doyle("The pump stands still.", 2 * n)))
        anyio.run(partial(desk.hear, amira(said, 2 * n + 1)))
    return [quote.words for quote in introduced(books.timeline(mr_doyle("", 0).conversation))]


@on_sqlite
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hello, this is Amira from the yard. What is the pump called?", "this is Amira"),
        ("Hi, you're through to Joel. What is the pump called?", "you're through to Joel"),
        ("hello you're through to bernadette on the pumps team what is it called", "you're through to bernadette"),
        ("Morning, it's Fi. What is the pump called?", "it's Fi"),
        ("We are looking at the pump now. ^Jo", "^Jo"),
        ("I have ordered the valve for you.\n\nRegards\nHelen Strand", "Helen Strand"),
    ],
)
def test_a_name_is_found_as_it_was_given(books: Books, said: str, name: str) -> None:
    assert names(books, said) == [name]


@on_sqlite
@pytest.mark.parametrize(
    "said",
    [
        "You're through to northlight energy, what is the pump called?",
        "It's fine. What is the pump called?",
        "You were told Thursday, it's Friday, and we didn't ring.",
        "Good afternoon, this is DMV Online, agent 114. What is the pump called?",
        "I have ordered the valve for you.\n\nRegards",
    ],
)
def test_a_firm_a_word_or_a_greeting_is_no_name(books: Books, said: str) -> None:
    assert names(books, said) == []


@on_sqlite
def test_a_name_stands_once_however_often_it_is_signed(books: Books) -> None:
    assert names(books, "I'm on it. ^TK", "The valve is in. ^TK") == ["^TK"]
