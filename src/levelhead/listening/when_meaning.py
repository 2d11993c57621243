"""What each way of saying when means: a match of its pattern -> a When (None where it says no time after all)."""

import re
from collections.abc import Callable
from dataclasses import replace

from levelhead.conversation import Span
from levelhead.listening.numbers import value_of
from levelhead.listening.when import Clock, Day, DayKind, Length, Part, Unit, When

_SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "The second" is a date only where no noun follows it ("the second letter").
_DAY_COMPANY = re.compile(
    r"\s*(?:$|[.,;:!?)–—-]|(?:at|by|on|in|and|or|but|so|to|till|until|with|if|between|before|after|for|from"
    r"|which|when|as|that|is"
    r"|i|we|you|he|she|they|it|i'll|i'm|we'll|you'll|he'll|she'll|they'll|it'll|it's|either|just|then|first"
    r"|morning|afternoon"
    r"|evening|has|have|was|wasn't|nobody|somebody|someone|your|my)\b)",
    re.IGNORECASE,
)
_LAST_COUNTING_WORD = 10
_MOST_WEEKDAYS = 5  # of one name in a month
_LONGEST_MONTH = 31
_NOON = 12
_HOURS = 24
_LAST_MINUTE = 59

Build = Callable[[re.Match[str]], When | None]
_NOWHERE = Span(0, 0)


def day_named(kind: DayKind, first: int = 0, second: int = 0, part: Part | None = None) -> Build:
    """A day that is always said in the same words."""
    when = When(_NOWHERE, day=Day(kind, first, second), part=part)
    return lambda _: when


def part_named(part: Part) -> Build:
    """A part of the day that is always said in the same words."""
    return lambda _: When(_NOWHERE, part=part)


def weekday(match: re.Match[str]) -> When:
    """A weekday: the coming one, this week's, next week's, or the one a week further on."""
    day = _SHORT_DAYS.index(match["day"][:3].lower())
    which = (match["which"] or "").lower()
    if match["week"]:
        return When(_NOWHERE, day=Day(DayKind.WEEKDAY, day, 1))
    kind = {"this": DayKind.THIS_WEEKDAY, "next": DayKind.NEXT_WEEKDAY}.get(which, DayKind.WEEKDAY)
    return When(_NOWHERE, day=Day(kind, day))


def weekday_of_next_week(match: re.Match[str]) -> When:
    """Tuesday next week."""
    return When(_NOWHERE, day=Day(DayKind.NEXT_WEEKDAY, _SHORT_DAYS.index(match["day"][:3].lower())))


def _weeks(words: str) -> int:
    count = words.split(maxsplit=1)[0].lower()
    return 2 if "fortnight" in words.lower() else value_of(count)


def weekday_weeks_on(match: re.Match[str]) -> When:
    """A week on Tuesday, a fortnight on Friday."""
    day = _SHORT_DAYS.index(match["day"][:3].lower())
    return When(_NOWHERE, day=Day(DayKind.WEEKDAY, day, _weeks(match["weeks"])))


def day_weeks_on(match: re.Match[str]) -> When:
    """A week today, two weeks from tomorrow."""
    ahead = 1 if match["day"].lower() == "tomorrow" else 0
    return When(_NOWHERE, day=Day(DayKind.AHEAD, 7 * _weeks(match["weeks"]) + ahead))


def weekday_of_month(match: re.Match[str]) -> When | None:
    """The last Friday of the month, the second Tuesday in June."""
    nth = match["nth"].lower()
    which = -1 if nth == "last" else value_of(nth)
    if which > _MOST_WEEKDAYS:
        return None
    month = _month(match["month"]) if match["month"] else (0 if match["next"] else None)
    return When(
        _NOWHERE, day=Day(DayKind.WEEKDAY_OF_MONTH, _SHORT_DAYS.index(match["day"][:3].lower()), which, month=month)
    )


def neighbour(part: Part | None = None) -> Build:
    """The day before or after the one spoken of, or a part of it."""

    def build(match: re.Match[str]) -> When:
        step = -1 if match["way"].lower() == "before" else 1
        return When(_NOWHERE, day=Day(DayKind.SAME, step), part=part)

    return build


def slashed(match: re.Match[str]) -> When | None:
    """14/03 or 3/14: a date in good company; "24/7" and "1/2" alone are none."""
    first, second = int(match["first"]), int(match["second"])
    high, low = max(first, second), min(first, second)
    if not (1 <= low <= len(_MONTHS) and high <= _LONGEST_MONTH) or match.group() == "24/7":
        return None
    year = int(match["year"]) % 100 + 2000 if match["year"] else None
    return When(_NOWHERE, day=Day(DayKind.SLASHED, first, second, year), weak=year is None)


def dated(match: re.Match[str]) -> When | None:
    """A day and a month, with a year or without."""
    day = value_of(match["day"])
    year = int(match["year"]) if match["year"] else None
    if not 1 <= day <= _LONGEST_MONTH:
        return None
    return When(_NOWHERE, day=Day(DayKind.DATE, _month(match["month"]), day, year))


def iso_dated(match: re.Match[str]) -> When | None:
    """2025-03-14."""
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= _LONGEST_MONTH):
        return None
    return When(_NOWHERE, day=Day(DayKind.DATE, month, day, year))


def day_of_month(match: re.Match[str]) -> When | None:
    """A day of the coming month; a low number only where no noun follows it."""
    day = value_of(match["day"])
    if day <= _LAST_COUNTING_WORD and not _DAY_COMPANY.match(match.string, match.end()):
        return None
    return When(_NOWHERE, day=Day(DayKind.DAY_OF_MONTH, day)) if 1 <= day <= _LONGEST_MONTH else None


