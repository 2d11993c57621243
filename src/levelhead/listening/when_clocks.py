"""Which clock time words mean, on a day that is known or on the next one that has it."""

from datetime import date, datetime, time, timedelta

from levelhead.listening.calendar import later, on_the_clock
from levelhead.listening.when import Clock, DayKind, Part, When
from levelhead.listening.when_days import Said

_END_OF_DAY = time(23, 59)
_NOON = time(12)
_LUNCH = time(13)
_EVENING_VISIT = time(21)
_EVENING = time(19)
_LATE_EVENING = (10, 11)  # O'clock: hardly an hour for a call.
_LAST_EVENING_HOUR = 12
_FIRST_EVENING_HOUR = 4
_FIRST_MORNING_HOUR = 7  # "at seven" on another day is in the morning, "at six" in the evening.


def on_day(day: date, when: When, said: Said) -> datetime | None:
    """The moment of that day that the words bind to; None for a part of today that is over."""
    if when.clock:
        return _at(day, when.clock, when.part, said.at)
    ahead = when.day is not None and when.day.kind is DayKind.AHEAD
    at = _end_of_part(when.part, said, visit=not ahead)
    moment = on_the_clock(day, at, said.at.tzinfo)
    if moment > said.at or day != said.at.date():
        return moment
    # "Today", said after hours, is the rest of the day; a part of today that is over is no time to come.
    return on_the_clock(day, _END_OF_DAY, said.at.tzinfo) if when.part in (None, Part.CLOSE) else None


def next_time(when: When, said: Said) -> datetime:
    """The next time that a clock time or a part of the day comes round, no day being named."""
    today, tomorrow = said.at.date(), said.at.date() + timedelta(days=1)
    if when.clock:
        moment = _at(today, when.clock, when.part, said.at)
        if _rather_tomorrow(when, said.at):
            return _at(tomorrow, when.clock, when.part, said.at)
        return moment if moment > said.at else _at(tomorrow, when.clock, when.part, said.at)
    if when.part is Part.FIRST_THING:
        return on_the_clock(said.hours.days_after(today, 1), said.hours.opens, said.at.tzinfo)
    if when.part is Part.MORNING:
        return on_the_clock(tomorrow, _NOON, said.at.tzinfo)
    moment = on_the_clock(today, _end_of_part(when.part, said, visit=False), said.at.tzinfo)
    return moment if moment > said.at else on_the_clock(tomorrow, moment.time(), said.at.tzinfo)


def _rather_tomorrow(when: When, said_at: datetime) -> bool:
    """ "He rings you at ten", said in the afternoon: nobody means ten at night, unless it is evening by then."""
    clock = when.clock
    if (
        clock is None
        or clock.exact
        or clock.hour not in _LATE_EVENING
        or when.part
        or when.lead not in ("at", "about", "around")
    ):
        return False
    return _NOON <= said_at.time() < _EVENING


def coming_hour(minute: int, after: datetime) -> datetime:
    """The first moment after that one at which the clock's face shows this minute."""
    ahead = (minute - after.minute) % 60 or 60
    return later(after.replace(second=0, microsecond=0), timedelta(minutes=ahead))


def _end_of_part(part: Part | None, said: Said, *, visit: bool) -> time:
    ends = {
        Part.FIRST_THING: said.hours.opens,
        Part.MORNING: _NOON,
        Part.BEFORE_LUNCH: _NOON,
        Part.LUNCH: _LUNCH,
        Part.EVENING: _EVENING_VISIT if visit else _END_OF_DAY,
        Part.NIGHT: _END_OF_DAY,
        Part.SAME_TIME: said.at.time(),
    }
    return ends.get(part, said.hours.closes) if part else said.hours.closes


def _at(day: date, clock: Clock, part: Part | None, said_at: datetime) -> datetime:
    if clock.hour is None:
        return coming_hour(clock.minute, said_at)
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
