"""Working time runs while somebody is there: over nights, week ends, holidays, leap days and the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.opening_hours import OFFICE, Hours, OpeningHours

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = Hours(time(9), time(17))
SHOP = OpeningHours("Europe/London", (*(NINE_TO_FIVE,) * 5, Hours(time(10), time(14)), None), "GB", "ENG")
ALWAYS = OpeningHours("Europe/London", (Hours(time(), time()),) * 7)

minutes = st.integers(0, 24 * 60 - 60)
days = st.tuples(minutes, st.integers(60, 600)).map(lambda at: (at[0], min(at[0] + at[1], 24 * 60 - 1)))
weeks = st.lists(
    st.none() | days.map(lambda at: Hours(*(time(*divmod(minute, 60)) for minute in at))), min_size=7, max_size=7
).filter(any)
openings = st.builds(
    OpeningHours,
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "UTC"]),
    weeks.map(tuple),
    st.sampled_from(["", "GB", "US", "DE", "NZ"]),
)
moments = st.integers(0, 5 * 366 * 24 * 60).map(lambda at: datetime(2023, 12, 1, tzinfo=UTC) + timedelta(minutes=at))
lengths = st.integers(0, 20 * 60).map(lambda minutes: timedelta(minutes=minutes))


def local(*at: int) -> datetime:
    return datetime(*at, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("since", "hours", "then"),
    [
        (local(2025, 3, 6, 10, 0), 2, local(2025, 3, 6, 12, 0)),
        (local(2025, 3, 6, 16, 0), 2, local(2025, 3, 7, 10, 0)),
        (local(2025, 3, 7, 16, 0), 3, local(2025, 3, 8, 12, 0)),  # over a night into the short Saturday
        (local(2025, 3, 8, 13, 0), 2, local(2025, 3, 10, 10, 0)),  # and over the Sunday
        (local(2025, 4, 17, 16, 0), 2, local(2025, 4, 19, 11, 0)),  # over Good Friday
        (local(2025, 12, 24, 16, 0), 2, local(2025, 12, 27, 11, 0)),  # over Christmas and Boxing Day
        (local(2028, 2, 28, 16, 0), 9, local(2028, 2, 29, 17, 0)),  # a leap day is worked on like any other
        (local(2025, 3, 6, 3, 0), 8, local(2025, 3, 6, 17, 0)),
    ],
)
def test_working_time_runs_only_while_it_is_open(since: datetime, hours: int, then: datetime) -> None:
    assert SHOP.after(since, timedelta(hours=hours)) == then


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_really_is() -> None:
    spring, autumn = local(2025, 3, 30, 0, 0), local(2025, 10, 26, 0, 0)
    assert ALWAYS.closing(spring.date()) - spring.astimezone(UTC) == timedelta(hours=23)
    assert ALWAYS.closing(autumn.date()) - autumn.astimezone(UTC) == timedelta(hours=25)
    assert ALWAYS.after(spring, timedelta(hours=3)) == local(2025, 3, 30, 4, 0)


def test_a_closed_day_has_no_hours_and_the_next_open_one_closes_in_its_place() -> None:
    christmas = date(2025, 12, 25)
    assert SHOP.on(christmas) is None
    assert SHOP.closing(christmas) == local(2025, 12, 27, 14, 0)
    assert SHOP.days_after(date(2025, 12, 24), 2) == date(2025, 12, 29)


def test_what_is_promised_for_a_closed_time_had_to_be_done_before_it_closed() -> None:
    assert SHOP.last_open(local(2025, 3, 9, 15, 0)) == local(2025, 3, 8, 14, 0)
    assert SHOP.last_open(local(2025, 3, 6, 17, 0)) == local(2025, 3, 6, 17, 0)
    assert SHOP.last_open(local(2025, 3, 6, 8, 0)) == local(2025, 3, 5, 17, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"week": (None,) * 7}, "at least one"),
        ({"week": (Hours(time(17), time(9)), *(None,) * 6)}, "opens before it closes"),
        ({"zone": "Europe/Londres"}, "looks like Europe/London"),
        ({"country": "Britain"}, "two letters"),
        ({"country": "GB", "region": "CA"}, "ENG"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_would_do(wrong: dict[str, object], said: str) -> None:
    known: dict[str, object] = {"zone": "UTC", "week": OFFICE.week} | wrong
    with pytest.raises(ValueError, match=said):
        OpeningHours(**known)  # type: ignore[arg-type]


@given(openings, moments, lengths, lengths)
def test_working_time_adds_up_and_never_runs_backwards(
    hours: OpeningHours, since: datetime, one: timedelta, other: timedelta
) -> None:
    then = hours.after(since, one)
    assert then >= since + one
    assert hours.after(then, other) >= then
    if one and other:
        assert hours.after(then, other) == hours.after(since, one + other)


@given(openings, moments)
def test_a_moment_is_open_exactly_where_the_next_opening_is_itself(hours: OpeningHours, moment: datetime) -> None:
    assert hours.is_open(moment) == (hours.opens_after(moment) == moment)
    assert hours.is_open(hours.opens_after(moment))
    assert hours.last_open(moment) <= moment