def lone_day_of_month(match: re.Match[str]) -> When | None:
    """14th without "the", where no noun follows it ("5th floor")."""
    return day_of_month(match) if _DAY_COMPANY.match(match.string, match.end()) else None


def end_of_month(match: re.Match[str]) -> When:
    """The end of a named month."""
    return When(_NOWHERE, day=Day(DayKind.END_OF, _month(match["month"])))


def _month(words: str) -> int:
    return _MONTHS.index(words[:3].lower()) + 1


def clock(match: re.Match[str]) -> When | None:
    """An hour, with or without minutes, am or pm; of a window its end."""
    groups: dict[str, str | None] = match.groupdict()
    hour, minute = value_of(match["hour"]), _minute(groups.get("minute"))
    half = (groups.get("half") or "").lower()[:1]
    if hour > _HOURS or minute > _LAST_MINUTE or (half and hour > _NOON):
        return None
    exact = bool(half) or hour > _NOON or hour == 0 or match["hour"].startswith("0")
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    opens = groups.get("opens")
    return When(_NOWHERE, clock=Clock(hour % _HOURS, minute, exact, value_of(opens) if opens else None))


def bare_clock(match: re.Match[str]) -> When | None:
    """A number that is an hour only in good company."""
    when = clock(match)
    return replace(when, weak=True) if when and 1 <= value_of(match["hour"]) <= _NOON else None


def _minute(words: str | None) -> int:
    return value_of(words.removeprefix("oh ")) if words else 0


def past(match: re.Match[str]) -> When | None:
    """Half past four, quarter to six, quarter of six."""
    minutes, before = _face_minutes(match["minute"]), match["way"].lower() != "past"
    named = match["hour"].lower()
    if named in ("noon", "midnight"):
        return When(_NOWHERE, clock=Clock(_NOON if named == "noon" else 0, minutes, exact=True))
    hour = value_of(match["hour"])
    if not 1 <= hour <= _NOON or minutes > _LAST_MINUTE:
        return None
    # On the clock's face, quarter to one is 12:45.
    return When(_NOWHERE, clock=Clock((hour - 2) % _NOON + 1, 60 - minutes) if before else Clock(hour, minutes))


def _face_minutes(words: str) -> int:
    return {"half": 30, "quarter": 15}.get(words.lower()) or value_of(words)


def half_past(match: re.Match[str]) -> When:
    """Half four, which is half past four."""
    return When(_NOWHERE, clock=Clock(value_of(match["hour"]), 30))


def on_the_hour(_: re.Match[str]) -> When:
    """The top of the hour."""
    return When(_NOWHERE, clock=Clock(None, 0))


def named_clock(match: re.Match[str]) -> When:
    """Noon or midnight."""
    return When(_NOWHERE, clock=Clock(0 if "night" in match.group().lower() else _NOON, 0, exact=True))


_UNITS = {"m": Unit.MINUTE, "h": Unit.HOUR, "d": Unit.DAY, "w": Unit.WEEK}


def _counted(match: re.Match[str]) -> When:
    groups = match.groupdict()
    last = groups.get("last")
    count = value_of(last if last and last != "so" else groups["count"])
    unit = Unit.MONTH if match["unit"].lower().startswith("mo") else _UNITS[match["unit"][0].lower()]
    if unit is Unit.DAY and groups.get("working"):
        unit = Unit.WORKING_DAY
    return When(_NOWHERE, length=Length(count, unit), event=bool(groups.get("event")))


def couple(match: re.Match[str]) -> When:
    """A couple of hours."""
    unit = Unit.WORKING_DAY if match["working"] else _UNITS[match["unit"][0].lower()]
    return When(_NOWHERE, length=Length(2, unit))


def hours_and_a_half(match: re.Match[str]) -> When:
    """Two and a half hours."""
    return When(_NOWHERE, length=Length(value_of(match["count"]) * 60 + 30, Unit.MINUTE))


def so_many(count: int, unit: Unit) -> Build:
    """A length that is said in fixed words."""
    when = When(_NOWHERE, length=Length(count, unit))
    return lambda _: when


def zone(match: re.Match[str]) -> When:
    """A time zone."""
    return When(_NOWHERE, zone=match.group().lower())


def vague(_: re.Match[str]) -> When:
    """Words that bind to no moment."""
    return When(_NOWHERE, vague=True)


def event(_: re.Match[str]) -> When:
    """Something without a date of its own."""
    return When(_NOWHERE, event=True)


def plain_clock(match: re.Match[str]) -> When | None:
    """Digits with a point are a price or a version unless something says that they are a time."""
    when = clock(match)
    if when and not match["half"] and "." in match.group():
        return replace(when, weak=True)
    return when


def coming_hour(match: re.Match[str]) -> When:
    """Five to, quarter past: of the coming hour."""
    minutes = _face_minutes(match["minute"])
    return When(_NOWHERE, clock=Clock(None, 60 - minutes if match["way"].lower() == "to" else minutes))


def window(match: re.Match[str]) -> When | None:
    """Eight till twelve, which is a time only in good company unless it says am, pm or minutes."""
    when = clock(match)
    sure = bool(match["half"] or match["minute"])
    return replace(when, weak=not sure) if when else None


def length(match: re.Match[str]) -> When:
    """So many minutes, hours, days, weeks or months; of two numbers the second."""
    if match["count"].lower() == "half an":
        return When(_NOWHERE, length=Length(30, Unit.MINUTE), event=bool(match.groupdict().get("event")))
    return _counted(match)


def length_on(match: re.Match[str]) -> When:
    """So much later than the day that was last spoken of."""
    return replace(_counted(match), day=Day(DayKind.SAME))


def beforehand(match: re.Match[str]) -> When:
    """An hour before something that has a time of its own."""
    return replace(length(match), back=True, event=True)
