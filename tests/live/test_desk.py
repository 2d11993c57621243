"""The desk hears every turn once, in order, keeps it before it says so, and tells who watches."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import anyio
import pytest

from levelhead import packs
from levelhead.conversation import Advice, Card, CardKind, Heard, Reading, Timeline, Turn
from levelhead.live.bus import EVERYTHING, Bus, CardAnswered, ConversationRemoved, Event, Subscription, TurnHeard
from levelhead.live.desk import CannotKeep, CardAnswer, Desk, NotATurn, TurnTaken, UnknownCard
from levelhead.live.hearing import NO_MODEL
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle, the_late_refund

REFUND = "the-late-refund"
SLOW_DOWN = Card(f"{REFUND}:0", CardKind.ACKNOWLEDGE, "Slow down", "Take your time.", (), "calm", "calm-1")

Outcome = TypeVar("Outcome")


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), None, packs.load)


def hear(desk: Desk, *turns: Turn) -> Timeline:
    async def one_by_one() -> Timeline:
        return tuple([await desk.hear(turn) for turn in turns])

    return anyio.run(one_by_one)


def told(desk: Desk, act: Callable[[], Outcome]) -> list[Event]:
    """What watchers of everything are told while `act` runs."""
    events: list[Event] = []

    async def catch_up(watch: Subscription) -> None:
        events.extend([happened async for happened in watch])

    with desk.bus.subscribe(EVERYTHING) as watch:
        act()
        watch.end()
        anyio.run(catch_up, watch)
    return events


def test_a_turn_is_kept_before_it_is_acknowledged_and_told_to_who_watches(desk: Desk) -> None:
    turn = mr_doyle("Where is my refund?")
    events = told(desk, lambda: hear(desk, turn))
    kept = desk.books.timeline(REFUND)
    assert [heard.turn for heard in kept] == [turn]
    assert events == [TurnHeard(REFUND, kept[0], late=False)]


def test_a_secret_is_masked_before_anything_else_happens(desk: Desk) -> None:
    (heard,) = hear(desk, mr_doyle("My card is 4111 1111 1111 1111", customer="4111111111111111"))
    assert heard.turn.text == "My card is [card number]"
    assert heard.turn.customer == "[card number]"


def test_a_bare_answer_is_masked_by_the_question_before_it(desk: Desk) -> None:
    _, heard = hear(desk, amira("And the security code on the back?", 0), mr_doyle("four one two", 1))
    assert "four" not in heard.turn.text


@pytest.mark.parametrize(
    "again",
    [
        mr_doyle("Where is my refund?", 3, source_id="msg-1"),
        mr_doyle("Where is my refund?", 3, source_id=None),
        mr_doyle("Something else altogether", 9, source_id="msg-1"),
    ],
    ids=["sent twice", "same number and words", "same source"],
)
def test_a_duplicate_gets_the_first_answer_and_nobody_is_told_again(desk: Desk, again: Turn) -> None:
    (first,) = hear(desk, mr_doyle("Where is my refund?", 3, source_id="msg-1"))
    events = told(desk, lambda: hear(desk, again))
    assert (desk.books.timeline(REFUND), events) == ((first,), [])
    assert hear(desk, again) == (first,)


def test_a_duplicate_is_known_by_its_words_even_when_they_held_a_secret(desk: Desk) -> None:
    spoken = [amira("And the security code?", 0), mr_doyle("four one two", 1), mr_doyle("PIN 4821, got it?", 2)]
    assert hear(desk, *spoken) == hear(desk, *spoken)


def test_a_duplicate_is_known_even_when_a_late_question_would_mask_it_now(desk: Desk) -> None:
    answer = mr_doyle("four one two", 1)
    (first,) = hear(desk, answer)
    hear(desk, amira("And the security code?", 0))
    assert hear(desk, answer) == (first,)


@pytest.mark.parametrize("other", [mr_doyle("Never mind", 3), amira("Where is my refund?", 3)])
def test_a_number_taken_by_another_turn_is_refused(desk: Desk, other: Turn) -> None:
    first = hear(desk, mr_doyle("Where is my refund?", 3))
    with pytest.raises(TurnTaken, match="Turn 3 of this conversation is already there"):
        hear(desk, other)
    assert desk.books.timeline(REFUND) == first


def test_the_same_source_id_in_another_conversation_is_another_turn(desk: Desk) -> None:
    hear(desk, mr_doyle("Hello?", source_id="1"), mr_doyle("Hi?", source_id="1", conversation="another"))
    assert desk.books.conversation_ids() == (REFUND, "another")


def test_a_late_turn_takes_its_place_and_later_turns_keep_their_readings(desk: Desk) -> None:
    early, late, last = the_late_refund()[2:5]
    first, second = hear(desk, early, last)
    events = told(desk, lambda: hear(desk, late))
    assert [heard.turn.n for heard in desk.books.timeline(REFUND)] == [2, 3, 4]
    assert desk.books.timeline(REFUND)[0::2] == (first, second)
    assert [happened.late for happened in events if isinstance(happened, TurnHeard)] == [True]


def test_without_a_reading_model_turns_are_kept_unread_and_the_advice_says_why(desk: Desk) -> None:
    for heard in hear(desk, *the_late_refund()):
        assert not heard.reading.readable
        assert (heard.advice.card, heard.advice.quiet_because) == (None, NO_MODEL)
    assert len(desk.books.timeline(REFUND)) == len(the_late_refund())


@pytest.mark.parametrize(
    "turn",
    [mr_doyle("Hi", -1), mr_doyle("Hi", 2**31), mr_doyle("\ud83d"), mr_doyle("Hi", customer="\ud83d")],
    ids=["below zero", "too high", "half a character", "half a character in a name"],
)
def test_what_no_database_can_hold_is_refused(desk: Desk, turn: Turn) -> None:
    with pytest.raises(NotATurn):
        hear(desk, turn)
    assert desk.books.conversation_ids() == ()


def test_turns_of_many_conversations_at_once_are_all_kept_in_order(desk: Desk) -> None:
    names = [f"call-{number}" for number in range(20)]

    async def call(name: str) -> None:
        for turn in the_late_refund():
            await desk.hear(replace(turn, conversation=name))

    async def all_at_once() -> None:
        async with anyio.create_task_group() as calls:
            for name in names:
                calls.start_soon(call, name)

    events = told(desk, lambda: anyio.run(all_at_once))
    for name in names:
        in_order = [
            happened.heard for happened in events if isinstance(happened, TurnHeard) if happened.conversation == name
        ]
        assert tuple(in_order) == desk.books.timeline(name)
        assert [heard.turn.n for heard in in_order] == list(range(12))


def test_one_turn_sent_many_times_at_once_is_kept_once(desk: Desk) -> None:
    answers: list[Heard] = []

    async def send() -> None:
        answers.append(await desk.hear(mr_doyle("Where is my refund?", source_id="msg-1")))

    async def all_at_once() -> None:
        async with anyio.create_task_group() as senders:
            for _ in range(30):
                senders.start_soon(send)

    events = told(desk, lambda: anyio.run(all_at_once))
    assert (len(answers), len(set(map(id, answers))), len(events)) == (30, 1, 1)


def test_a_caller_who_gives_up_does_not_part_the_telling_from_the_keeping(desk: Desk) -> None:
    async def give_up() -> None:
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as calls:
                calls.start_soon(desk.hear, mr_doyle("Where is my refund?"))
                await anyio.lowlevel.checkpoint()
                await anyio.lowlevel.checkpoint()
                scope.cancel()

    events = told(desk, lambda: anyio.run(give_up))
    assert len(events) == len(desk.books.timeline(REFUND)) == 1


def refused(desk: Desk, turn: Turn) -> None:
    with pytest.raises(CannotKeep):
        hear(desk, turn)


def test_a_full_disk_refuses_the_turn_and_leaves_everything_else_as_it_was(
    desk: Desk, full_disk: Callable[[bool], None]
) -> None:
    kept = hear(desk, *the_late_refund())
    full_disk(True)
    long = mr_doyle("And another thing. " * 1_000, 12)
    with pytest.raises(CannotKeep, match="The disk is full"):
        hear(desk, long)
    assert told(desk, lambda: refused(desk, long)) == []
    assert desk.books.timeline(REFUND) == tuple(turn.heard for turn in desk.books.arrivals(REFUND)) == kept
    full_disk(False)
    hear(desk, long)
    assert len(desk.books.arrivals(REFUND)) == 13


def raise_card(desk: Desk) -> None:
    advice = Advice({}, card=SLOW_DOWN, showing=SLOW_DOWN)
    with desk.books.turn_of(REFUND) as book:
        book.keep(Heard(mr_doyle("Where is my refund?"), Reading("en", True), advice))


def test_an_answer_to_a_card_is_kept_and_told(desk: Desk) -> None:
    raise_card(desk)
    events = told(desk, lambda: anyio.run(desk.answer, REFUND, SLOW_DOWN.id, CardAnswer.NOT_NOW))
    (answered,) = desk.books.card_answers(REFUND)
    assert events == [CardAnswered(REFUND, answered)]
    assert (answered.card, answered.answer) == (SLOW_DOWN.id, CardAnswer.NOT_NOW)
    assert desk.books.timeline(REFUND)[0].advice.showing is None


def test_a_card_taken_away_does_not_come_back_with_the_next_turn(desk: Desk) -> None:
    raise_card(desk)
    standing, _ = hear(desk, amira("One moment.", 1)), anyio.run(desk.answer, REFUND, SLOW_DOWN.id, CardAnswer.WRONG)
    assert standing[0].advice.showing == SLOW_DOWN
    assert hear(desk, amira("I have it here.", 2))[0].advice.showing is None


def test_an_answer_to_no_card_is_refused(desk: Desk) -> None:
    hear(desk, mr_doyle("Where is my refund?"))
    for conversation in (REFUND, "another"):
        with pytest.raises(UnknownCard):
            anyio.run(desk.answer, conversation, SLOW_DOWN.id, CardAnswer.USED)


def test_a_removed_conversation_can_begin_again(desk: Desk) -> None:
    hear(desk, mr_doyle("Where is my refund?"))
    assert told(desk, lambda: anyio.run(desk.remove, REFUND)) == [ConversationRemoved(REFUND)]
    assert hear(desk, mr_doyle("Good morning"))[0].turn.text == "Good morning"


def test_a_draft_is_checked_and_not_kept(desk: Desk) -> None:
    hear(desk, *the_late_refund()[:3])
    check = anyio.run(desk.check, REFUND, "I can't do that. Your card is 4111 1111 1111 1111.")
    assert check.findings
    assert "4111" not in repr(check)
    assert len(desk.books.timeline(REFUND)) == 3


def test_a_draft_can_be_checked_before_anything_was_said(desk: Desk) -> None:
    assert anyio.run(desk.check, "nobody-yet", "I can't do that.").findings
