"""A note says what was said: quotations, facts and promises, and how it ended where somebody said so."""

from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Kind
from levelhead.casework.note import Drafted, Outcome, drafted
from levelhead.casework.quoting import MOST_QUOTED
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

SPOKEN = (
    mr_doyle("Hello.", 0),
    mr_doyle("My kettle leaks and I am furious. It was order 48213.", 1),
    amira("I'm sorry that the kettle leaks. I've sent you a new one and I'll call you by five today.", 2),
    mr_doyle("Will it come in red?", 3),
)


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


def note(desk: Desk, *turns: Turn) -> Drafted:
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    conversation = turns[0].conversation
    return drafted(desk.books.timeline(conversation), desk.cases.of_conversation(conversation, Kind.PROMISE))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_note_quotes_what_was_wanted_done_promised_and_left_open(desk: Desk) -> None:
    said = note(desk, *SPOKEN)
    assert said.wanted is not None
    assert (said.wanted.n, said.wanted.words) == (1, "My kettle leaks and I am furious.")
    assert [fact.value for fact in said.facts if fact.value == "48213"] == ["48213"]
    assert any("sent you a new one" in quote.words for quote in said.done)
    assert [(pledge.n, pledge.due is not None) for pledge in said.promises] == [(2, True)]
    assert [quote.words for quote in said.questions] == ["Will it come in red?"]
    assert said.outcome is Outcome.UNSAID


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_ends_as_the_customer_said_last(desk: Desk) -> None:
    assert note(desk, *SPOKEN, mr_doyle("It has come and all is solved now, thank you.", 4)).outcome is Outcome.SOLVED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_quotation_stands_in_its_turn(desk: Desk) -> None:
    long = "and then it happened all over again in the kitchen " * 8
    said = note(desk, *SPOKEN[:1], mr_doyle(long, 1), *SPOKEN[2:])
    turns = {heard.turn.n: heard.turn.text for heard in desk.books.timeline(SPOKEN[0].conversation)}
    quotes = [quote for quote in (said.wanted, *said.done, *said.questions) if quote]
    assert len(quotes) > 1
    for quote in quotes:
        assert quote.words.removesuffix(" …") in turns[quote.n]
        assert len(quote.words) <= MOST_QUOTED + 2


def test_a_conversation_in_which_nothing_was_said_has_an_empty_note() -> None:
    said = drafted(())
    assert (said.wanted, said.done, said.outcome, said.course) == (None, (), Outcome.UNSAID, ())
