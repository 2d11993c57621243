"""Which date a day's name means, counted from the turn in which it was said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from levelhead.listening.calendar import (
    WorkingHours,
    month_end,
    months_after,
    next_date,
    next_day_of_month,
    next_easter,
    next_weekday,
    on_the_clock,
)
from levelhead.listening.when import Day, DayKind

_FORESIGHT = timedelta(days=300)
_MONTHS_IN_YEAR = 12
_MONTHS_IN_QUARTER = 3
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What words of time lean on: their turn's moment, the team's hours, the day last spoken of, the order of dates."""

    at: datetime
    hours: WorkingHours
    spoken_of: date | None = None
    month_first: bool = False


def date_of(day: Day, said: Said) -> date | None:  # noqa: PLR0911
    """The date that a day's name means; None where it means none, or one that has been."""
    today = said.at.date()
    match day.kind:
        case DayKind.AHEAD:
            return today + timedelta(days=day.first)
        case DayKind.WEEKDAY:
            if said.spoken_of and said.spoken_of > today and said.spoken_of.weekday() == day.first:
                return said.spoken_of
            return next_weekday(today, day.first) + day.second * _WEEK
        case DayKind.THIS_WEEKDAY:
            return next_weekday(today - timedelta(days=1), day.first)
        case DayKind.NEXT_WEEKDAY:
            return today + timedelta(days=7 - today.weekday() + day.first)
        case DayKind.FOLLOWING_WEEKDAY:
            return next_weekday(said.spoken_of or today, day.first)
        case DayKind.SAME:
            return said.spoken_of + timedelta(days=day.first) if said.spoken_of else None
        case DayKind.SAME_WEEK:
            week = said.spoken_of or (today if day.first else None)
            return said.hours.last_day_of_week(week, day.first) if week else None
    return _of_calendar(day, said)


def _of_calendar(day: Day, said: Said) -> date | None:  # noqa: PLR0911
    """A day that is named by its place in a month or a year."""
    today = said.at.date()
    match day.kind:
        case DayKind.EASTER:
            return next_easter(today, day.first)
        case DayKind.DAY_OF_MONTH:
            return next_day_of_month(today, day.first)
        case DayKind.DATE | DayKind.WEEK_OF:
            return _date(day, today, said.hours)
        case DayKind.SLASHED:
            return _date(_unslashed(day, month_first=said.month_first), today, said.hours)
        case DayKind.WEEKDAY_OF_MONTH:
            return _weekday_of_month(day, today)
        case DayKind.NTH_OF_MONTH:
            return _nth_of_month(day, today)
        case DayKind.WORKING_DAY_OF_MONTH:
            return _working_day_of_month(day, today, said.hours)
    return _end_of(day, said.at, said.hours)


def _unslashed(day: Day, *, month_first: bool) -> Day:
    """Day first or month first as the locale has it, the other way round where that is no date."""
    month, of_month = (day.first, day.second) if month_first else (day.second, day.first)
    if month > _MONTHS_IN_YEAR:
        month, of_month = of_month, month
    return Day(DayKind.DATE, month, of_month, day.year)


def _date(day: Day, today: date, hours: WorkingHours) -> date | None:
    if day.year is None:
        found = next_date(today, day.first, day.second) if day.first else None
        # "On 2 May", said in the middle of May, is the one that has been.
        found = found if found and found - today <= _FORESIGHT else None
    elif day.second <= month_end(date(day.year, day.first, 1)).day:
        found = date(day.year, day.first, day.second)
    else:
        found = None
    return hours.last_day_of_week(found) if found and day.kind is DayKind.WEEK_OF else found


def _weekday_of_month(day: Day, today: date) -> date | None:
    """The last Friday or second Tuesday of this month, of next month (`month` 0) or of the next one of that name."""
    first = _first_of_month(day, today)
    if day.second < 0:
        last = month_end(first)
        return last - timedelta(days=(last.weekday() - day.first) % 7)
    found = first + timedelta(days=(day.first - first.weekday()) % 7) + (day.second - 1) * _WEEK
    return found if found.month == first.month else None


def _first_of_month(day: Day, today: date) -> date:
    if day.month is None:
        return today.replace(day=1)
    if day.month == 0:
        return months_after(today.replace(day=1), 1)
    return months_after(today.replace(day=1), (day.month - today.month) % _MONTHS_IN_YEAR)


def _nth_of_month(day: Day, today: date) -> date | None:
    """The third of next month, the last day of June, the first day of the month (once over: of the next one)."""
    first = _first_of_month(day, today)
    if day.second < 0:
        return month_end(first)
    if day.month is None:
        return next_day_of_month(today, day.second)
    return first.replace(day=day.second) if day.second <= month_end(first).day else None


def _working_day_of_month(day: Day, today: date, hours: WorkingHours) -> date | None:
    """The second working day of May; of this month only while it is still to come, else of the next one."""
    first = _first_of_month(day, today)
    found = _working_day(first, day.second, hours)
    if day.month is None and found < today:
        found = _working_day(months_after(first, 1), day.second, hours)
    return found


def _working_day(first: date, which: int, hours: WorkingHours) -> date:
    if which > 0:
        return hours.days_after(first - timedelta(days=1), which)
    last = month_end(first)
    while not hours.works_on(last):
        last -= timedelta(days=1)
    return last


def _end_of(day: Day, said_at: datetime, hours: WorkingHours) -> date:
    today = said_at.date()
    match day.kind:
        case DayKind.WEEKEND:
            return today + timedelta(days=6 - today.weekday()) + day.first * _WEEK
        case DayKind.MONTH_END:
            return month_end(today, day.first)
        case DayKind.QUARTER_END:
            return month_end(today, (-today.month) % _MONTHS_IN_QUARTER)
        case DayKind.END_OF:
            return month_end(today, (day.first - today.month) % _MONTHS_IN_YEAR)
    last = hours.last_day_of_week(today, day.first)
    over = on_the_clock(last, hours.closes, said_at.tzinfo) <= said_at
    return hours.last_day_of_week(today, day.first + 1) if over else last
