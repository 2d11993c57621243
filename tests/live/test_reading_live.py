"""The desk with the shipped reading model: read, advised, kept, and the same again in replay."""

import anyio
import pytest

from levelhead import models, packs
from levelhead.conversation import Heard, Timeline, Turn
from levelhead.live.bus import Bus
from levelhead.live.demo import load_plays
from levelhead.live.desk import Desk
from levelhead.live.hearing import LATE
from levelhead.live.replay import replay
from levelhead.storage.books import Books
from tests.people import the_late_refund

REFUND = "the-late-refund"


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


def hear(desk: Desk, *turns: Turn) -> Timeline:
    async def one_by_one() -> list[Heard]:
        return [await desk.hear(turn) for turn in turns]

    return tuple(anyio.run(one_by_one))


def test_a_customer_turn_is_read_and_an_agent_turn_by_what_it_did(desk: Desk) -> None:
    for heard in hear(desk, *the_late_refund()):
        customer = heard.turn.speaker == "customer"
        assert heard.reading.readable
        assert (heard.reading.of_customer is not None, heard.reading.of_agent is not None) == (customer, not customer)
        assert heard.advice.pack == packs.load("en-GB").label


def test_stored_readings_come_out_bit_for_bit_also_after_a_restart_and_out_of_order(desk: Desk) -> None:
    turns = the_late_refund()
    hear(desk, *turns[:3], *turns[5:], *turns[3:5])
    for play in load_plays()[:3]:
        hear(desk, *play.turns)
    results = list(replay(desk.books, desk.reader, packs.load))
    assert len(results) > len(turns)
    assert [again for again in results if again.differences] == []


def test_replay_without_the_reading_model_says_which_fields_it_made(desk: Desk) -> None:
    hear(desk, *the_late_refund()[:2])
    _, angry = replay(desk.books, None, packs.load)
    fields = {difference.field for difference in angry.differences}
    assert {"reading.readable", "reading.of_customer", "reading.model", "advice.quiet_because"} <= fields


def test_a_late_turn_is_read_but_raises_no_card_and_leaves_the_one_in_front_of_the_agent(desk: Desk) -> None:
    turns = the_late_refund()
    hear(desk, *turns[:2], *turns[3:5])
    standing = desk.books.timeline(REFUND)[-1].advice.showing
    (late,) = hear(desk, turns[2])
    assert late.reading.readable
    assert (late.advice.card, late.advice.quiet_because, late.advice.showing) == (None, LATE, standing)
    assert desk.books.timeline(REFUND)[-1].advice.showing == standing


def test_the_demo_raises_cards_and_knows_when_promises_are_due(desk: Desk) -> None:
    heard = [heard for play in load_plays()[:4] for heard in hear(desk, *play.turns)]
    assert [one for one in heard if one.advice.card]
    assert [promise for one in heard for promise in one.reading.promises if promise.due]
