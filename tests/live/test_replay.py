"""Replay hears every kept turn again, and names each field that comes out otherwise."""

from dataclasses import replace

import anyio

from levelhead import packs
from levelhead.conversation import (
    Abuse,
    Advice,
    Card,
    CardKind,
    CustomerReading,
    Emotion,
    Heard,
    Reading,
    Step,
    StepState,
    Turn,
)
from levelhead.live.bus import Bus
from levelhead.live.desk import CardAnswer, Desk
from levelhead.live.replay import Difference, ReplayResult, replay
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from tests.people import amira, mr_doyle, the_late_refund

REFUND = "the-late-refund"
SLOW_DOWN = Card(f"{REFUND}:0", CardKind.ACKNOWLEDGE, "Slow down", "Take your time.", (), "calm", "calm-1")


def hear(books: Books, *turns: Turn) -> None:
    desk = Desk(books, Bus(), None, packs.load)
    for turn in turns:
        anyio.run(desk.hear, turn)


def keep(books: Books, *turns: Heard) -> None:
    with books.turn_of(REFUND) as book:
        for heard in turns:
            book.keep(heard)


def differing(books: Books) -> list[ReplayResult]:
    return [again for again in replay(books, None, packs.load) if again.differences]


def test_what_was_heard_comes_out_the_same_also_out_of_order(books: Books) -> None:
    turns = the_late_refund()
    hear(books, *turns[3:], *turns[:3], mr_doyle("Hello", conversation="another"))
    results = list(replay(books, None, packs.load))
    assert [(again.conversation, again.n) for again in results] == [
        *((REFUND, n) for n in [3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2]),
        ("another", 0),
    ]
    assert differing(books) == []


def test_one_conversation_can_be_replayed_alone_while_a_server_writes(books: Books, database_url: str) -> None:
    hear(books, mr_doyle("Hello?"), mr_doyle("Hello", conversation="another"))
    beside = Library.open(database_url, read_only=True)
    again = replay(beside.of(books.tenant), None, packs.load, "another")
    assert list(again) == [ReplayResult("another", 0, ())]
    beside.close()


def test_a_float_that_differs_in_its_last_bit_is_named(books: Books) -> None:
    hear(books, mr_doyle("Hello?"))
    (heard,) = books.timeline(REFUND)
    books.remove([REFUND])
    angry = CustomerReading(Emotion.ANGRY, {Emotion.ANGRY: 0.1 + 0.2}, 2, {}, Abuse.NONE, {})
    keep(books, replace(heard, reading=replace(heard.reading, of_customer=angry, facts=())))
    fields = {difference.field: difference.kept for again in differing(books) for difference in again.differences}
    assert fields.keys() == {"reading.of_customer"}
    assert "0.30000000000000004" in fields["reading.of_customer"]


def test_a_step_that_differs_is_named_with_both_values(books: Books) -> None:
    hear(books, mr_doyle("Hello?"))
    (heard,) = books.timeline(REFUND)
    books.remove([REFUND])
    keep(books, replace(heard, advice=replace(heard.advice, steps={**heard.advice.steps, Step.CHECK: StepState.DONE})))
    assert [again.differences for again in differing(books)] == [
        (Difference("advice.steps.check", '"done"', '"idle"'),),
    ]


def test_the_same_values_in_another_order_are_a_difference_too(books: Books) -> None:
    hear(books, mr_doyle("Hello?"))
    (heard,) = books.timeline(REFUND)
    books.remove([REFUND])
    keep(books, replace(heard, advice=replace(heard.advice, steps=dict(reversed(list(heard.advice.steps.items()))))))
    assert [again.differences[0].field for again in differing(books)] == ["advice"]


def test_a_card_that_was_answered_away_is_away_in_replay_from_that_moment_on(books: Books) -> None:
    first = Heard(mr_doyle("Hello?"), Reading("en", True), Advice({}, card=SLOW_DOWN, showing=SLOW_DOWN))
    keep(books, first)
    hear(books, amira("One moment.", 1))
    anyio.run(Desk(books, Bus(), None, packs.load).answer, REFUND, SLOW_DOWN.id, CardAnswer.NOT_NOW)
    hear(books, amira("Here it is.", 2))
    standing = [kept.heard.advice.showing for kept in books.arrivals(REFUND)]
    assert standing == [SLOW_DOWN, SLOW_DOWN, None]
    assert {again.n for again in differing(books)} == {0}
