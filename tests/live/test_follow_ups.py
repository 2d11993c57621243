"""Follow-ups are planned by what was done, ask once, go on where it did not work, and stop where nobody is asked."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import anyio
import pytest
from sqlalchemy import select

from levelhead import packs
from levelhead.casework.boundary import BOUNDARY, Boundary, BoundaryMove, BoundaryState
from levelhead.casework.complaint import COMPLAINT, Complaint, ComplaintMove
from levelhead.casework.follow_up import FollowUp, FollowUpState, Occasion, Way, WhyNot
from levelhead.casework.item import Evidence, Item, Kind
from levelhead.casework.mail import Attempt, Came, MailState
from levelhead.casework.noted import NOTE, Noted, NoteMove, NoteState
from levelhead.casework.promise import PROMISE, Promised, PromiseMove
from levelhead.live.bus import Bus
from levelhead.live.complaint_ledger import Complaints
from levelhead.live.desk import Desk
from levelhead.live.follow_up_clock import FollowUpClock
from levelhead.live.follow_up_planning import After, follow_ups_after
from levelhead.live.follow_ups import FollowUps, NotAsked, NotThen
from levelhead.live.letters import Letter
from levelhead.live.posting import UNSEEN
from levelhead.live.postman import Postman
from levelhead.live.promise_ledger import Ledger
from levelhead.live.reaching import reaches
from levelhead.people.audit import Deed
from levelhead.people.person import Whose
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.customers import Customers
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from tests.clocks import Clock
from tests.storage.customers import keep_said, planted

TALK, AMIRA = "the-late-refund", uuid4()
DAY = timedelta(days=1)


class Bringing:
    """The way to a mail server: keeps what it was handed, and answers as it is told to."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer = Attempt(Came.SENT)
        self.breaks = False

    def __call__(self, letter: Letter) -> Attempt:
        self.letters.append(letter)
        if self.breaks:
            raise RuntimeError("the power is cut")
        return self.answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(books: Books) -> Desk:
    keep_said(books, *planted(TALK))
    return Desk(books, Bus(), None, packs.load)


@pytest.fixture
def cases(desk: Desk, clock: Clock) -> Cases:
    return Cases(desk.books, clock)


@pytest.fixture
def follow_ups(cases: Cases) -> FollowUps:
    return FollowUps(cases)


@pytest.fixture
def bringing() -> Bringing:
    return Bringing()


def planned(follow_ups: FollowUps, way: Way = Way.MAIL) -> Item[FollowUp]:
    whose = Whose(uuid4(), None, AMIRA)
    return follow_ups.get(follow_ups.plan(TALK, whose, way, AMIRA))


def promised(cases: Cases, key: str = "p") -> Item[Promised]:
    body = Promised("call you back", "by five", 1, confirmed=True)
    due = cases.now() + DAY
    return cases.open(
        Kind.PROMISE,
        key,
        cases.opening(Kind.PROMISE, key, body, machine=PROMISE, move=PromiseMove.MAKE, conversation=TALK, due_at=due),
    )


def there(cases: Cases) -> list[tuple[str, int, str]]:
    return [(one.body.occasion, one.body.days, one.state) for one in cases.of_conversation(TALK, Kind.FOLLOW_UP)]


def sealed(cases: Cases, disposition: str = "DELIVERY") -> None:
    cases.write(*follow_ups_after(cases, After(TALK, Occasion.NOTE, None, "delivery", disposition)))


def posted(library: Library, desk: Desk, clock: Clock, bring: Callable[[Letter], Attempt]) -> int:
    postman = Postman(library, lambda _: desk, bring, "https://desk.example.org", clock=clock, chance=lambda: 0.0)
    return anyio.run(postman.look)


def mails(cases: Cases) -> list[str]:
    return [one.state for one in cases.of_conversation(TALK, Kind.MAIL)]


def test_a_sealed_note_plans_one_task_and_nothing_is_asked_while_something_is_promised(cases: Cases) -> None:
    promise = promised(cases)
    sealed(cases)
    assert there(cases) == []
    Ledger(cases).keep(promise.id)
    assert there(cases) == [("promise", 0, "to_do")]
    sealed(cases)
    assert len(there(cases)) == 1


def test_what_was_kept_after_a_complaint_is_looked_back_at_once(cases: Cases, clock: Clock) -> None:
    said = Complaint(Evidence(TALK, 0, "late again"), clock.now)
    opening = cases.opening(
        Kind.COMPLAINT, TALK, said, machine=COMPLAINT, move=ComplaintMove.PROPOSE, conversation=TALK
    )
    complaint = cases.open(Kind.COMPLAINT, TALK, opening)
    Complaints(cases).confirm(complaint.id)
    Ledger(cases).keep(promised(cases).id)
    assert there(cases)[1:] == [("relationship", days, "to_do") for days in (30, 60, 90)]
    due = [one.due_at for one in cases.of_conversation(TALK, Kind.FOLLOW_UP) if one.body.days]
    assert [(one - clock.now).days for one in due if one] == [31, 60, 90]  # 5 April is a Saturday: on Monday at nine.
    Ledger(cases).keep(promised(cases, "q").id)
    assert len(there(cases)) == 4


