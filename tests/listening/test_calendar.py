"""Working days and real hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.listening.calendar import (
    OFFICE_HOURS,
    WorkingHours,
    later,
    month_end,
    months_after,
    next_date,
    next_day_of_month,
    next_easter,
    next_weekday,
    on_the_clock,
)

LONDON = ZoneInfo("Europe/London")
THURSDAY = date(2025, 3, 6)
MOMENTS = st.integers(1_600_000_000, 1_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def test_two_working_days_after_a_thursday_is_monday() -> None:
    assert OFFICE_HOURS.days_after(THURSDAY, 2) == date(2025, 3, 10)


def test_a_working_day_after_a_sunday_is_monday() -> None:
    assert OFFICE_HOURS.days_after(date(2025, 3, 9), 1) == date(2025, 3, 10)


def test_a_shop_that_works_on_saturdays_counts_them() -> None:
    shop = WorkingHours(frozenset(range(6)), time(9), time(20))
    assert shop.days_after(THURSDAY, 2) == date(2025, 3, 8)
    assert shop.last_day_of_week(THURSDAY) == date(2025, 3, 8)


def test_the_week_ends_on_friday() -> None:
    assert OFFICE_HOURS.last_day_of_week(THURSDAY) == date(2025, 3, 7)
    assert OFFICE_HOURS.last_day_of_week(THURSDAY, weeks_on=1) == date(2025, 3, 14)


@pytest.mark.parametrize("days", [frozenset(), frozenset({7})])
def test_hours_without_a_real_day_are_refused(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="working days"):
        WorkingHours(days, time(9), time(17))


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match="open before they close"):
        WorkingHours(frozenset({0}), time(17), time(9))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_working_days_are_as_many_as_asked_for(day: date, count: int) -> None:
    end = OFFICE_HOURS.days_after(day, count)
    passed = [day + timedelta(days=ahead) for ahead in range(1, (end - day).days + 1)]
    assert sum(OFFICE_HOURS.works_on(one) for one in passed) == count
    assert OFFICE_HOURS.works_on(end)


def test_forty_eight_hours_over_the_spring_change_are_real_hours() -> None:
    said = datetime(2025, 3, 29, 10, tzinfo=LONDON)
    assert later(said, timedelta(hours=48)) == datetime(2025, 3, 31, 11, tzinfo=LONDON)


@given(MOMENTS, st.integers(0, 1000))
def test_later_is_exact_in_every_zone(moment: datetime, hours: int) -> None:
    there = moment.astimezone(ZoneInfo("America/New_York"))
    assert later(there, timedelta(hours=hours)).astimezone(UTC) - moment == timedelta(hours=hours)


def test_a_time_that_the_clocks_jump_over_is_the_moment_after_the_jump() -> None:
    assert on_the_clock(date(2025, 3, 30), time(1, 30), LONDON).time() == time(2, 30)


def test_february_has_its_own_last_day() -> None:
    assert month_end(date(2024, 2, 3)) == date(2024, 2, 29)
    assert month_end(date(2025, 1, 31), months_on=1) == date(2025, 2, 28)
    assert months_after(date(2025, 1, 31), 1) == date(2025, 2, 28)


def test_the_fourteenth_is_the_next_one() -> None:
    assert next_day_of_month(date(2025, 3, 14), 14) == date(2025, 3, 14)
    assert next_day_of_month(date(2025, 3, 15), 14) == date(2025, 4, 14)


def test_the_thirty_first_waits_for_a_month_that_has_one() -> None:
    assert next_day_of_month(date(2025, 4, 1), 31) == date(2025, 5, 31)
    assert next_day_of_month(date(2025, 4, 1), 32) is None


def test_a_date_gone_by_is_next_year_s() -> None:
    assert next_date(date(2025, 11, 18), 1, 12) == date(2026, 1, 12)


def test_the_leap_day_waits_for_its_year_and_the_thirtieth_of_february_never_comes() -> None:
    assert next_date(date(2025, 3, 1), 2, 29) == date(2028, 2, 29)
    assert next_date(date(2025, 3, 1), 2, 30) is None


def test_thursday_said_on_a_thursday_is_next_week_s() -> None:
    assert next_weekday(THURSDAY, 3) == date(2025, 3, 13)
    assert next_weekday(THURSDAY, 4) == date(2025, 3, 7)


@pytest.mark.parametrize(
    ("after", "sunday"),
    [
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2025, 4, 20), date(2025, 4, 20)),
        (date(2025, 4, 21), date(2026, 4, 5)),
        (date(2037, 12, 1), date(2038, 4, 25)),
        (date(2285, 1, 1), date(2285, 3, 22)),
    ],
)
def test_easter_is_where_the_tables_have_it(after: date, sunday: date) -> None:
    assert next_easter(after) == sunday


def test_good_friday_is_two_days_before() -> None:
    assert next_easter(date(2026, 1, 1), -2) == date(2026, 4, 3)
