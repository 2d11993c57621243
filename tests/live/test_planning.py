"""Plans from a proposal to their end: who decides, what the customer is told, whose promises are then, what is gone."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.plan import Plan, PlanState
from levelhead.conversation import Channel
from levelhead.live.arranging import NotComplete
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.plan_clock import PlanClock
from levelhead.live.planning import PlanAsked, Plans
from levelhead.people.person import Person, Role, Whose
from levelhead.people.sight import Sight
from levelhead.privacy.retention import Kept
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.customers import Customers
from levelhead.storage.erasure import Erasure
from levelhead.storage.library import Library
from levelhead.storage.merging import Merging
from levelhead.storage.retention import Retention
from tests.casework.planning import HANA, NOW, TUESDAYS
from tests.people import amira, mr_doyle

REFUND, MAIL = "the-late-refund", "the-mail"
PROMISED = "I'll ring you tomorrow by noon with the date."


class Calendar:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Calendar:
    return Calendar()


@pytest.fixture
def desk(books: Books) -> Desk:
    made = Desk(books, Bus(), models.load(), packs.load)
    hear(made, mr_doyle("Where is my refund? It has been three weeks.", customer_ref="crm-1"))
    return made


@pytest.fixture
def customer(books: Books, desk: Desk) -> UUID:
    found = Customers(books.shelf, books.vault).of(REFUND)
    assert found is not None
    return found


@pytest.fixture
def plans(books: Books, desk: Desk, clock: Calendar) -> Plans:
    return Plans(books, clock)


def hear(desk: Desk, *turns: object, holder: UUID | None = None) -> None:
    for turn in turns:
        anyio.run(partial(desk.hear, turn, Whose(desk.books.tenant, None, holder)))  # type: ignore[arg-type]


def person(books: Books, number: int, name: str, role: Role = Role.SUPERVISOR) -> Person:
    return Person(UUID(int=number), books.tenant, name.lower(), name, role)


def asked(clock: Callable[[], datetime]) -> PlanAsked:
    return PlanAsked(
        contact=HANA,
        contact_name="Hana Weber",
        channel=Channel.VOICE,
        times=(TUESDAYS,),
        reason="You have rung us seven times since January about one refund, and told it to six of us",
        adjustments="You told us that you would rather speak than write.",
        object_to="Tell any of us, or write to PO Box 7",
        expires_at=clock() + timedelta(days=90),
        review_at=clock() + timedelta(days=45),
    )


def in_force(plans: Plans, books: Books, customer: UUID, clock: Calendar) -> Item[Plan]:
    item = plans.propose(customer, asked(clock), person(books, 1, "Amira", Role.AGENT), None)
    plans.agree(item.id, person(books, 2, "Sam Okafor"))
    plans.tell(item.id, person(books, 2, "Sam Okafor"))
    return plans.one(item.id)


def promised(cases: Cases, conversation: str) -> list[UUID | None]:
    return [item.owner for item in cases.of_conversation(conversation, Kind.PROMISE)]


def test_it_goes_from_proposal_to_letter_is_looked_at_and_ends_by_itself(
    plans: Plans, books: Books, clock: Calendar, desk: Desk, library: Library, customer: UUID
) -> None:
    agent, sam = person(books, 1, "Amira", Role.AGENT), person(books, 2, "Sam Okafor")
    item = plans.propose(customer, asked(clock), agent, None)
    assert plans.holding(REFUND) is None
    with pytest.raises(NotNow, match="a plan for this customer already"):
        plans.propose(customer, asked(clock), agent, None)
    with pytest.raises(NotComplete, match="Nobody has agreed"):
        plans.tell(item.id, sam)
    with pytest.raises(NotNow, match="another supervisor"):
        plans.agree(item.id, agent)
    plans.agree(item.id, sam)
    told = "\n".join(plans.letter(item.id).paragraphs)
    assert all(part in told for part in ("Dear Mr Doyle", "Hana Weber", "Tuesdays 10:00 to 12:00", "4 June 2025"))
    assert "Sam Okafor" in told
    plans.tell(item.id, sam)
    assert plans.holding(REFUND) == plans.one(item.id)
    clocked = PlanClock(library, lambda _: desk, clock)
    clock.now += timedelta(days=45)
    assert (anyio.run(clocked.look), anyio.run(clocked.look)) == (1, 0)
    assert plans.one(item.id).state == PlanState.UNDER_REVIEW
    plans.keep(item.id, sam, clock() + timedelta(days=40), "It helps: two calls since, and both were enough.")
    clock.now += timedelta(days=45)
    assert plans.holding(REFUND) is None
    assert anyio.run(clocked.look) == 1
    assert plans.one(item.id).state == PlanState.EXPIRED


def test_what_they_are_told_can_be_put_otherwise_but_not_so_that_it_leaves_out_what_they_need(
    plans: Plans, books: Books, clock: Calendar, customer: UUID
) -> None:
    item = plans.propose(customer, asked(clock), person(books, 1, "Amira"), None)
    with pytest.raises(NotComplete, match="leaves out “Hana Weber”"):
        plans.word(item.id, ("Dear Mr Doyle", "One of us rings you."))
    own = (
        "Dear Mr Doyle",
        "Hana Weber looks after you until 4 June 2025.",
        "To object: Tell any of us, or write to PO Box 7",
    )
    plans.word(item.id, own)
    assert plans.draft(item.id) == own
    plans.word(item.id, ())
    assert plans.draft(item.id)[0] == "Dear Mr Doyle"
    assert len(plans.draft(item.id)) > len(own)


@pytest.mark.parametrize("field", ["reason", "adjustments", "object_to"])
def test_an_incomplete_proposal_names_what_is_missing(
    plans: Plans, books: Books, clock: Calendar, customer: UUID, field: str
) -> None:
    with pytest.raises(NotComplete) as refused:
        plans.propose(customer, replace(asked(clock), **{field: " "}), person(books, 1, "Amira"), None)  # type: ignore[arg-type]
    assert refused.value.field == {"object_to": "appeal_to"}.get(field, field)


def test_an_objection_is_answered_by_somebody_else_in_time(
    plans: Plans, books: Books, clock: Calendar, customer: UUID
) -> None:
    item = in_force(plans, books, customer, clock)
    plans.object(item.id, "I would rather write.")
    assert plans.one(item.id).due_at == clock() + timedelta(days=10)
    assert plans.holding(REFUND) is not None
    with pytest.raises(NotNow, match="neither proposed nor approved"):
        plans.uphold(item.id, person(books, 2, "Sam Okafor"), "It goes on.")
    plans.end(item.id, person(books, 3, "Jo March"), "You are right: write to us.")
    assert plans.one(item.id).state == PlanState.ENDED
    assert plans.holding(REFUND) is None


def test_somebody_else_looks_after_them_at_once_and_the_letter_says_so(
    plans: Plans, books: Books, clock: Calendar, customer: UUID
) -> None:
    sam, ben = person(books, 2, "Sam Okafor"), person(books, 8, "Ben Lee", Role.AGENT)
    item = in_force(plans, books, customer, clock)
    first = plans.letter(item.id)
    with pytest.raises(NotComplete, match="Say why"):
        plans.give_to(item.id, ben, sam, " ")
    plans.give_to(item.id, ben, sam, "Hana works elsewhere from Monday.")
    held = plans.holding(REFUND)
    assert held is not None
    assert (held.body.contact, held.due_at) == (ben.id, item.due_at)
    drafted = "\n".join(plans.draft(item.id))
    assert "Hana Weber, who looked after you until now" in drafted
    assert "You reach Ben Lee by phone" in drafted
    assert "six of us" not in drafted
    plans.word(
        item.id, ("Ben Lee looks after you until 4 June 2025.", "To object: Tell any of us, or write to PO Box 7")
    )
    plans.tell(item.id, sam)
    with pytest.raises(NotNow, match="told already"):
        plans.tell(item.id, sam)
    body = plans.one(item.id).body
    assert body.letter is not None
    assert body.letter.paragraphs[0].startswith("Ben Lee")
    assert [(one.name, one.letter, one.changed.name) for one in body.former] == [("Hana Weber", first, "Sam Okafor")]
    done = [(change.move, change.reason.words) for change in Cases(books).changes(item.id)]
    assert ("change_contact", "Hana works elsewhere from Monday.") in done


def test_who_was_never_told_of_the_first_contact_reads_of_the_second_alone(
    plans: Plans, books: Books, clock: Calendar, customer: UUID
) -> None:
    sam = person(books, 2, "Sam Okafor")
    item = plans.propose(customer, asked(clock), person(books, 1, "Amira", Role.AGENT), None)
    plans.agree(item.id, sam)
    plans.give_to(item.id, person(books, 8, "Ben Lee", Role.AGENT), sam, "Hana is away for some weeks.")
    told = "\n".join(plans.draft(item.id))
    assert "Ben Lee" in told
    assert "six of us" in told
    assert "Hana" not in told


def test_what_is_promised_to_them_is_kept_by_their_contact_whoever_promises(
    plans: Plans, books: Books, clock: Calendar, desk: Desk, customer: UUID
) -> None:
    holder = UUID(int=9)
    hear(desk, amira(PROMISED, 1))
    in_force(plans, books, customer, clock)
    desk.cases = Cases(books, clock)
    hear(desk, mr_doyle("Me again.", conversation=MAIL, customer_ref="crm-1"), holder=holder)
    hear(desk, amira("I'll send you the form today by five.", 1, conversation=MAIL), holder=holder)
    hear(desk, amira("I'll ring you today by five.", 0, conversation="we-begin", customer_ref="crm-1"), holder=holder)
    assert promised(desk.cases, REFUND) == [None]
    assert promised(desk.cases, MAIL) == promised(desk.cases, "we-begin") == [HANA]


def test_two_identities_that_are_one_person_share_a_plan_and_part_without_it(
    plans: Plans, books: Books, clock: Calendar, desk: Desk, customer: UUID
) -> None:
    hear(desk, mr_doyle("And my other order?", conversation=MAIL, customer_ref="crm-2"))
    other = Customers(books.shelf, books.vault).of(MAIL)
    assert other is not None
    item = in_force(plans, books, customer, clock)
    assert plans.holding(MAIL) is None
    Merging(books.shelf).merge(other, customer)
    assert plans.holding(MAIL) == item
    assert plans.of(other) == plans.of(customer) == (item,)
    Merging(books.shelf).split(other)
    assert plans.holding(MAIL) is None
    assert plans.holding(REFUND) == item


def test_it_is_exported_erased_and_gone_with_retention_once_it_has_long_been_over(
    plans: Plans, books: Books, clock: Calendar, customer: UUID
) -> None:
    item = in_force(plans, books, customer, clock)
    told = json.loads(Erasure(books).export(customer))["casework"]
    assert [one["kind"] for one in told if one["kind"] == "plan"] == ["plan"]
    assert "told it to six of us" in json.dumps(told)
    retention = Retention(books, clock)
    retention.keep_for(Kept.TURNS, 30)
    clock.now += timedelta(days=44)
    retention.run()
    assert plans.one(item.id) == item
    plans.end(item.id, person(books, 2, "Sam Okafor"), "It is solved.")
    clock.now += timedelta(days=29)
    retention.run()
    assert plans.of(customer)
    clock.now += timedelta(days=2)
    retention.run()
    assert plans.of(customer) == ()


def test_an_erasure_takes_it_along(plans: Plans, books: Books, clock: Calendar, customer: UUID) -> None:
    in_force(plans, books, customer, clock)
    Erasure(books).erase(customer)
    assert plans.open() == plans.over() == ()


def test_a_team_sees_its_own(plans: Plans, books: Books, clock: Calendar, customer: UUID) -> None:
    plans.propose(customer, asked(clock), person(books, 1, "Amira"), None)
    assert len(plans.open()) == 1
    assert plans.open(Sight(teams=frozenset({UUID(int=4)}))) == ()