def test_what_is_settled_for_the_tenant_holds(cases: Cases) -> None:
    FollowUpSettings(cases.shelf).settle(FollowUpRules(tasks=False, checks=False))
    sealed(cases)
    assert there(cases) == []
    assert FollowUpSettings(cases.shelf).rules() == FollowUpRules(tasks=False, checks=False, surveys=False)


def test_a_mail_leaves_once_and_its_address_is_looked_at_once_and_audited(
    library: Library, desk: Desk, cases: Cases, clock: Clock, follow_ups: FollowUps, bringing: Bringing
) -> None:
    item = planned(follow_ups)
    (reach,) = reaches(desk.books, item.customer, TALK)
    assert reach.hint == "…@zanzibar.example"
    follow_ups.send(
        item.id, reach.address, "Is it all right?", "Hello.\nRing 020 7946 0123. Not your card 4111 1111 1111 1111."
    )
    assert follow_ups.get(item.id).state == FollowUpState.LEAVING
    assert posted(library, desk, clock, bringing) == 1
    assert posted(library, desk, clock, bringing) == 0
    (letter,) = bringing.letters
    assert (letter.to, letter.subject) == ("q.doyle@zanzibar.example", "Is it all right?")
    assert letter.text == "Hello.\nRing 020 7946 0123. Not your card [card number]."
    asked = follow_ups.get(item.id)
    assert (asked.state, asked.body.told and asked.body.told.by_us, mails(cases)) == ("asked", True, ["sent"])
    assert asked.due_at
    assert asked.due_at > clock.now + 4 * DAY
    with desk.books.shelf.reading() as connection:
        looks = connection.execute(select(tables.audit.c.subject).where(tables.audit.c.deed == Deed.SEALED_SEEN)).all()
    assert [row.subject.partition(":")[0] for row in looks] == ["mail"]


def test_a_server_that_is_away_is_asked_again_and_one_that_refuses_is_told_to_a_person(
    library: Library, desk: Desk, cases: Cases, clock: Clock, follow_ups: FollowUps, bringing: Bringing
) -> None:
    item = planned(follow_ups)
    address = reaches(desk.books, item.customer, TALK)[0].address
    follow_ups.send(item.id, address, "s", "t")
    bringing.answer = Attempt(Came.LATER, "away")
    assert (posted(library, desk, clock, bringing), posted(library, desk, clock, bringing)) == (1, 0)
    assert mails(cases) == [MailState.WAITING]
    clock.forward(seconds=6)
    bringing.answer = Attempt(Came.REFUSED, "the mail server refuses the customer's address (550)")
    assert posted(library, desk, clock, bringing) == 1
    back = follow_ups.get(item.id)
    assert (back.state, back.body.trouble, mails(cases)) == ("to_do", bringing.answer.trouble, ["not_sent"])
    bringing.answer = Attempt(Came.SENT)
    follow_ups.send(item.id, address, "s", "t")
    posted(library, desk, clock, bringing)
    assert mails(cases) == ["not_sent", "sent"]
    assert len({letter.name for letter in bringing.letters}) == 2


def test_a_mail_server_that_does_not_answer_takes_no_thread_from_the_pages(
    library: Library, desk: Desk, cases: Cases, clock: Clock, follow_ups: FollowUps
) -> None:
    item = planned(follow_ups)
    follow_ups.send(item.id, reaches(desk.books, item.customer, TALK)[0].address, "s", "t")
    page_was_served = Event()

    async def both() -> None:
        asked = anyio.Event()

        def bring(_: Letter) -> Attempt:
            anyio.from_thread.run_sync(asked.set)
            assert page_was_served.wait(10)
            return Attempt(Came.SENT)

        anyio.to_thread.current_default_thread_limiter().total_tokens = 1
        postman = Postman(library, lambda _: desk, bring, "https://desk.example.org", clock=clock, chance=lambda: 0.0)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(postman.look)
            await asked.wait()
            await anyio.to_thread.run_sync(page_was_served.set)

    anyio.run(both)
    assert mails(cases) == [MailState.SENT]


def test_what_may_have_arrived_is_never_sent_again_by_itself(
    library: Library, desk: Desk, cases: Cases, clock: Clock, follow_ups: FollowUps, bringing: Bringing
) -> None:
    item = planned(follow_ups)
    follow_ups.send(item.id, reaches(desk.books, item.customer, TALK)[0].address, "s", "t")
    bringing.breaks = True
    with pytest.raises(ExceptionGroup):
        posted(library, desk, clock, bringing)
    bringing.breaks = False
    assert posted(library, desk, clock, bringing) == 0
    clock.forward(minutes=6)
    posted(library, desk, clock, bringing)
    assert (len(bringing.letters), mails(cases)) == (1, ["in_doubt"])
    assert (follow_ups.get(item.id).state, follow_ups.get(item.id).body.trouble) == ("to_do", UNSEEN)


