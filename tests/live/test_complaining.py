"""A complaint from the first words to its end: asked about once, counted from the words, told, and never lost."""

import json
from datetime import timedelta
from functools import partial
from uuid import uuid4

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.complaint import Complaint, ComplaintMove, ComplaintState, LetterKind
from levelhead.casework.complaint_letter import KNOWN, OF_THE_HOUSE, TYPED
from levelhead.casework.item import Evidence, Item, Kind
from levelhead.live.bus import Bus
from levelhead.live.complaint_clock import ComplaintClock
from levelhead.live.complaint_ledger import LETTERS, Complaints, NotWhole, new_code
from levelhead.live.desk import Desk
from levelhead.people.person import Person, Role
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.complaint_rules import ComplaintRules, Settled, WrongRules
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from tests.clocks import NOON, Clock
from tests.people import amira, mr_doyle

REFUND = "the-late-refund"
WORDS = "I want to make a complaint."
TOLD = {place: f"<{place}>" for place in KNOWN | OF_THE_HOUSE | TYPED}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(books: Books, library: Library) -> Desk:
    Destinations(books.shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOON)
    return Desk(books, Bus(), models.load(), packs.load)


@pytest.fixture
def complaints(books: Books, clock: Clock) -> Complaints:
    ComplaintRules(books.shelf).settle(Settled(("uk-telecoms", "fca")), packs.complaints())
    return Complaints(Cases(books, clock))


def hear(desk: Desk, words: str, n: int = 0) -> Item[Complaint] | None:
    anyio.run(partial(desk.hear, mr_doyle(words, n)))
    return next(iter(desk.cases.of_conversation(REFUND, Kind.COMPLAINT)), None)


def opened(desk: Desk, complaints: Complaints) -> Item[Complaint]:
    found = hear(desk, WORDS)
    assert found
    return complaints.confirm(found.id)


def told(desk: Desk) -> list[str]:
    return [one.event.kind for one in sorted(Outbox(desk.books.shelf).listed(), key=lambda one: one.event.id)]


def sam(books: Books) -> Person:
    return Person(uuid4(), books.tenant, "sam", "Sam Okafor", Role.SUPERVISOR, frozenset(), active=True)


def write(complaints: Complaints, item: Item[Complaint], kind: LetterKind, by: Person) -> Item[Complaint]:
    enclosed = complaints.rules_of(item.body).letters[kind].encloses
    return complaints.sent(item, complaints.letter(item, kind, TOLD, enclosed), by.id, by.shown_as)


def test_the_first_words_put_a_question_and_nothing_more(desk: Desk) -> None:
    found = hear(desk, WORDS)
    assert found
    assert (found.state, found.body.said, found.due_at) == (
        ComplaintState.PROPOSED,
        Evidence(REFUND, 0, WORDS),
        None,
    )
    assert found.body.code == ""


def test_nobody_is_asked_twice_in_a_conversation(desk: Desk, complaints: Complaints) -> None:
    found = hear(desk, WORDS)
    assert found
    complaints.dismiss(found.id)
    again = hear(desk, "I said I want to complain, this is unacceptable.", 1)
    assert again
    assert (again.id, again.state) == (found.id, ComplaintState.NOT_ONE)


def test_what_an_agent_says_about_complaints_asks_nothing(desk: Desk) -> None:
    anyio.run(partial(desk.hear, amira("You can make a complaint at any time.", 0)))
    assert desk.cases.of_conversation(REFUND, Kind.COMPLAINT) == ()


def test_a_yes_counts_from_the_words_and_not_from_the_yes(desk: Desk, complaints: Complaints, clock: Clock) -> None:
    found = hear(desk, WORDS)
    assert found
    clock.now += timedelta(days=6)
    item = complaints.confirm(found.id)
    assert item.body.said_at == found.body.said_at
    assert item.due_at
    assert item.due_at < clock.now, "the acknowledgement is late already"
    assert len(item.body.code) == 9


def test_codes_are_random_and_cannot_be_misread(desk: Desk, complaints: Complaints) -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert set("".join(codes)) <= {*LETTERS, "-"}
    assert not set(LETTERS) & set("AEIOU0152S8BGL6Z")


def test_who_hears_one_opens_it_by_hand_once(desk: Desk, complaints: Complaints, clock: Clock) -> None:
    hear(desk, "Where is my refund?")
    said = Evidence(REFUND, 0, "Where is my refund?")
    first = complaints.open(said, clock.now, None, None)
    assert (first.state, first.body.rules) == (ComplaintState.OPEN, "uk-telecoms")
    assert complaints.open(said, clock.now, None, None).id == first.id


