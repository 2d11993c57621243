"""Restrictions from the ended contact to their end: who decides, what is written, what is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Item
from levelhead.casework.restriction import Restriction, RestrictionState, Way
from levelhead.live.arranging import NotComplete
from levelhead.live.bounds import Bounds
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.restricting import Asked, Restrictions
from levelhead.live.restriction_clock import RestrictionClock
from levelhead.people.person import Person, Role
from levelhead.storage.books import Books
from levelhead.storage.cases import NotNow
from levelhead.storage.library import Library
from tests.people import mr_doyle

REFUND = "the-late-refund"
THREAT = "I will come to your office and hurt you."


class Calendar:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 6, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Calendar:
    return Calendar()


@pytest.fixture
def desk(books: Books) -> Desk:
    made = Desk(books, Bus(), models.load(), packs.load)
    for n in range(2):
        anyio.run(partial(made.hear, mr_doyle(THREAT, n)))
    return made


@pytest.fixture
def restrictions(desk: Desk, clock: Calendar) -> Restrictions:
    Bounds(desk.books, desk.cases).end(REFUND)
    return Restrictions(desk.books, packs.boundary("en-GB"), clock)


def person(books: Books, name: str, role: Role = Role.SUPERVISOR) -> Person:
    return Person(uuid4(), books.tenant, name.lower(), name, role, frozenset(), active=True)


def asked(clock: Callable[[], datetime]) -> Asked:
    return Asked(
        Way.IN_WRITING,
        "Please write to us instead of ringing.",
        "Two threats against a member of our staff.",
        "We asked whether a text relay would help; it was not wanted.",
        "Write to PO Box 7, and we answer within three days.",
        "Head of service, PO Box 7",
        clock() + timedelta(days=90),
        clock() + timedelta(days=60),
    )


def proposed(restrictions: Restrictions, clock: Calendar, by: Person) -> Item[Restriction]:
    return restrictions.propose(REFUND, asked(clock), by, None)


def test_nothing_is_proposed_before_the_contact_was_ended(desk: Desk, books: Books, clock: Calendar) -> None:
    early = Restrictions(books, packs.boundary("en-GB"), clock)
    with pytest.raises(NotNow, match="once the contact was ended"):
        early.propose(REFUND, asked(clock), person(books, "Amira"), None)


def test_it_goes_from_proposal_to_letter_and_holds_until_its_end(
    restrictions: Restrictions, books: Books, clock: Calendar, desk: Desk, library: Library
) -> None:
    amira, sam = person(books, "Amira", Role.AGENT), person(books, "Sam Okafor")
    item = proposed(restrictions, clock, amira)
    assert restrictions.holding_for(REFUND) is None
    with pytest.raises(NotComplete, match="Nobody has approved"):
        restrictions.letter(item.id)
    with pytest.raises(NotNow, match="another supervisor"):
        restrictions.approve(item.id, amira)
    restrictions.approve(item.id, sam)
    restrictions.tell(item.id, sam)
    holding = restrictions.holding_for(REFUND)
    assert holding is not None
    assert holding.due_at == holding.body.review_at
    told = "\n".join(restrictions.letter(item.id).paragraphs)
    assert "Dear Mr Doyle" in told
    assert "hurt you" in told
    assert "4 June 2025" in told
    clock.now += timedelta(days=90)
    assert restrictions.holding_for(REFUND) is None
    over = RestrictionClock(library, lambda _: desk, clock)
    assert (anyio.run(over.look), anyio.run(over.look)) == (1, 0)
    assert restrictions.one(item.id).state == RestrictionState.EXPIRED


def test_a_letter_that_went_out_stays_as_it_was(restrictions: Restrictions, books: Books, clock: Calendar) -> None:
    item = proposed(restrictions, clock, person(books, "Amira"))
    restrictions.approve(item.id, person(books, "Sam Okafor"))
    restrictions.tell(item.id, person(books, "Sam Okafor"))
    before = restrictions.letter(item.id)
    clock.now += timedelta(days=30)
    restrictions.review(item.id, person(books, "Sam Okafor"), clock() + timedelta(days=50), "Another threat by post.")
    assert restrictions.letter(item.id) == before


def test_an_appeal_is_answered_in_time_by_somebody_else(
    restrictions: Restrictions, books: Books, clock: Calendar
) -> None:
    sam, jo = person(books, "Sam Okafor"), person(books, "Jo March")
    item = proposed(restrictions, clock, person(books, "Amira"))
    restrictions.approve(item.id, sam)
    restrictions.tell(item.id, sam)
    restrictions.appeal(item.id, "That was not me on the phone.")
    assert restrictions.one(item.id).due_at == clock() + timedelta(days=10)
    with pytest.raises(NotNow, match="neither proposed nor approved"):
        restrictions.uphold(item.id, sam, "It stays.")
    restrictions.lift(item.id, jo, "The recording shows somebody else.")
    over = restrictions.one(item.id)
    assert (over.state, over.due_at) == (RestrictionState.LIFTED, None)
    assert over.body.appeal is not None
    assert over.body.appeal.answer == "The recording shows somebody else."


@pytest.mark.parametrize("field", ["adjustments", "reason", "still", "appeal_to", "meaning"])
def test_an_incomplete_proposal_names_what_is_missing(
    restrictions: Restrictions, books: Books, clock: Calendar, field: str
) -> None:
    missing = replace(asked(clock), **{field: " "})  # type: ignore[arg-type]
    with pytest.raises(NotComplete) as refused:
        restrictions.propose(REFUND, missing, person(books, "Amira"), None)
    assert refused.value.field == field


def test_a_refused_one_holds_for_nobody(restrictions: Restrictions, books: Books, clock: Calendar) -> None:
    item = proposed(restrictions, clock, person(books, "Amira"))
    restrictions.refuse(item.id, "One bad evening is no reason.")
    with pytest.raises(NotComplete):
        restrictions.tell(item.id, person(books, "Sam Okafor"))
    assert restrictions.open() == ()
    assert [one.id for one in restrictions.over()] == [item.id]
