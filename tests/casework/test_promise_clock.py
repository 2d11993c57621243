"""What time does to a promise, whatever people do to it meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from levelhead.casework.item import Item, Kind
from levelhead.casework.machine import NotPossible
from levelhead.casework.opening_hours import Hours, OpeningHours
from levelhead.casework.promise import OPEN, PROMISE, Promised, PromiseMove, PromiseState
from levelhead.casework.promise_clock import PACE, is_history, latest_to_look_at, moved_by_time, proposed_due
from levelhead.casework.standing_in import Absence, Reminder, Whom, reminder, sees_to, stands_in_for

SHOP = OpeningHours("Europe/London", (*(Hours(time(9), time(17)),) * 5, None, None), "GB", "ENG")
NINE = datetime(2025, 3, 6, 9, tzinfo=UTC)
FIVE = NINE.replace(hour=17)
AWAY_FOR = timedelta(days=7)


def promised(due: datetime | None = FIVE, *, at: datetime = NINE, state: str = "made", **known: bool) -> Item[Promised]:
    body = Promised("call you back", "by five", 1, **({"confirmed": True} | known))  # type: ignore[arg-type]
    return Item(uuid4(), Kind.PROMISE, "k", state, uuid4(), "c", None, None, due, at, at, body)


def test_somebody_is_reminded_two_working_hours_before_even_when_a_night_lies_between() -> None:
    at_ten = promised(datetime(2025, 3, 10, 10, tzinfo=UTC))
    friday_at_four = datetime(2025, 3, 7, 16, tzinfo=UTC)
    assert moved_by_time(at_ten, friday_at_four - timedelta(minutes=1), SHOP) is None
    assert moved_by_time(at_ten, friday_at_four, SHOP) is PromiseMove.REMIND


def test_nobody_is_reminded_in_the_first_half_of_a_short_time() -> None:
    in_an_hour = promised(NINE + timedelta(hours=1))
    assert moved_by_time(in_an_hour, NINE + timedelta(minutes=29), SHOP) is None
    assert moved_by_time(in_an_hour, NINE + timedelta(minutes=30), SHOP) is PromiseMove.REMIND


def test_what_is_late_is_broken_when_a_working_day_has_gone_by() -> None:
    late = promised(datetime(2025, 3, 7, 16, tzinfo=UTC), state="late")
    monday = datetime(2025, 3, 10, 16, tzinfo=UTC)
    assert moved_by_time(late, monday - timedelta(minutes=1), SHOP) is None
    assert moved_by_time(late, monday, SHOP) is PromiseMove.BREAK


@pytest.mark.parametrize("known", [{"confirmed": False}, {"needs_time": True}])
def test_nothing_breaks_that_nobody_confirmed_or_that_has_no_time(known: dict[str, bool]) -> None:
    late = promised(state="late", **known)  # type: ignore[arg-type]
    assert moved_by_time(late, FIVE + timedelta(days=40), SHOP) is None


def test_what_was_over_when_it_was_heard_is_history() -> None:
    old = promised(FIVE, at=FIVE + timedelta(days=3))
    assert is_history(old)
    assert moved_by_time(old, FIVE + timedelta(days=30), SHOP) is None


@pytest.mark.parametrize(
    ("said", "proposed"),
    [
        (NINE, FIVE),
        (FIVE - timedelta(hours=1), datetime(2025, 3, 7, 17, tzinfo=UTC)),
        (datetime(2025, 3, 7, 16, tzinfo=UTC), datetime(2025, 3, 10, 17, tzinfo=UTC)),
    ],
)
def test_where_no_time_was_said_the_close_of_a_working_day_is_proposed(said: datetime, proposed: datetime) -> None:
    assert proposed_due(said, SHOP) == proposed


def test_a_reminder_goes_to_the_owner_then_the_stand_in_then_the_team() -> None:
    amira, noor, sam = uuid4(), uuid4(), uuid4()
    gone = {amira: Absence(amira, NINE + AWAY_FOR, noor)}
    assert reminder(amira, "due_soon", {}, NINE) == Reminder(Whom.OWNER, amira)
    assert reminder(amira, "due_soon", gone, NINE) == Reminder(Whom.STAND_IN, noor)
    assert reminder(amira, "late", gone, NINE) == Reminder(Whom.TEAM, noor)
    assert reminder(amira, "due_soon", gone, NINE + AWAY_FOR) == Reminder(Whom.OWNER, amira)
    assert reminder(None, "due_soon", gone, NINE) == Reminder(Whom.TEAM, None)
    both = gone | {noor: Absence(noor, NINE + AWAY_FOR, sam)}
    assert sees_to(amira, both, NINE) == sam
    assert stands_in_for(sam, both, NINE) == {amira, noor}


def test_stand_ins_who_are_away_for_each_other_leave_it_to_the_team() -> None:
    amira, noor = uuid4(), uuid4()
    gone = {amira: Absence(amira, NINE + AWAY_FOR, noor), noor: Absence(noor, NINE + AWAY_FOR, amira)}
    assert reminder(amira, "due_soon", gone, NINE) == Reminder(Whom.TEAM, None)


class Ledger(RuleBasedStateMachine):
    """A promise that people and time move in any order, over a year with its holidays and its changes of clocks."""

    item: Item[Promised]
    now: datetime

    @initialize(
        days=st.integers(0, 800), minutes=st.integers(1, 60 * 24 * 20), confirmed=st.booleans(), vague=st.booleans()
    )
    def begin(self, days: int, minutes: int, confirmed: bool, vague: bool) -> None:
        self.now = datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=days)
        due = proposed_due(self.now, SHOP) if vague else self.now + timedelta(minutes=minutes)
        self.item = promised(due, at=self.now, confirmed=confirmed, needs_time=vague)
        self.told: list[PromiseMove] = []

    @rule(minutes=st.integers(1, 60 * 24 * 5))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.look()

    @rule()
    def look(self) -> None:
        for _ in OPEN:
            move = moved_by_time(self.item, self.now, SHOP)
            if move is None:
                return
            assert move not in self.told, "nobody is told twice"
            self.told.append(move)
            state = PROMISE.after(PromiseState(self.item.state), move)
            self.item = replace(self.item, state=state.value)

    @rule(move=st.sampled_from(PromiseMove), minutes=st.integers(1, 60 * 24 * 9))
    def somebody_moves_it(self, move: PromiseMove, minutes: int) -> None:
        if move in (PromiseMove.REMIND, PromiseMove.MISS, PromiseMove.BREAK):
            return
        try:
            state = PROMISE.after(PromiseState(self.item.state), move)
        except NotPossible:
            assert move not in PROMISE.moves(PromiseState(self.item.state))
            return
        if move is PromiseMove.CONFIRM:
            self.item = replace(self.item, body=replace(self.item.body, confirmed=True))
        if move is PromiseMove.GIVE_TIME:
            body = replace(self.item.body, confirmed=True, needs_time=False)
            self.item = replace(self.item, body=body, due_at=self.now + timedelta(minutes=minutes))
        if state is PromiseState.MADE:
            self.told.clear()
        self.item = replace(self.item, state=state.value)

    @precondition(lambda self: self.item.state in OPEN)
    @invariant()
    def an_open_one_stands_where_its_time_says(self) -> None:
        self.look()
        due = self.item.due_at
        assert due is not None
        if self.item.state not in OPEN:
            return
        assert (self.item.state == PromiseState.LATE) == (self.now >= due)
        if self.item.state == PromiseState.DUE_SOON:
            assert due <= latest_to_look_at(self.now, SHOP)
        if self.item.state == PromiseState.LATE and self.item.body.binds:
            assert self.now < SHOP.after(due, PACE.break_after)

    @precondition(lambda self: self.item.state == PromiseState.BROKEN)
    @invariant()
    def only_what_binds_is_broken(self) -> None:
        assert self.item.body.binds
        assert self.item.due_at is not None
        assert self.now >= SHOP.after(self.item.due_at, PACE.break_after)


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=60, stateful_step_count=20)
