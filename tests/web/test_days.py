"""Days that somebody chooses begin at midnight where the house is, by the clocks of that day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from levelhead.casework.arrangement import Limits
from levelhead.storage.stored import from_stored, to_stored
from levelhead.web.days import begins, proposed_days
from tests.casework.planning import plan

LONDON, AUCKLAND, BEIRUT = (ZoneInfo(name) for name in ("Europe/London", "Pacific/Auckland", "Asia/Beirut"))


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        (LONDON, date(2026, 3, 28), datetime(2026, 3, 28, 0, tzinfo=UTC)),
        (LONDON, date(2026, 3, 30), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (LONDON, date(2026, 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (LONDON, date(2026, 10, 26), datetime(2026, 10, 26, 0, tzinfo=UTC)),
        (AUCKLAND, date(2026, 6, 1), datetime(2026, 5, 31, 12, tzinfo=UTC)),
        # There the clocks jump over midnight: the day begins when it does.
        (BEIRUT, date(2026, 3, 29), datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_its_midnight_there(zone: ZoneInfo, day: date, moment: datetime) -> None:
    assert begins(day, zone).astimezone(UTC) == moment
    assert begins(day, zone).date() == day


def test_at_the_ends_of_the_calendar_a_day_is_one_too() -> None:
    assert [begins(day, AUCKLAND).date() for day in (date.min, date.max)] == [date.min, date.max]


def test_what_is_kept_of_an_end_is_still_that_day_there() -> None:
    ends = begins(date(2026, 7, 1), LONDON)
    kept = from_stored(type(plan()), to_stored(plan(expires_at=ends)))
    assert kept == plan(expires_at=ends)
    assert (kept.expires_at.date(), kept.expires_at.hour) == (date(2026, 7, 1), 0)


def test_an_empty_form_offers_days_that_the_policy_allows() -> None:
    late_evening = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    offered = proposed_days(late_evening, Limits(longest_days=180, review_days=30), LONDON)
    assert offered == {"expires_at": "2026-08-31", "review_at": "2026-07-02"}
