"""Times offered for a promise lie ahead, in opening hours, soonest first; money beyond authority is noticed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead import packs
from levelhead.casework.opening_hours import Hours, OpeningHours
from levelhead.casework.promise_times import times_for
from levelhead.casework.promised_money import beyond_authority
from levelhead.people.person import Role
from tests.casework.test_promise_clock import NINE, SHOP, promised

PACK = packs.remedies("en-GB")


def said(moments: tuple[datetime, ...]) -> list[str]:
    return [f"{one:%a %H:%M}" for one in moments]


def test_a_vague_promise_may_be_for_today_at_close_or_for_noon_of_the_next_open_day() -> None:
    assert said(times_for(promised(needs_time=True), NINE, SHOP)) == ["Thu 17:00", "Fri 12:00"]


def test_where_the_words_name_a_time_it_is_offered_first() -> None:
    heard = promised(needs_time=True)
    friday = replace(heard, body=replace(heard.body, due_text="on Friday at one"))
    assert said(times_for(friday, NINE, SHOP)) == ["Fri 13:00", "Thu 17:00", "Fri 12:00"]
    # Counted from when it was heard, not from when somebody looks.
    assert said(times_for(friday, NINE + timedelta(hours=3), SHOP))[0] == "Fri 13:00"
    assert said(times_for(friday, NINE + timedelta(days=2), SHOP)) == ["Mon 17:00", "Tue 12:00"]


def test_a_date_in_figures_is_not_offered_since_it_may_be_either_of_two() -> None:
    heard = promised(needs_time=True)
    figures = replace(heard, body=replace(heard.body, due_text="on 10/3 at noon"))
    assert said(times_for(figures, NINE, SHOP)) == ["Thu 17:00", "Fri 12:00"]


def test_a_time_at_which_the_house_is_closed_is_not_offered_because_it_was_named() -> None:
    heard = promised(needs_time=True)
    sunday = replace(heard, body=replace(heard.body, due_text="on Sunday at one"))
    assert said(times_for(sunday, NINE, SHOP)) == ["Thu 17:00", "Fri 12:00"]


def test_late_in_the_day_today_is_not_offered_and_a_weekend_is_passed_over() -> None:
    friday = datetime(2025, 3, 7, 16, tzinfo=UTC)
    assert said(times_for(promised(needs_time=True), friday, SHOP)) == ["Mon 17:00", "Tue 12:00"]


def test_a_time_at_which_nobody_is_there_has_one_before_and_one_after() -> None:
    sunday = datetime(2025, 3, 9, 11, tzinfo=UTC)
    assert said(times_for(promised(sunday), NINE, SHOP)) == ["Fri 17:00", "Mon 11:00"]


def test_where_nobody_is_there_before_it_only_the_next_possible_time_is_offered() -> None:
    saturday = datetime(2025, 3, 8, 10, tzinfo=UTC)
    assert said(times_for(promised(saturday + timedelta(days=1)), saturday, SHOP)) == ["Mon 11:00"]


def test_a_time_that_can_be_kept_has_no_other() -> None:
    assert times_for(promised(), NINE, SHOP) == ()
    assert times_for(promised(), NINE + timedelta(days=9), SHOP) == ()


NIGHT = OpeningHours("America/New_York", (*(Hours(time(22), time()),) * 3, None, None, None, None))


@given(
    st.integers(0, 60 * 24 * 730).map(lambda minutes: NINE + timedelta(minutes=minutes)),
    st.integers(0, 60 * 24 * 20),
    st.booleans(),
    st.sampled_from([SHOP, NIGHT]),
)
def test_every_time_lies_ahead_and_can_be_kept(now: datetime, minutes: int, vague: bool, hours: OpeningHours) -> None:
    due = now + timedelta(minutes=minutes)
    found = times_for(promised(due, at=now - timedelta(minutes=1), needs_time=vague), now, hours)
    assert list(found) == sorted(found)
    for one in found:
        assert one > now
        assert hours.last_open(one) == one
        assert hours.on(one.date()) or one.time() == time(), date.isoformat(one.date())


@pytest.mark.parametrize(
    ("action", "role", "amount"),
    [
        ("refund you £250 today", Role.AGENT, "£250"),
        ("refund you £250 today", Role.SUPERVISOR, ""),
        ("refund you £99.50", Role.AGENT, ""),
        ("credit your account with £45", Role.AGENT, "£45"),
        ("send you a goodwill voucher over £1,200", Role.SUPERVISOR, "£1200"),
        ("take £250 off the invoice list and call you", Role.AGENT, ""),
        ("refund you today", Role.AGENT, ""),
        ("refund you £250 today", Role.ANALYST, ""),
    ],
)
def test_money_above_what_a_role_may_give_is_noticed(action: str, role: Role, amount: str) -> None:
    assert beyond_authority(action, PACK, role) == amount
