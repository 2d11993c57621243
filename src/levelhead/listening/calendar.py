"""Working days and real hours: the arithmetic that a promise's due time stands on."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The days (0 is Monday) and the local hours in which the team works. Public holidays are not skipped."""

    days: frozenset[int]
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise ValueError("working days are numbers from 0 (Monday) to 6 (Sunday), and at least one")
        if self.opens >= self.closes:
            raise ValueError("working hours open before they close")

    def works_on(self, day: date) -> bool:
        """Whether the team works on this day."""
        return day.weekday() in self.days

    def days_after(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day`; `day` itself never counts."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.works_on(day)
        return day

    def last_day_of_week(self, day: date, weeks_on: int = 0) -> date:
        """The last working day of the week (Monday to Sunday) that `day` is in, or of one `weeks_on` weeks later."""
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks_on)
        return monday + timedelta(days=max(self.days))


OFFICE_HOURS = WorkingHours(days=frozenset(range(FRIDAY + 1)), opens=time(9), closes=time(17, 30))


def on_the_clock(day: date, at: time, zone: tzinfo | None) -> datetime:
    """That wall-clock moment in that zone; a time the clocks jump over becomes the moment after the jump."""
    wall = datetime.combine(day, at, tzinfo=zone)
    return wall.astimezone(UTC).astimezone(zone)


def later(moment: datetime, by: timedelta) -> datetime:
    """`moment` plus that much real time, in the same zone, whatever the clocks do in between."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def month_end(day: date, months_on: int = 0) -> date:
    """The last day of the month that `day` is in, or of one `months_on` months later."""
    first = months_after(day.replace(day=1), months_on)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def months_after(day: date, count: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_day_of_month(after: date, day: int) -> date | None:
    """The first date on or after `after` with this day of the month; None for a day that no month has."""
    first = after.replace(day=1)
    for months_on in range(13):
        month = months_after(first, months_on)
        if 1 <= day <= calendar.monthrange(month.year, month.month)[1] and month.replace(day=day) >= after:
            return month.replace(day=day)
    return None


def next_date(after: date, month: int, day: int) -> date | None:
    """The first such date on or after `after` (29 February waits for its year); None for a date that never comes."""
    for year in range(after.year, after.year + 9):
        if 1 <= day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= after:
            return date(year, month, day)
    return None


def next_easter(after: date, offset: int = 0) -> date:
    """The first day on or after `after` that is `offset` days from an Easter Sunday."""
    sunday = _easter(after.year) + timedelta(days=offset)
    return sunday if sunday >= after else _easter(after.year + 1) + timedelta(days=offset)


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Nature, 20 April 1876; Meeus, 1991)."""
    century, of_century = divmod(year, 100)
    moons = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - moons + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def next_weekday(after: date, weekday: int) -> date:
    """The first such weekday strictly after `after`."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