def test_time_reminds_and_tells_that_a_limit_is_reached(
    desk: Desk, complaints: Complaints, clock: Clock, library: Library
) -> None:
    item = opened(desk, complaints)
    worker = ComplaintClock(library, lambda _: desk, clock)
    clock.now += timedelta(weeks=9)
    for _ in range(6):
        anyio.run(worker.look)
    after = complaints.get(item.id)
    assert after.state == ComplaintState.OPEN
    assert after.body.reached == ("acknowledge", "adr_eight_weeks")
    moves = [change.move for change in desk.cases.changes(item.id)]
    assert moves.count(ComplaintMove.REACH) == 2
    assert after.due_at is None
    assert [kind for kind in told(desk) if "complaint" in kind] == [
        "levelhead.complaint.opened.v1",
        "levelhead.complaint.limit_reached.v1",
        "levelhead.complaint.limit_reached.v1",
    ]


def test_a_letter_is_kept_word_for_word_with_who_sent_it_and_when(
    desk: Desk, complaints: Complaints, clock: Clock, books: Books
) -> None:
    item, by = opened(desk, complaints), sam(books)
    with pytest.raises(NotWhole) as refused:
        complaints.letter(item, LetterKind.ADR, {})
    assert "scheme" in refused.value.fields
    after = write(complaints, item, LetterKind.ADR, by)
    (letter,) = after.body.letters
    assert (letter.name, letter.at, letter.kind) == ("Sam Okafor", clock.now, LetterKind.ADR)
    assert "<scheme>" in " ".join(letter.paragraphs)


def test_a_letter_is_not_sent_about_what_nobody_has_said_yes_to(
    desk: Desk, complaints: Complaints, books: Books
) -> None:
    found = hear(desk, WORDS)
    assert found
    with pytest.raises(NotNow, match="Say first"):
        write(complaints, found, LetterKind.ACKNOWLEDGEMENT, sam(books))


def test_it_is_answered_closed_with_its_cause_and_taken_up_again(
    desk: Desk, complaints: Complaints, clock: Clock, books: Books
) -> None:
    item, by = opened(desk, complaints), sam(books)
    item = complaints.investigate(item.id, "Booked to another account.", "Sent it today.")
    item = write(complaints, item, LetterKind.FINAL_RESPONSE, by)
    assert item.state == ComplaintState.RESPONDED
    with pytest.raises(NotWhole) as refused:
        complaints.close(item.id, " ")
    assert refused.value.field == "cause"
    item = complaints.close(item.id, "Two systems, one refund.")
    assert (item.state, item.due_at) == (ComplaintState.CLOSED, None)
    item = complaints.reopen(item.id)
    assert item.state == ComplaintState.REOPENED
    assert item.due_at, "the clock counts from the first words as it did"


@pytest.mark.parametrize(("days", "in_time"), [(10, True), (60, False)])
def test_a_way_that_is_over_is_no_limit_that_was_missed(
    desk: Desk, complaints: Complaints, clock: Clock, books: Books, library: Library, days: int, in_time: bool
) -> None:
    item, by = opened(desk, complaints), sam(books)
    item = write(complaints, complaints.fall_under(item.id, "fca"), LetterKind.ACKNOWLEDGEMENT, by)
    clock.now += timedelta(days=days)
    for _ in range(4):
        anyio.run(ComplaintClock(library, lambda _: desk, clock).look)
    assert "summary" in complaints.get(item.id).body.reached
    with pytest.raises(NotNow, match="final response instead"):
        complaints.letter(complaints.get(item.id), LetterKind.SUMMARY, TOLD)
    write(complaints, complaints.get(item.id), LetterKind.FINAL_RESPONSE, by)
    complaints.close(item.id, "Two systems.")
    (closed,) = [one.event for one in Outbox(desk.books.shelf).listed() if "complaint.closed" in one.event.kind]
    assert json.loads(closed.told)["in_time"] is in_time


def test_other_rules_are_chosen_until_a_letter_has_gone_out(desk: Desk, complaints: Complaints, books: Books) -> None:
    item = opened(desk, complaints)
    assert complaints.fall_under(item.id, "fca").body.rules == "fca"
    with pytest.raises(NotWhole, match="settled for your organisation"):
        complaints.fall_under(item.id, "es-services")
    write(complaints, complaints.get(item.id), LetterKind.FINAL_RESPONSE, sam(books))
    with pytest.raises(NotNow):
        complaints.fall_under(item.id, "uk-telecoms")


def test_where_nothing_is_chosen_the_general_rules_hold(books: Books, clock: Clock) -> None:
    assert [one.name for one in Complaints(Cases(books, clock)).chosen()] == ["iso-10002"]


def test_rules_that_are_not_there_cannot_be_chosen(books: Books) -> None:
    with pytest.raises(WrongRules, match="iso-10002"):
        ComplaintRules(books.shelf).settle(Settled(("ofcom",)), packs.complaints())
