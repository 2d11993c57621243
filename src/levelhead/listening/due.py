"""Due: which moment when-words bind to, in the conversation's own zone.

Where the words leave it open: a day ends with the working day, a morning at noon, an evening at 23:59 (an appointment's
at 21:00), lunch at 12:00 ("before lunch") or 13:00, a window at its end; hours and minutes are real elapsed time.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from levelhead.conversation import DueKind, Span
from levelhead.listening.calendar import (
    WorkingHours,
    later,
    month_end,
    months_after,
    next_date,
    next_day_of_month,
    next_weekday,
    on_the_clock,
)
from levelhead.listening.when import Clock, Day, DayKind, Length, Part, Unit, When
from levelhead.listening.when_words import when_words

_END_OF_DAY = time(23, 59)
_NOON = time(12)
_LUNCH = time(13)
_EVENING_VISIT = time(21)
_LAST_EVENING_HOUR = 12
_FIRST_EVENING_HOUR = 4
_FIRST_MORNING_HOUR = 7  # "at seven" on another day is in the morning, "at six" in the evening.

_FORESIGHT = timedelta(days=300)

_ZONES = {
    "e": "America/New_York",
    "c": "America/Chicago",
    "m": "America/Denver",
    "p": "America/Los_Angeles",
    "u": "UTC",
    "g": "Europe/London",
    "b": "Europe/London",
    "l": "Europe/London",
}


_OWN_ZONE = frozenset({"your time", "our time", "local time"})


@dataclass(frozen=True, slots=True)
class Due:
    """One mention of a time: its words, the moment they bind to (None for no moment, or an unknown clock) and how."""

    when: When
    words: str
    moment: datetime | None
    kind: DueKind

    @property
    def span(self) -> Span:
        """Where the words stand in the text."""
        return self.when.span


def due_in(text: str, said_at: datetime | None, hours: WorkingHours) -> tuple[Due, ...]:
    """Every time to come that the text mentions, in order. `said_at` is aware, in the zone the words are meant in."""
    dues: list[Due] = []
    spoken_of: Due | None = None
    for when in when_words(text):
        near = spoken_of is not None and _near(text[spoken_of.span.end : when.span.start])
        day = spoken_of.moment.date() if near and spoken_of and spoken_of.moment else None
        moment = _moment(when, said_at, hours, day) if said_at else None
        dues.append(Due(when, text[when.span.start : when.span.end], moment, _kind(when)))
        if moment and when.day:
            spoken_of = dues[-1]
    return tuple(dues)


_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def _near(between: str) -> bool:
    """A day lends itself to a clock time in its own sentence and the next ("Saturday at ten. He'll phone at 9:30")."""
    return len(_SENTENCE_END.findall(between)) <= 1


def _kind(when: When) -> DueKind:
    if when.vague:
        return DueKind.VAGUE
    return DueKind.RELATIVE if when.length or when.event else DueKind.ABSOLUTE


def _moment(when: When, said_at: datetime, hours: WorkingHours, spoken_of: date | None) -> datetime | None:
    if when.vague or when.event:
        return None
    zone = _zone(when.zone)
    if zone is not None:
        moment = _local_moment(when, said_at.astimezone(zone), hours, spoken_of)
        return moment.astimezone(said_at.tzinfo) if moment else None
    return _local_moment(when, said_at, hours, spoken_of)


def _zone(words: str | None) -> ZoneInfo | None:
    if words is None or words in _OWN_ZONE:
        return None
    return ZoneInfo("UTC") if words == "utc" else ZoneInfo(_ZONES[words[0]])


def _local_moment(when: When, said_at: datetime, hours: WorkingHours, spoken_of: date | None) -> datetime | None:
    try:
        if when.length:
            return _after(when, when.length, said_at, hours, spoken_of)
        if when.day:
            day = _date_of(when.day, said_at, hours, spoken_of)
        else:
            day = spoken_of if when.clock and spoken_of and spoken_of > said_at.date() else None
        if day is None:
            return None if when.day else _next(when, said_at, hours)
        names_a_day = when.day is not None and when.day.kind is not DayKind.WEEK_END
        if when.lead == "before" and names_a_day and not (when.clock or when.part) and day > said_at.date():
            return on_the_clock(day - timedelta(days=1), hours.closes, said_at.tzinfo)
        return _on(day, when, said_at, hours)
    except OverflowError:  # After the year 9999 no promise is at risk.
        return None


def _after(
    when: When, length: Length, said_at: datetime, hours: WorkingHours, spoken_of: date | None
) -> datetime | None:
    start = said_at.date()
    if when.day:
        anchor = _date_of(when.day, said_at, hours, spoken_of)
        if anchor is None:
            return None
        start = anchor
    elif length.unit in _REAL_TIME:
        return later(said_at, _REAL_TIME[length.unit] * length.count)
    return on_the_clock(_counted(start, length, hours), hours.closes, said_at.tzinfo)


_REAL_TIME = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}


def _counted(start: date, length: Length, hours: WorkingHours) -> date:
    match length.unit:
        case Unit.WORKING_DAY:
            return hours.days_after(start, length.count)
        case Unit.WEEK:
            return start + timedelta(weeks=length.count)
        case Unit.MONTH:
            return months_after(start, length.count)
        case Unit.DAY:
            return start + timedelta(days=length.count)
    return start


def _date_of(day: Day, said_at: datetime, hours: WorkingHours, spoken_of: date | None) -> date | None:  # noqa: PLR0911
    today = said_at.date()
    match day.kind:
        case DayKind.AHEAD:
            return today + timedelta(days=day.first)
        case DayKind.WEEKDAY:
            if spoken_of and spoken_of > today and spoken_of.weekday() == day.first:
                return spoken_of
            return next_weekday(today, day.first) + timedelta(weeks=day.second)
        case DayKind.THIS_WEEKDAY:
            return next_weekday(today - timedelta(days=1), day.first)
        case DayKind.NEXT_WEEKDAY:
            return today + timedelta(days=7 - today.weekday() + day.first)
        case DayKind.DAY_OF_MONTH:
            return next_day_of_month(today, day.first)
        case DayKind.DATE | DayKind.WEEK_OF:
            return _date(day, today, hours)
        case DayKind.SAME:
            return spoken_of
    return _end_of(day, said_at, hours)


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


def _end_of(day: Day, said_at: datetime, hours: WorkingHours) -> date:
    today = said_at.date()
    match day.kind:
        case DayKind.WEEKEND:
            return today + timedelta(days=6 - today.weekday())
        case DayKind.MONTH_END:
            return month_end(today, day.first)
        case DayKind.END_OF:
            return month_end(today, (day.first - today.month) % 12)
    last = hours.last_day_of_week(today, day.first)
    over = on_the_clock(last, hours.closes, said_at.tzinfo) <= said_at
    return hours.last_day_of_week(today, day.first + 1) if over else last


def _on(day: date, when: When, said_at: datetime, hours: WorkingHours) -> datetime | None:
    if when.clock:
        return _at(day, when.clock, when.part, said_at)
    ahead = when.day is not None and when.day.kind is DayKind.AHEAD
    at = _end_of_part(when.part, hours, visit=not ahead)
    moment = on_the_clock(day, at, said_at.tzinfo)
    if moment > said_at or day != said_at.date():
        return moment
    # "Today", said after hours, is the rest of the day; a part of today that is over is no time to come.
    return on_the_clock(day, _END_OF_DAY, said_at.tzinfo) if when.part in (None, Part.CLOSE) else None


def _end_of_part(part: Part | None, hours: WorkingHours, *, visit: bool) -> time:
    ends = {
        Part.FIRST_THING: hours.opens,
        Part.MORNING: _NOON,
        Part.BEFORE_LUNCH: _NOON,
        Part.LUNCH: _LUNCH,
        Part.EVENING: _EVENING_VISIT if visit else _END_OF_DAY,
        Part.NIGHT: _END_OF_DAY,
    }
    return ends.get(part, hours.closes) if part else hours.closes


def _next(when: When, said_at: datetime, hours: WorkingHours) -> datetime | None:
    """The next time that a clock time or a part of the day comes round, no day being named."""
    today, tomorrow = said_at.date(), said_at.date() + timedelta(days=1)
    if when.clock:
        moment = _at(today, when.clock, when.part, said_at)
        return moment if moment > said_at else _at(tomorrow, when.clock, when.part, said_at)
    if when.part is Part.FIRST_THING:
        return on_the_clock(hours.days_after(today, 1), hours.opens, said_at.tzinfo)
    if when.part is Part.MORNING:
        return on_the_clock(tomorrow, _NOON, said_at.tzinfo)
    moment = on_the_clock(today, _end_of_part(when.part, hours, visit=False), said_at.tzinfo)
    return moment if moment > said_at else on_the_clock(tomorrow, moment.time(), said_at.tzinfo)


def _at(day: date, clock: Clock, part: Part | None, said_at: datetime) -> datetime:
    if clock.hour is None:
        return _coming_hour(clock.minute, said_at)
    if clock.exact:
        if (clock.hour, clock.minute) == (0, 0):
            day += timedelta(days=1)  # Midnight ends the day that it is named with.
        return on_the_clock(day, time(clock.hour, clock.minute), said_at.tzinfo)
    if part is Part.NIGHT and clock.hour < _FIRST_EVENING_HOUR:
        return on_the_clock(day + timedelta(days=1), time(clock.hour, clock.minute), said_at.tzinfo)
    if clock.opens is not None and clock.opens <= _LAST_EVENING_HOUR:
        opens = _at(day, Clock(clock.opens), part, said_at).hour
        ends = clock.hour % 12
        return on_the_clock(day, time(ends if ends > opens else ends + 12, clock.minute), said_at.tzinfo)
    hour = _hour(clock, part, now=said_at.time() if day == said_at.date() else None)
    return on_the_clock(day, time(hour, clock.minute), said_at.tzinfo)


def _coming_hour(minute: int, said_at: datetime) -> datetime:
    ahead = (minute - said_at.minute) % 60 or 60
    return later(said_at.replace(second=0, microsecond=0), timedelta(minutes=ahead))


def _hour(clock: Clock, part: Part | None, now: time | None) -> int:
    """As the part of the day says, else the next to come today, else morning or afternoon as working people mean it."""
    early, late = (clock.hour or 0) % 12, (clock.hour or 0) % 12 + 12
    if part in (Part.MORNING, Part.FIRST_THING):
        return early if early else late
    if part is not None:
        return late
    if now is not None:
        return early if time(early, clock.minute) > now else late
    return early if early >= _FIRST_MORNING_HOUR else late
