"""The packet of a hand-over: only what was said, each with its turn."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.packet import Avoid, Given, Packet, Settled, packet
from levelhead.casework.remedy import Chosen, Remedied, RemedyState
from levelhead.casework.remedy_options import Facts
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.conversation import Cue, Emotion, FactKind, Fault, Move, Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.casework.saying import agent, customer
from tests.people import amira, mr_doyle

ORDER = (FactKind.ORDER_NUMBER, "48213")
SAID = (
    customer(0, "My kettle leaks again and again.", facts=(ORDER,), felt=(Emotion.ANGRY, 3)),
    agent(1, "I understand your frustration.", Fault.SCRIPTED),
    customer(2, "Do you? I switched it off and on.", facts=((FactKind.TRIED, "switched it off and on"),)),
    agent(3, "I'm sorry. I've sent a seal.", Move.APOLOGISE_SPECIFIC, Move.ACT),
    customer(4, "I don't want a seal.", Cue.REJECTS_OFFER, felt=(Emotion.ANGRY, 2)),
    agent(5, "I can't give the money back, sorry.", Move.DECLINE, Fault.OVER_APOLOGY),
    customer(6, "Then I want your manager.", Cue.ASKS_SUPERVISOR),
)


def test_it_says_what_was_given_tried_declined_and_turned_down() -> None:
    made = packet(SAID)
    assert made.wanted is not None
    assert made.wanted.n == 0
    assert made.facts == (Given(0, *ORDER),)
    assert [(quote.n, quote.words) for quote in made.tried] == [(2, "switched it off and on"), (3, "I've sent a seal.")]
    assert [quote.n for quote in made.declined] == [5]
    assert [quote.words for quote in made.turned_down] == ["I don't want a seal."]
    assert made.asked_for is not None
    assert made.asked_for.n == 6
    assert [(mood.n, mood.intensity) for mood in made.course] == [(0, 3), (2, 0), (4, 2), (6, 0)]


def test_it_says_what_had_better_not_be_said_again_and_why() -> None:
    avoid = {one.what: [quote.n for quote in one.where] for one in packet(SAID).avoid}
    assert avoid == {
        Avoid.ASKING_AGAIN: [],
        Avoid.OFFERING_AGAIN: [4],
        Avoid.SORRY_AGAIN: [3, 5],
        Avoid.SET_PHRASES: [1],
    }


def test_a_packet_of_nothing_is_empty() -> None:
    assert packet(()) == Packet(None, None, None, None, (), (), (), (), (), (), (), (), ())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_word_in_it_stands_in_its_turn_and_open_promises_go_along(books: Books) -> None:
    desk = Desk(books, Bus(), models.load(), packs.load)
    spoken: tuple[Turn, ...] = (
        mr_doyle("My kettle leaks and I am furious. It was order 48213. I have descaled it twice.", 0),
        amira("I'm sorry that it leaks. I've sent you a new one and I'll call you by five today.", 1),
        mr_doyle("I don't want another one, I want my money back. Can you do that?", 2),
        amira("I can't refund that from here.", 3),
    )
    for turn in spoken:
        anyio.run(partial(desk.hear, turn))
    conversation = spoken[0].conversation
    timeline = desk.books.timeline(conversation)
    made = packet(timeline, desk.cases.of_conversation(conversation, Kind.PROMISE))
    texts = {heard.turn.n: heard.turn.text for heard in timeline}
    quotes = (*made.tried, *made.declined, *made.turned_down, *made.questions, made.wanted)
    assert [pledge.n for pledge in made.promises] == [1]
    assert made.wanted is not None
    for quote in quotes:
        assert quote is not None
        assert quote.words.removesuffix(" …") in texts[quote.n]


def test_what_we_said_ourselves_is_no_fact_that_was_given() -> None:
    ours = agent(1, "This is Amira.", facts=((FactKind.NAME, "Amira"),))
    assert packet((SAID[0], ours)).facts == (Given(0, *ORDER),)


def test_a_remedy_goes_along_once_somebody_was_told_of_it() -> None:
    chosen = Chosen("refund", RemedyKind.REFUND, "Money back", None, "I can give you your money back.")
    body = Remedied("faulty", "remedies en-GB 1", Facts(), (), chosen)
    when = datetime(2025, 3, 6, 12, tzinfo=UTC)
    for state in (RemedyState.PROPOSED, RemedyState.DECLINED):
        item = Item(uuid4(), Kind.REMEDY, "k", state, uuid4(), "c", None, None, None, when, when, body)
        told = () if state is RemedyState.PROPOSED else (Settled("Money back", RemedyState.DECLINED),)
        assert packet(SAID, remedies=(item,)).remedies == told