def test_what_did_not_work_goes_on_and_never_just_ends(follow_ups: FollowUps) -> None:
    item = planned(follow_ups, Way.CALL)
    assert follow_ups.answer(item.id, AMIRA, worked=False, words="Leaks again").state == "not_worked"
    with pytest.raises(NotNow, match="does not just end"):
        follow_ups.call_off(item.id, WhyNot.NOT_NEEDED)
    with pytest.raises(NotNow):
        follow_ups.give_up(item.id)
    new = follow_ups.go_on(item.id, None, Way.CALL)
    assert (new.state, new.owner, new.body.instead_of) == ("to_do", None, item.id)
    assert follow_ups.get(item.id).state == "passed_on"
    with pytest.raises(NotNow):
        follow_ups.reopen(item.id)


def test_an_answer_is_taken_back_and_what_was_asked_by_hand_waits_for_one(follow_ups: FollowUps, clock: Clock) -> None:
    item = planned(follow_ups)
    assert follow_ups.tell(item.id, AMIRA, "s", "By hand").state == "asked"
    assert follow_ups.answer(item.id, AMIRA, worked=True).state == "worked"
    again = follow_ups.reopen(item.id)
    assert (again.state, again.body.answer, again.body.text) == ("to_do", None, "By hand")
    with pytest.raises(NotThen):
        follow_ups.plan(TALK, Whose(uuid4(), None, AMIRA), Way.CALL, AMIRA, clock.now - DAY)


@pytest.mark.parametrize("why", [WhyNot.DIED, WhyNot.DOES_NOT_WANT])
def test_who_died_or_does_not_want_it_is_asked_nothing_more(
    follow_ups: FollowUps, cases: Cases, desk: Desk, why: WhyNot
) -> None:
    first, other = planned(follow_ups), planned(follow_ups)
    address = reaches(desk.books, first.customer, TALK)[0].address
    follow_ups.call_off(first.id, why)
    assert follow_ups.get(other.id).state == "called_off"
    sealed(cases)
    assert len(there(cases)) == 2
    with pytest.raises(NotAsked):
        planned(follow_ups)
    with pytest.raises(NotAsked):
        follow_ups.send(other.id, address, "s", "t")
    follow_ups.reopen(first.id)
    follow_ups.reopen(other.id)
    assert planned(follow_ups).state == "to_do"


def test_after_an_end_for_abuse_what_is_due_is_called_off_and_a_mail_on_its_way_too(
    library: Library, desk: Desk, cases: Cases, clock: Clock, follow_ups: FollowUps, bringing: Bringing
) -> None:
    due, leaving = planned(follow_ups), planned(follow_ups)
    follow_ups.send(leaving.id, reaches(desk.books, due.customer, TALK)[0].address, "s", "t")
    begin = cases.opening(
        Kind.BOUNDARY, TALK, Boundary(()), machine=BOUNDARY, move=BoundaryMove.NOTICE, conversation=TALK
    )
    item = cases.open(Kind.BOUNDARY, TALK, begin)
    cases.write(cases.moving(item.id, BOUNDARY, BoundaryState, BoundaryMove.END))
    clock.forward(days=4)
    anyio.run(FollowUpClock(library, lambda _: desk, clock).look)
    assert follow_ups.get(due.id).body.why_not is WhyNot.ENDED_FOR_ABUSE
    posted(library, desk, clock, bringing)
    assert (bringing.letters, mails(cases)) == ([], ["called_off"])
    assert follow_ups.get(leaving.id).state == "called_off"


def test_each_step_is_told_in_ids(library: Library, desk: Desk, cases: Cases, follow_ups: FollowUps) -> None:
    Destinations(desk.books.shelf, library.vault).add("https://helpdesk.example.com", [], "whsec_AAAA", cases.now())
    item = planned(follow_ups, Way.CALL)
    follow_ups.word(item.id, Way.CALL, "s", "Other words")
    follow_ups.answer(item.id, AMIRA, worked=True, words="Quiet now")
    with desk.books.shelf.reading() as connection:
        told: list[dict[str, Any]] = [json.loads(row.told) for row in connection.execute(select(tables.event.c.told))]
    assert told == [{"conversation": TALK, "follow_up": str(item.id), "state": "worked", "way": "call"}]


def test_a_note_that_is_sealed_plans_it_in_its_transaction(desk: Desk, cases: Cases) -> None:
    begun = cases.opening(Kind.NOTE, TALK, Noted(), machine=NOTE, move=NoteMove.BEGIN, conversation=TALK)
    note = cases.open(Kind.NOTE, TALK, begun)
    then = follow_ups_after(cases, After(TALK, Occasion.NOTE))
    seal = cases.moving(note.id, NOTE, NoteState, NoteMove.SEAL)
    with pytest.raises(NotNow):
        cases.write(*then, seal, seal)
    assert there(cases) == []
    assert Customers(desk.books.shelf, desk.books.vault).of(TALK)
