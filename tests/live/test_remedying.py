"""A remedy from the first complaint to the grant, on both databases: with its words, told, and never too much."""

import json
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import anyio
import pytest

from levelhead import packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.remedy import Remedied, RemedyState
from levelhead.casework.remedy_options import Authority, Facts
from levelhead.live.approving import Approving
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.remedy_clock import RemedyClock
from levelhead.live.remedying import Look, Remedying
from levelhead.people.person import Person, Role, Whose
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.erasure import Erasure
from levelhead.storage.granting import Granting
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.teams import Teams
from tests.casework.remedying import NOW
from tests.people import mr_doyle

DEAR = Facts(delivered=False, days_late=9, amount=24_900)
SMALL = Facts(delivered=False, days_late=9, amount=4_500)


class Floor:
    """A team with an agent and a supervisor, and a clock of their own."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.now = NOW
        self.team = Teams(books.shelf).add("Returns", Rollout.ON).id
        self.amira, self.sam = self.person(Role.AGENT, "amira"), self.person(Role.SUPERVISOR, "sam")
        self.desk = Desk(books, Bus(), None, packs.load)
        self.cases = Cases(books, lambda: self.now)
        self.approving = Approving(books, self.cases)

    def person(self, role: Role, name: str, team: UUID | None = None) -> Person:
        known = new_person(self.books.tenant, name, name.capitalize(), role, {team or self.team})
        return People(self.books.shelf).add(known)

    def hears(self, text: str, conversation: str = "the-kettle", team: UUID | None = None, who: str = "") -> "Talk":
        turn = mr_doyle(text, conversation=conversation, customer_ref=who or conversation)
        anyio.run(partial(self.desk.hear, turn, Whose(self.books.tenant, team or self.team, self.amira.id)))
        return Talk(self, conversation, team or self.team)


class Talk:
    """One conversation of this floor."""

    def __init__(self, floor: Floor, conversation: str, team: UUID) -> None:
        self.floor, self.conversation, self.team = floor, conversation, team

    def by(self, person: Person | None = None) -> Remedying:
        floor = self.floor
        timeline = floor.books.timeline(self.conversation)
        return Remedying(floor.books, floor.cases, packs.remedies("en-GB"), timeline, person or floor.amira)

    def look(self, person: Person | None = None) -> Look:
        return self.by(person).look(self.team)

    def settle(self, wrong: str = "not_arrived", facts: Facts = SMALL) -> None:
        self.by().settle(wrong, facts, self.team)

    def gives(self, key: str, wrong: str = "not_arrived", facts: Facts = SMALL) -> None:
        self.settle(wrong, facts)
        self.by().offer(key, self.team)
        self.by().accept()
        self.by().grant()

    def asks(self, key: str = "refund", facts: Facts = DEAR) -> UUID:
        self.settle(facts=facts)
        self.by().request(key, "It never came.", self.floor.sam, self.team)
        return self.item.id

    @property
    def item(self) -> Item[Remedied]:
        return self.floor.cases.of_conversation(self.conversation, Kind.REMEDY)[-1]


@pytest.fixture
def floor(books: Books) -> Floor:
    return Floor(books)


def told(shelf: Shelf) -> list[dict[str, Any]]:
    events = sorted((one.event for one in Outbox(shelf).listed()), key=lambda event: event.id)
    return [json.loads(one.told) for one in events if one.kind == "levelhead.remedy.changed.v1"]


def test_before_anybody_acts_nothing_is_kept_and_the_wrong_has_its_words(floor: Floor) -> None:
    talk = floor.hears("My order 48213 for £45.00 never arrived.")
    look = talk.look()
    assert (look.item, look.wrong, look.state) == (None, "not_arrived", RemedyState.PROPOSED)
    assert [one.words for one in look.found.evidence] == ["never arrived"]
    assert 2 <= len(look.options) <= 3
    assert floor.cases.of_conversation("the-kettle") == ()


def test_what_is_not_clear_is_asked_and_cannot_be_offered_on(floor: Floor) -> None:
    talk = floor.hears("I'm really not happy with you.")
    look = talk.look()
    assert (look.wrong, look.options) == (None, ())
    assert len(look.found.among) >= 2
    with pytest.raises(NotNow, match="look again"):
        talk.by().offer("trace", talk.team)
    talk.settle("outage", Facts(days_late=5))
    assert talk.look().wrong == "outage"
    assert [one.words for one in talk.item.body.evidence] == ["I'm really not happy with you."]


def test_an_offer_that_is_accepted_is_granted_with_who_and_the_words(floor: Floor) -> None:
    talk = floor.hears("My order never arrived.")
    talk.gives("refund")
    item = talk.item
    assert item.state == RemedyState.GRANTED
    assert item.body.granted is not None
    assert (item.body.granted.by.name, item.body.granted.chosen.minor) == ("Amira", 4_500)
    assert item.body.granted.pack == "remedies en-GB 2026.1"
    changes = floor.cases.changes(item.id)
    assert [change.move for change in changes] == ["propose", "offer", "accept", "grant"]
    assert all(change.reason.evidence == item.body.evidence for change in changes)
    assert talk.look().item is None


def test_above_authority_it_is_asked_approved_said_accepted_and_granted(floor: Floor) -> None:
    talk = floor.hears("My order never arrived.")
    talk.settle(facts=DEAR)
    refund = next(one for one in talk.look().options if one.key == "refund")
    assert refund.authority is Authority.ASK
    with pytest.raises(NotNow, match="above what you may grant"):
        talk.by().offer("refund", talk.team)
    item = talk.asks()
    assert (talk.item.owner, talk.item.due_at) == (floor.sam.id, NOW + timedelta(minutes=5))
    assert [one.id for one in floor.approving.waiting(EVERYTHING)] == [item]
    floor.approving.answer(item, floor.sam, approved=True)
    assert (talk.item.owner, talk.item.due_at, talk.look().state) == (floor.amira.id, None, RemedyState.APPROVED)
    talk.by().offer("refund", talk.team)
    talk.by().accept()
    talk.by().grant()
    granted = talk.item.body.granted
    assert granted is not None
    assert granted.approved is not None
    assert (granted.by.name, granted.approved.name) == ("Amira", "Sam")


def test_a_request_holds_no_card_number_that_somebody_typed(floor: Floor) -> None:
    talk = floor.hears("My order never arrived.")
    talk.settle(facts=DEAR)
    talk.by().request("refund", "Paid with 4111 1111 1111 1111.", floor.sam, talk.team)
    asked = talk.item.body.request
    assert asked is not None
    assert "4111" not in asked.reason


def test_what_nobody_answers_in_time_goes_back_by_itself(floor: Floor, library: Library) -> None:
    talk = floor.hears("My order never arrived.")
    talk.asks()
    clock = RemedyClock(library, lambda _: floor.desk, lambda: floor.now)
    assert anyio.run(clock.look) == 0
    floor.now = NOW + timedelta(minutes=5)
    assert anyio.run(clock.look) == 1
    assert anyio.run(clock.look) == 0
    assert (talk.item.state, talk.item.owner) == (RemedyState.LAPSED, floor.amira.id)
    assert len(talk.look().options) >= 2
    with pytest.raises(NotNow):
        floor.approving.answer(talk.item.id, floor.sam, approved=True)


def test_what_was_refused_is_not_offered_again_in_this_case(floor: Floor) -> None:
    talk = floor.hears("My order never arrived.")
    floor.approving.answer(talk.asks(), floor.sam, approved=False, words="It is on its way.")
    assert "refund" not in [one.key for one in talk.look().options]
    answer = talk.item.body.requests[-1].answer
    assert answer is not None
    assert answer.words == "It is on its way."


def test_the_same_wrong_has_its_precedent_in_this_team_and_month_alone(floor: Floor) -> None:
    for n in range(3):
        floor.hears("It is delayed.", f"before-{n}").gives("postage", "delay")
    floor.hears("It is damaged.", "other").gives("collect", "wrong_item")
    others = Teams(floor.books.shelf).add("Elsewhere", Rollout.ON).id
    here, there = floor.hears("It is delayed.", "now"), floor.hears("It is delayed.", "far", others)
    assert next((one.key, one.precedents) for one in here.look().options) == ("postage", 3)
    assert {one.precedents for one in there.look().options} == {0}
    floor.now = NOW + timedelta(days=31)
    assert {one.precedents for one in here.look().options} == {0}


def test_what_a_customer_was_given_in_a_month_counts_over_all_their_conversations(floor: Floor) -> None:
    ten = Facts(delivered=False, days_late=9, amount=10_000)
    floor.hears("It never arrived.", "one", who="mr-doyle").gives("refund", facts=ten)
    again = floor.hears("It never arrived.", "two", who="mr-doyle")
    again.settle(facts=ten)
    refund = next(one for one in again.look().options if one.key == "refund")
    assert refund.authority is Authority.ASK
    floor.hears("It never arrived.", "three", who="mrs-other").gives("refund", facts=ten)
    floor.now = NOW + timedelta(days=31)
    assert next(one for one in again.look().options if one.key == "refund").authority is Authority.GRANT


def test_two_that_were_both_accepted_are_not_both_granted_above_the_month(floor: Floor) -> None:
    eighty = Facts(delivered=False, days_late=9, amount=8_000)
    talks = [floor.hears("It never arrived.", name, who="mr-doyle") for name in ("one", "two")]
    for talk in talks:
        talk.settle(facts=eighty)
        talk.by().offer("refund", talk.team)
        talk.by().accept()
    talks[0].by().grant()
    with pytest.raises(NotNow, match="above what you may grant"):
        talks[1].by().grant()
    assert Granting(floor.books).given("two", "GBP", NOW - timedelta(days=30)) == 8_000


def test_a_move_on_what_somebody_else_has_changed_meanwhile_is_refused(floor: Floor) -> None:
    talk = floor.hears("It never arrived.")
    item = talk.asks()
    seen = talk.item
    talk.by().take_back()
    talk.by().request("again", "She needs it.", floor.sam, talk.team)
    assert talk.item.id == item
    assert talk.item.body != seen.body


def test_every_move_is_told_by_ids_and_labels_alone(floor: Floor) -> None:
    Destinations(floor.books.shelf, floor.books.vault).add("https://crm.example.com/in", [], "whsec_AAAA", NOW)
    floor.hears("My order never arrived.").gives("refund")
    events = told(floor.books.shelf)
    assert [one["state"] for one in events] == ["offered", "accepted", "granted"]
    last = events[-1]
    assert (last["amount"], last["currency"], last["option"], last["law"]) == (4_500, "GBP", "refund", "delivery")
    assert "arrived." not in json.dumps(events)


def test_whoever_may_not_answer_it_does_not_see_it_and_a_role_without_limits_grants_nothing(floor: Floor) -> None:
    talk = floor.hears("It never arrived.")
    talk.asks()
    assert floor.approving.waiting(Sight(teams=frozenset({new_id()}))) == ()
    rea = floor.person(Role.REVIEWER, "rea")
    with pytest.raises(NotNow, match="grants nothing"):
        floor.approving.answer(talk.item.id, rea, approved=True)
    with pytest.raises(UnknownItem):
        floor.approving.one(new_id())


def test_it_goes_with_its_customer(floor: Floor) -> None:
    talk = floor.hears("My order never arrived.")
    talk.gives("refund")
    item = talk.item
    erasure = Erasure(floor.books)
    (kept,) = (row for row in json.loads(erasure.export(item.customer))["casework"] if row["kind"] == "remedy")
    assert kept["body"]["granted"]["chosen"]["cost"] == {"minor": 4_500, "currency": "GBP"}
    erasure.erase(item.customer)
    with pytest.raises(UnknownItem):
        floor.cases.get(item.id)
