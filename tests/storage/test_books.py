"""The books tell a conversation as it was heard, and as it stands now."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from levelhead.conversation import (
    Abuse,
    Advice,
    AgentReading,
    Because,
    Card,
    CardKind,
    Channel,
    CustomerReading,
    Emotion,
    Heard,
    Outlook,
    Reading,
    Speaker,
    Step,
    StepState,
    Turn,
)
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers, named
from levelhead.storage.library import Library
from levelhead.storage.objections import Objections
from levelhead.storage.records import Answered, CardAnswer
from tests.people import amira, mr_doyle, the_late_refund

REFUND = "the-late-refund"
NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
ACKNOWLEDGE = Card(
    f"{REFUND}:1",
    CardKind.ACKNOWLEDGE,
    "Name the wait",
    "Three times is too often.",
    (Because(1, "third time", "angry"),),
    "angry",
    "wait-1",
)


@pytest.fixture
def library(database_url: str) -> Iterator[Library]:
    opened = Library.open(database_url, clock=lambda: NOON)
    yield opened
    opened.close()


def heard(turn: Turn, showing: Card | None = None, *, raised: bool = False, **shown: object) -> Heard:
    customer = turn.speaker is Speaker.CUSTOMER
    feeling = CustomerReading(Emotion.ANGRY, {Emotion.ANGRY: 0.9}, 2, {}, Abuse.NONE, {})
    reading = Reading("en", True, feeling if customer else None, None if customer else AgentReading({}, {}))
    advice = Advice({Step.LISTEN: StepState.DUE}, card=showing if raised else None, showing=showing)
    return Heard(turn, replace(reading, **shown) if shown else reading, advice)  # type: ignore[arg-type]


def keep(books: Books, *turns: Heard) -> None:
    for turn in turns:
        with books.turn_of(turn.turn.conversation) as book:
            book.keep(turn)


@pytest.fixture
def reopened(library: Library, database_url: str) -> Iterator[Callable[[], Books]]:
    """The books as another process finds them."""
    others: list[Library] = []

    def reopen() -> Books:
        others.append(Library.open(database_url, read_only=True))
        return others[-1].of(library.first.id)

    yield reopen
    for other in others:
        other.close()


def test_a_conversation_nobody_knows_is_empty(books: Books) -> None:
    assert books.timeline(REFUND) == ()
    assert books.conversations() == ()
    assert books.arrivals(REFUND) == ()


def test_turns_come_back_in_order_of_their_numbers_from_memory_and_from_disk(
    books: Books, reopened: Callable[[], Books]
) -> None:
    turns = tuple(heard(turn) for turn in the_late_refund())
    keep(books, turns[2], turns[0], turns[1], *turns[3:])
    assert books.timeline(REFUND) == turns
    again = reopened()
    assert again.timeline(REFUND) == turns
    assert [kept.heard.turn.n for kept in again.arrivals(REFUND)][:3] == [2, 0, 1]


def test_nothing_is_kept_of_a_turn_that_went_wrong(books: Books) -> None:
    def go_wrong() -> None:
        with books.turn_of(REFUND) as book:
            book.keep(heard(mr_doyle("Hello?")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        go_wrong()
    assert books.timeline(REFUND) == ()


def test_a_page_that_reads_in_between_never_leaves_an_old_view_behind(books: Books) -> None:
    with books.turn_of(REFUND) as book:
        assert books.timeline(REFUND) == ()
        book.keep(heard(mr_doyle("Hello?")))
    books.timeline(REFUND)
    books.remove([REFUND])
    assert books.timeline(REFUND) == ()
    with books.turn_of(REFUND) as book:
        assert book.timeline == ()


@pytest.mark.parametrize("answer", [CardAnswer.NOT_NOW, CardAnswer.WRONG])
def test_a_card_answered_away_shows_nowhere_but_stays_on_record(
    books: Books, reopened: Callable[[], Books], answer: CardAnswer
) -> None:
    raised = heard(mr_doyle("The third time", 1), ACKNOWLEDGE, raised=True)
    standing = heard(amira("I see.", 2), ACKNOWLEDGE)
    keep(books, raised, standing)
    answered = books.answer_card(REFUND, ACKNOWLEDGE.id, answer)
    assert answered == Answered(ACKNOWLEDGE.id, answer, NOON, after=2)
    for now in (books, reopened()):
        assert [turn.advice.showing for turn in now.timeline(REFUND)] == [None, None]
        assert now.timeline(REFUND)[0].advice.card == ACKNOWLEDGE
        assert [kept.heard for kept in now.arrivals(REFUND)] == [raised, standing]
        assert now.card_answers(REFUND) == (answered,)
        assert now.conversations()[0].showing is None


def test_a_used_card_stays_until_the_words_have_been_said(books: Books) -> None:
    keep(books, heard(mr_doyle("The third time", 1), ACKNOWLEDGE, raised=True))
    books.answer_card(REFUND, ACKNOWLEDGE.id, CardAnswer.USED)
    assert books.timeline(REFUND)[0].advice.showing == ACKNOWLEDGE
    assert books.conversations()[0].showing == ACKNOWLEDGE


def test_a_summary_says_how_the_customer_was_when_last_read(books: Books) -> None:
    outlook = Outlook(0.4, 0.6, 2.1, ("asked three times",))
    keep(
        books,
        heard(mr_doyle("The third time", 1), outlook=outlook),
        heard(mr_doyle("Tant pis.", 2), of_customer=None, readable=False),
        heard(amira("I see.", 3), ACKNOWLEDGE),
    )
    (refund,) = books.conversations()
    assert (refund.id, refund.channel, refund.locale) == (REFUND, Channel.CHAT, "en-GB")
    assert (refund.customer, refund.turns, refund.last_heard_at) == ("Mr Doyle", 3, NOON)
    assert (refund.emotion, refund.intensity, refund.outlook) == (Emotion.ANGRY, 2, outlook)
    assert (refund.showing, refund.ended, refund.last_turn.text) == (ACKNOWLEDGE, False, "I see.")


def test_a_summary_from_memory_is_the_one_from_disk(books: Books, reopened: Callable[[], Books]) -> None:
    keep(
        books,
        heard(mr_doyle("The third time", 1), ACKNOWLEDGE, raised=True),
        heard(amira("Let me look.", 2), ACKNOWLEDGE),
    )
    books.answer_card(REFUND, ACKNOWLEDGE.id, CardAnswer.NOT_NOW)
    Objections(books.shelf).note(REFUND, 1, "angry", "api", "frustrated")
    (refund,) = books.conversations()
    assert (refund.emotion, refund.showing) == (Emotion.FRUSTRATED, None)
    assert reopened().conversations() == (refund,)


def test_a_conversation_that_was_never_read_has_a_summary_without_a_feeling(books: Books) -> None:
    keep(books, heard(mr_doyle("Tant pis."), of_customer=None, readable=False))
    assert (books.conversations()[0].emotion, books.conversations()[0].outlook) == (None, None)


@pytest.mark.parametrize("goodbye", ["close", "end_contact"])
def test_a_goodbye_ends_a_conversation(books: Books, goodbye: str) -> None:
    keep(books, heard(amira("Goodbye, Mr Doyle."), fired=(goodbye,)))
    assert books.conversations()[0].ended
    keep(books, heard(mr_doyle("Wait, one more thing", 1)))
    assert not books.conversations()[0].ended


def test_summaries_come_newest_first_and_only_as_many_as_asked(books: Books) -> None:
    minutes = iter(NOON.replace(minute=minute) for minute in range(60))
    books = Books(books.shelf, clock=lambda: next(minutes))
    for name in ("first", "second", "third", "first"):
        number = len(books.timeline(name))
        keep(books, heard(mr_doyle("Hello?", number, conversation=name)))
    assert [summary.id for summary in books.conversations()] == ["first", "third", "second"]
    assert [summary.id for summary in books.conversations(limit=2)] == ["first", "third"]
    assert books.conversation_ids() == ("first", "second", "third")


def test_a_customer_who_gives_a_name_later_is_known_by_it(books: Books) -> None:
    keep(books, heard(mr_doyle("Hello?", customer=None)))
    assert books.conversations()[0].customer is None
    keep(books, heard(mr_doyle("Doyle is the name", 1)), heard(amira("Thank you", 2, customer=None)))
    assert books.conversations()[0].customer == "Mr Doyle"


def test_a_name_that_was_put_right_stays_until_the_channel_gives_another(books: Books) -> None:
    customers = Customers(books.shelf, books.vault)
    keep(books, heard(mr_doyle("Hello?")))
    doyle = customers.of(REFUND)
    assert doyle
    with books.shelf.writing() as connection:
        named(connection, books.words_of(doyle), "Mr Patrick Doyle")
    keep(books, heard(amira("Good morning", 1, customer=None)))
    keep(books, heard(mr_doyle("Anybody there?", 2)))
    assert customers.get(doyle).name == "Mr Patrick Doyle"
    keep(books, heard(mr_doyle("It is Doyle-Burke now", 3, customer="Mr Doyle-Burke")))
    assert customers.get(doyle).name == "Mr Doyle-Burke"


def test_a_removed_conversation_leaves_only_the_audit(books: Books, reopened: Callable[[], Books]) -> None:
    keep(books, heard(mr_doyle("The third time", 1), ACKNOWLEDGE, raised=True))
    books.answer_card(REFUND, ACKNOWLEDGE.id, CardAnswer.WRONG)
    books.remove([REFUND])
    again = reopened()
    assert (again.timeline(REFUND), again.card_answers(REFUND), again.conversation_ids()) == ((), (), ())


def test_more_conversations_than_memory_holds_are_read_from_disk(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("levelhead.storage.books.REMEMBERED", 2)
    names = ("one", "two", "three", "four")
    keep(books, *(heard(mr_doyle("Hello?", conversation=name)) for name in names))
    assert [books.timeline(name)[0].turn.conversation for name in names] == list(names)
