"""The clock of the promises: it moves what time moves, tells it once, and can be stopped at any moment."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import anyio
import pytest

from levelhead import packs
from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import PROMISE, Promised, PromiseMove, PromiseState
from levelhead.casework.standing_in import Absence
from levelhead.live.bus import Bus, ConversationChanged
from levelhead.live.desk import Desk
from levelhead.live.promise_clock import PromiseClock
from levelhead.live.promise_ledger import Ledger
from levelhead.people.team import Rollout
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.library import Library
from levelhead.storage.opening_hours import Absences, Opening, opening_hours
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.teams import Teams
from tests.clocks import NOON, Clock
from tests.storage.customers import keep_said, planted

TALK = "the-late-refund"
FIVE = NOON + timedelta(hours=5)
AMIRA, NOOR = uuid4(), uuid4()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(library: Library, books: Books) -> Desk:
    keep_said(books, *planted(TALK))
    Destinations(books.shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOON)
    return Desk(books, Bus(), None, packs.load)


@pytest.fixture
def ledger(desk: Desk, clock: Clock) -> Ledger:
    return Ledger(Cases(desk.books, clock))


def made(desk: Desk, clock: Clock, key: str = "a", **known: Any) -> Item[Promised]:
    cases = Cases(desk.books, clock)
    told: dict[str, Any] = {"conversation": TALK, "due_at": FIVE, "owner": AMIRA} | known
    body = Promised("call you back", "by five", 1, confirmed=True)
    return cases.open(
        Kind.PROMISE, key, cases.opening(Kind.PROMISE, key, body, machine=PROMISE, move=PromiseMove.MAKE, **told)
    )


def look(library: Library, desk: Desk, clock: Clock) -> int:
    return anyio.run(PromiseClock(library, lambda _: desk, clock).look)


def told(desk: Desk) -> list[dict[str, Any]]:
    events = Outbox(desk.books.shelf).listed()
    found = [(one.event.at, one.event.kind, json.loads(one.event.told)) for one in events]
    return [{"kind": kind} | body for _, kind, body in sorted(found, key=lambda one: one[0])]


def test_a_promise_is_due_soon_then_late_then_broken_and_each_is_told_once(
    library: Library, desk: Desk, clock: Clock, ledger: Ledger
) -> None:
    promise = made(desk, clock)
    seen = []
    for hours in (0, 3, 0, 2, 0, 23.5, 0, 100):
        clock.forward(hours=hours)
        seen.append((look(library, desk, clock), ledger.get(promise.id).state))
    assert seen == [
        (0, "made"),
        (1, "due_soon"),
        (0, "due_soon"),
        (1, "late"),
        (0, "late"),
        (1, "broken"),
        (0, "broken"),
        (0, "broken"),
    ]
    assert [(one["kind"], one.get("whom"), one.get("colleague")) for one in told(desk)] == [
        ("levelhead.promise.due_soon.v1", "owner", str(AMIRA)),
        ("levelhead.promise.late.v1", "team", str(AMIRA)),
        ("levelhead.promise.broken.v1", None, None),
    ]


def test_whoever_stands_in_is_reminded_while_the_owner_is_away(library: Library, desk: Desk, clock: Clock) -> None:
    Absences(desk.books.shelf, clock).begin(Absence(AMIRA, NOON + timedelta(days=3), NOOR))
    made(desk, clock)
    clock.forward(hours=4)
    look(library, desk, clock)
    (event,) = told(desk)
    assert (event["whom"], event["colleague"]) == ("stand_in", str(NOOR))


def test_who_is_back_is_reminded_again(desk: Desk, clock: Clock) -> None:
    absences = Absences(desk.books.shelf, clock)
    absences.begin(Absence(AMIRA, NOON + timedelta(days=3)))
    assert set(absences.now()) == {AMIRA}
    clock.forward(days=4)
    assert absences.now() == {}
    absences.begin(Absence(AMIRA, NOON + timedelta(days=30)))
    absences.end(AMIRA)
    assert absences.now() == {}


def test_it_goes_by_the_opening_hours_of_the_tenant(library: Library, desk: Desk, clock: Clock, ledger: Ledger) -> None:
    week = dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-17:00")
    hours = opening_hours("Europe/London", week, "gb", "eng")
    Opening(desk.books.shelf).settle(hours)
    assert Opening(desk.books.shelf).hours() == hours
    promise = made(desk, clock, due_at=NOON.replace(day=10, hour=10))  # Monday; today is Thursday, and closed
    clock.forward(hours=3)
    look(library, desk, clock)
    assert ledger.get(promise.id).state == PromiseState.DUE_SOON


def test_pages_hear_of_it(library: Library, desk: Desk, clock: Clock) -> None:
    made(desk, clock)
    clock.forward(hours=4)

    async def watched() -> object:
        with desk.bus.subscribe(TALK) as news:
            await PromiseClock(library, lambda _: desk, clock).look()
            return await anext(news)

    assert anyio.run(watched) == ConversationChanged(TALK)


def test_after_a_long_stop_everything_is_caught_up_with(
    library: Library, desk: Desk, clock: Clock, ledger: Ledger
) -> None:
    promises = [made(desk, clock, str(n)) for n in range(3)]
    clock.forward(days=30)
    again = PromiseClock(library, lambda _: desk, clock)
    assert anyio.run(again.look) == 3
    clock.forward(minutes=1)
    assert anyio.run(again.look) == 3
    assert {ledger.get(promise.id).state for promise in promises} == {PromiseState.BROKEN}


def test_nothing_is_told_of_a_team_that_is_shown_nothing(library: Library, desk: Desk, clock: Clock) -> None:
    team = Teams(desk.books.shelf).add("Returns", Rollout.SHADOW)
    made(desk, clock, team=team.id)
    clock.forward(hours=4)
    assert look(library, desk, clock) == 1
    assert told(desk) == []


def test_what_was_over_when_it_was_brought_in_is_left_alone(library: Library, desk: Desk, clock: Clock) -> None:
    made(desk, clock, due_at=NOON - timedelta(days=300))
    assert look(library, desk, clock) == 0


def test_kept_is_told_with_whether_it_was_in_time_and_can_be_taken_back(
    desk: Desk, clock: Clock, ledger: Ledger
) -> None:
    promise = made(desk, clock)
    assert ledger.keep(promise.id).body.kept_at == NOON
    assert (told(desk)[0]["kind"], told(desk)[0]["in_time"]) == ("levelhead.promise.kept.v1", True)
    taken_back = ledger.reopen(promise.id)
    assert (taken_back.state, taken_back.body.kept_at, taken_back.due_at) == (PromiseState.MADE, None, FIVE)


def test_another_time_makes_another_promise_and_taking_that_back_leaves_the_first(
    desk: Desk, clock: Clock, ledger: Ledger
) -> None:
    first = made(desk, clock)
    second = ledger.supersede(first.id, FIVE + timedelta(days=1), "The depot is closed.")
    assert (second.body.instead_of, second.owner, second.due_at) == (first.id, AMIRA, FIVE + timedelta(days=1))
    ledger.reopen(first.id)
    assert (ledger.get(first.id).state, ledger.get(second.id).state) == (PromiseState.MADE, PromiseState.WITHDRAWN)
    with pytest.raises(NotNow, match="possible"):
        ledger.supersede(second.id, FIVE)


def test_a_time_that_a_person_gives_is_confirmed_with_it(desk: Desk, clock: Clock, ledger: Ledger) -> None:
    promise = made(desk, clock)
    given = ledger.confirm(promise.id, FIVE + timedelta(hours=1))
    assert (given.state, given.due_at, given.body.binds) == (PromiseState.MADE, FIVE + timedelta(hours=1), True)


def test_a_promise_that_is_kept_meanwhile_is_neither_moved_nor_told(
    library: Library, desk: Desk, clock: Clock, ledger: Ledger
) -> None:
    promise = made(desk, clock)
    seen = ledger.get(promise.id)
    ledger.keep(promise.id)
    before = told(desk)
    with pytest.raises(NotNow):
        ledger.by_time(seen, PromiseMove.REMIND)
    assert told(desk) == before


def test_another_kind_of_casework_is_no_promise(ledger: Ledger) -> None:
    with pytest.raises(UnknownItem):
        ledger.get(new_id())
