"""Help that is asked for and given: kept with the conversation, told in ids, and dropped by a clock that counts."""

import json
from datetime import timedelta
from uuid import UUID

import anyio
import pytest

from levelhead.casework.handover import Called, Handing, HandoverState, Why
from levelhead.casework.item import Item, Kind
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.help_clock import HelpClock
from levelhead.live.helping import Helping, Talk, latest, standing
from levelhead.people.sight import EVERYTHING
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.columns import new_id
from levelhead.storage.erasure import Erasure
from levelhead.storage.holding import Holding
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from tests.clocks import NOON, Clock
from tests.storage.customers import keep_said, planted

REFUND = "the-late-refund"
LIMIT = timedelta(minutes=3)
AMIRA, SAM, UNA = new_id(), new_id(), new_id()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(books: Books, clock: Clock) -> Cases:
    keep_said(books, *planted(REFUND))
    return Cases(books, clock)


@pytest.fixture
def help_there(cases: Cases) -> Helping:
    return Helping(cases, Talk(REFUND, None, 1, LIMIT))


def call(cases: Cases) -> Item[Called]:
    found = latest(cases, REFUND)
    assert found
    return found


def test_a_hand_goes_up_is_seen_and_comes_down(cases: Cases, help_there: Helping) -> None:
    help_there.raise_hand(AMIRA, "  Refund above\n what I may give ")
    raised = call(cases)
    assert (raised.state, raised.body.line, raised.body.asked_by) == ("raised", "Refund above what I may give", AMIRA)
    assert (raised.due_at, raised.body.n) == (NOON + LIMIT, 1)
    help_there.see(SAM)
    assert (call(cases).state, call(cases).body.helper, call(cases).owner) == ("seen", SAM, SAM)
    help_there.withdraw()
    assert (call(cases).state, call(cases).due_at, standing(cases, REFUND)) == ("withdrawn", None, None)
    assert [change.move for change in cases.changes(raised.id)] == ["raise", "see", "withdraw"]


def test_a_hand_that_is_up_is_one_hand(cases: Cases, help_there: Helping) -> None:
    help_there.raise_hand(AMIRA)
    help_there.raise_hand(AMIRA, "again")
    assert len(cases.of_conversation(REFUND, Kind.HANDOVER)) == 1
    help_there.withdraw()
    help_there.raise_hand(AMIRA)
    assert [item.state for item in cases.of_conversation(REFUND, Kind.HANDOVER)] == ["withdrawn", "raised"]


def test_a_whisper_answers_a_hand_and_keeps_no_secret(cases: Cases, help_there: Helping) -> None:
    help_there.raise_hand(AMIRA, "Her card is 4111 1111 1111 1111")
    help_there.whisper(SAM, "Don't read 4111 1111 1111 1111 back. You may refund 80.")
    (whisper,) = cases.of_conversation(REFUND, Kind.WHISPER)
    assert "1111" not in whisper.body.words + call(cases).body.line
    assert whisper.body.words.endswith("You may refund 80.")
    assert (call(cases).state, call(cases).due_at) == ("answered", None)
    help_there.raise_hand(AMIRA)
    assert call(cases).state == "raised"


def test_who_reads_along_may_whisper_join_and_leave_uncalled(cases: Cases, help_there: Helping) -> None:
    help_there.whisper(SAM, "She sounds calmer.")
    assert latest(cases, REFUND) is None
    help_there.join(SAM)
    assert (call(cases).state, call(cases).body.helper) == ("joined", SAM)
    help_there.leave()
    assert standing(cases, REFUND) is None


def test_a_conversation_stays_until_somebody_has_it(books: Books, cases: Cases, help_there: Helping) -> None:
    Holding(books.shelf).hold(REFUND, AMIRA)
    help_there.prepare(AMIRA, Handing(SAM, Why.DECIDES, "I'm bringing in Sam.", "020 7946 0000"))
    assert call(cases).state == "prepared"
    help_there.offer()
    handing = call(cases).body.handing
    assert handing
    assert (call(cases).state, handing.to) == ("offered", SAM)
    assert holder(books) == AMIRA
    help_there.take_over(SAM)
    assert (call(cases).state, call(cases).body.over_after) == ("taken_over", 1)
    assert holder(books) == SAM


def holder(books: Books) -> object:
    whose = Holding(books.shelf).whose(REFUND)
    assert whose
    return whose.owner


def test_what_cannot_be_done_changes_nothing(books: Books, cases: Cases, help_there: Helping) -> None:
    for deed in (help_there.offer, help_there.withdraw, help_there.leave, lambda: help_there.see(SAM)):
        with pytest.raises(NotNow):
            deed()
    help_there.raise_hand(AMIRA)
    help_there.see(SAM)
    with pytest.raises(NotNow):
        help_there.see(UNA)
    assert call(cases).body.helper == SAM


def look(library: Library, books: Books, clock: Clock) -> int:
    desk = Desk(books, Bus(), None, lambda _: pytest.fail("nothing is advised on here"))
    return anyio.run(HelpClock(library, lambda _: desk, clock).look)


def test_a_hand_that_nobody_came_to_is_dropped_and_counted(
    library: Library, books: Books, cases: Cases, help_there: Helping, clock: Clock
) -> None:
    help_there.raise_hand(AMIRA)
    assert look(library, books, clock) == 0
    clock.now += LIMIT
    assert (look(library, books, clock), look(library, books, clock)) == (1, 0)
    assert call(cases).state == "dropped"
    week = NOON - timedelta(days=7)
    assert len(cases.standing(Kind.HANDOVER, [HandoverState.DROPPED], sight=EVERYTHING, changed_after=week)) == 1
    help_there.raise_hand(AMIRA)
    assert call(cases).state == "raised"


def test_what_somebody_came_to_is_not_dropped(
    library: Library, books: Books, cases: Cases, help_there: Helping, clock: Clock
) -> None:
    help_there.raise_hand(AMIRA)
    help_there.join(SAM)
    clock.now += 10 * LIMIT
    assert look(library, books, clock) == 0
    assert call(cases).state == "joined"


def test_the_outside_is_told_in_ids_alone(books: Books, help_there: Helping) -> None:
    Destinations(books.shelf, books.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOON)
    help_there.raise_hand(AMIRA, "zanzibarquartz")
    help_there.see(SAM)
    told = [json.loads(lying.event.told) for lying in Outbox(books.shelf).listed()]
    told.sort(key=lambda one: str(one["move"]))
    assert [(one["move"], one["state"], one["person"]) for one in told] == [
        ("raise", "raised", None),
        ("see", "seen", str(SAM)),
    ]
    assert "zanzibarquartz" not in json.dumps(told)


def test_all_of_it_goes_with_the_customer(books: Books, cases: Cases, help_there: Helping) -> None:
    help_there.raise_hand(AMIRA, "zanzibarquartz")
    help_there.whisper(SAM, "zanzibarquartz")
    customer: UUID = call(cases).customer
    exported = json.loads(Erasure(books).export(customer))["casework"]
    assert {one["kind"] for one in exported} >= {"handover", "whisper"}
    Erasure(books).erase(customer)
    assert cases.of_conversation(REFUND) == ()
