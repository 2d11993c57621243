"""What a customer agreed to decides what the desk does with a turn; what is sealed never reaches the reader."""

from pathlib import Path

import pytest

from levelhead import packs
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.hearing import NOT_AGREED
from levelhead.live.replay import replay
from levelhead.privacy.consent import NOT_KEPT, ConsentAnswer, ConsentRules, Purpose
from levelhead.storage.books import Books
from levelhead.storage.consents import Consents
from levelhead.storage.library import Library
from levelhead.storage.sealed import SealedFacts
from levelhead.storage.vault import open_vault
from tests.live.test_desk import hear
from tests.people import amira, mr_doyle

REFUND = "the-late-refund"
RING = mr_doyle("It's order 48213. Ring me on 07700 900123.", 1)


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), None, packs.load)


@pytest.fixture
def consents(books: Books) -> Consents:
    return Consents(books.shelf)


def test_what_is_sealed_is_out_of_the_turn_that_is_read_kept_and_told(desk: Desk) -> None:
    (heard,) = hear(desk, RING)
    assert heard.turn.text == "It's order 48213. Ring me on [phone number]."
    assert [fact.value for fact in heard.reading.facts] == ["48213"]
    assert SealedFacts(desk.books).reveal(REFUND, 1, 0) == "+447700900123"
    assert hear(desk, RING) == (heard,)


def test_who_has_not_agreed_to_analysis_is_not_read(desk: Desk, consents: Consents) -> None:
    consents.note(REFUND, Purpose.ANALYSIS, ConsentAnswer.REFUSED, "Amira")
    (heard,) = hear(desk, RING)
    assert heard.turn.text == "It's order 48213. Ring me on [phone number]."
    assert (heard.reading.facts, heard.advice.quiet_because) == ((), NOT_AGREED)
    assert [result.differences for result in replay(desk.books, desk.reader, packs.load)] == [()]


@pytest.mark.parametrize("purpose", [Purpose.TRANSCRIPTION, Purpose.ANALYSIS])
def test_words_that_may_not_be_kept_are_nowhere(desk: Desk, consents: Consents, purpose: Purpose) -> None:
    consents.settle(ConsentRules(keeps_unread=False))
    consents.note(REFUND, purpose, ConsentAnswer.REFUSED, "Amira")
    (heard,) = hear(desk, RING)
    assert (heard.turn.text, heard.turn.customer) == (NOT_KEPT, None)
    assert SealedFacts(desk.books).of(REFUND) == ()
    assert hear(desk, RING) == (heard,)


def test_a_withdrawn_consent_holds_from_the_next_turn_on(desk: Desk, consents: Consents) -> None:
    first = hear(desk, mr_doyle("It's order 48213.", 0))[0]
    consents.note(REFUND, Purpose.ANALYSIS, ConsentAnswer.GIVEN, "Amira")
    consents.note(REFUND, Purpose.ANALYSIS, ConsentAnswer.WITHDRAWN, "Amira")
    second = hear(desk, amira("Of course.", 1))[0]
    assert first.reading.facts
    assert second.advice.quiet_because == NOT_AGREED
    assert [noted.answer for noted in consents.history(REFUND)] == [ConsentAnswer.GIVEN, ConsentAnswer.WITHDRAWN]


def test_where_a_tenant_wants_a_yes_nothing_is_read_before_it(desk: Desk, consents: Consents) -> None:
    consents.settle(ConsentRules(unasked=frozenset({Purpose.TRANSCRIPTION})))
    assert hear(desk, RING)[0].advice.quiet_because == NOT_AGREED
    consents.note(REFUND, Purpose.ANALYSIS, ConsentAnswer.GIVEN, "Amira")
    assert hear(desk, mr_doyle("It's order 48213.", 2))[0].reading.facts
    assert consents.rules().unasked == {Purpose.TRANSCRIPTION}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_word_is_in_any_file_while_the_desk_hears(database_url: str, tmp_path: Path) -> None:
    library = Library.open(database_url, vault=open_vault(tmp_path / "keys"))
    desk = Desk(library.of(library.first.id), Bus(), None, packs.load)
    hear(desk, mr_doyle("My zanzibarquartz kettle", 0, customer="Mr Quillfeather"), RING)
    found = [
        (path.name, word)
        for path in tmp_path.rglob("*")
        for word in ("zanzibarquartz", "Quillfeather", "900123", "48213")
        if path.is_file() and word.encode() in path.read_bytes()
    ]
    assert found == []
    library.close()
