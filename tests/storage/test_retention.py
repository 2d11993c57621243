"""What is old enough goes, kind by kind, and a legal hold keeps it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from levelhead.conversation import Because, Card, CardKind
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.privacy.expiry import EXPIRED
from levelhead.privacy.retention import Kept
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.consents import Consents
from levelhead.storage.holds import Holds
from levelhead.storage.records import CardAnswer
from levelhead.storage.retention import Retention
from levelhead.storage.sealed import SealedFacts
from tests.clocks import NOON, Clock
from tests.people import mr_doyle
from tests.storage.customers import keep_said, planted
from tests.storage.test_books import heard, keep

OLD, NEW = "the-late-refund", "the-second-kettle"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(books: Books, clock: Clock) -> Books:
    """One conversation of today, and one of 100 days ago."""
    books = Books(books.shelf, clock=clock)
    clock.now = NOON - timedelta(days=100)
    keep_said(books, *planted(OLD))
    clock.now = NOON
    keep_said(books, *planted(NEW))
    return books


@pytest.fixture
def retention(kept: Books, clock: Clock) -> Retention:
    retention = Retention(kept, clock)
    for kind in Kept:
        retention.keep_for(kind, None)
    return retention


def gone(retention: Retention) -> dict[Kept, tuple[str, ...]]:
    return {due.kind: due.conversations for due in retention.run() if due.conversations}


def test_a_dry_run_says_what_would_go_and_changes_nothing(kept: Books, retention: Retention) -> None:
    retention.keep_for(Kept.TURNS, 90)
    assert [(due.kind, due.conversations, due.held) for due in retention.due()] == [(Kept.TURNS, (OLD,), ())]
    assert set(kept.conversation_ids()) == {OLD, NEW}


def test_turns_go_with_all_that_was_made_of_them(kept: Books, retention: Retention) -> None:
    retention.keep_for(Kept.TURNS, 90)
    assert gone(retention) == {Kept.TURNS: (OLD,)}
    assert (kept.timeline(OLD), kept.conversation_ids(), SealedFacts(kept).of(OLD)) == ((), (NEW,), ())
    assert gone(retention) == {}


def test_labels_end_and_the_words_stay(kept: Books, retention: Retention, clock: Clock) -> None:
    retention.keep_for(Kept.LABELS, 90)
    card = Card(f"{OLD}:1", CardKind.ASK, "Ask", "When was it?", (Because(1, "late", "rule"),), "rule", "ask-1")
    kept.answer_card(OLD, card.id, CardAnswer.USED)
    assert gone(retention) == {Kept.LABELS: (OLD,)}
    first = kept.timeline(OLD)[0]
    assert first.turn.text.startswith("My zanzibarquartz kettle")
    assert (first.reading.readable, first.reading.of_customer, first.advice.quiet_because) == (False, None, EXPIRED)
    assert (kept.conversations()[1].emotion, kept.card_answers(OLD)) == (None, ())
    assert kept.timeline(NEW)[0].reading.of_customer is not None
    assert gone(retention) == {}
    keep(kept, heard(mr_doyle("Me again", 2, conversation=OLD)))
    clock.now += timedelta(days=91)
    assert gone(retention) == {Kept.LABELS: (OLD, NEW)}


def test_sealed_values_and_consent_go_alone(kept: Books, retention: Retention) -> None:
    for name in (OLD, NEW):
        Consents(kept.shelf).note(name, Purpose.RECORDING, ConsentAnswer.GIVEN, noted_by="Amira")
    retention.keep_for(Kept.SEALED, 90)
    retention.keep_for(Kept.CONSENT, 90)
    assert gone(retention) == {Kept.SEALED: (OLD,), Kept.CONSENT: (OLD,)}
    assert (SealedFacts(kept).of(OLD), len(SealedFacts(kept).of(NEW))) == ((), 2)
    assert (Consents(kept.shelf).history(OLD), len(Consents(kept.shelf).history(NEW))) == ((), 1)
    assert len(kept.timeline(OLD)) == 2


def test_consent_of_a_conversation_that_never_came_goes_too(kept: Books, retention: Retention, clock: Clock) -> None:
    Consents(kept.shelf, clock).note("never-came", Purpose.RECORDING, ConsentAnswer.REFUSED, noted_by="Amira")
    retention.keep_for(Kept.CONSENT, 90)
    assert gone(retention) == {}
    clock.now += timedelta(days=91)
    assert gone(retention)[Kept.CONSENT] == ("never-came",)
    assert Consents(kept.shelf).history("never-came") == ()


def test_a_hold_keeps_what_is_due_and_says_so(kept: Books, retention: Retention) -> None:
    retention.keep_for(Kept.TURNS, 90)
    hold = Holds(kept.shelf, kept.vault).place("a claim in court", "Ms Adeyemi", conversation=OLD)
    assert [(due.conversations, due.held) for due in retention.run()] == [((), (OLD,))]
    assert len(kept.timeline(OLD)) == 2
    Holds(kept.shelf, kept.vault).lift(hold.id, "Ms Adeyemi")
    assert gone(retention) == {Kept.TURNS: (OLD,)}


def test_days_are_settled_for_each_kind_and_labels_end_unless_settled(kept: Books) -> None:
    retention = Retention(kept)
    assert retention.days()[Kept.LABELS] == 365
    retention.keep_for(Kept.LABELS, None)
    retention.keep_for(Kept.TURNS, 30)
    assert (retention.days()[Kept.LABELS], retention.days()[Kept.TURNS]) == (None, 30)
    with pytest.raises(ValueError, match="one or more"):
        retention.keep_for(Kept.TURNS, 0)


def test_kinds_that_are_due_together_go_together(kept: Books, retention: Retention) -> None:
    for kind in Kept:
        retention.keep_for(kind, 90)
    Consents(kept.shelf).note(OLD, Purpose.RECORDING, ConsentAnswer.GIVEN, noted_by="Amira")
    assert gone(retention) == dict.fromkeys((Kept.TURNS, Kept.LABELS, Kept.SEALED, Kept.CONSENT), (OLD,))
    assert gone(retention) == {}
    assert kept.timeline(OLD) == ()
    assert len(kept.timeline(NEW)) == 2


def test_what_a_hold_was_for_goes_with_the_customer(kept: Books, retention: Retention) -> None:
    holds = Holds(kept.shelf, kept.vault)
    holds.lift(holds.place("the claim of Mr Quillfeather", "Ms Adeyemi", conversation=OLD).id, "Ms Adeyemi")
    retention.keep_for(Kept.TURNS, 90)
    assert gone(retention) == {Kept.TURNS: (OLD,)}
    with kept.shelf.reading() as connection:
        assert connection.execute(select(tables.legal_hold)).all() == []
