"""What lengths of time, zones and words bound to no moment mean: a match of their pattern -> a When."""

import re
from dataclasses import replace

from levelhead.listening.numbers import value_of
from levelhead.listening.when import Day, DayKind, Length, Unit, When
from levelhead.listening.when_pieces import NOWHERE, Build

_UNITS = {"m": Unit.MINUTE, "h": Unit.HOUR, "d": Unit.DAY, "w": Unit.WEEK}


def _counted(match: re.Match[str]) -> When:
    groups = match.groupdict()
    last = groups.get("last")
    count = value_of(last if last and last != "so" else groups["count"])
    unit = _unit(match["unit"])
    if unit is Unit.DAY and groups.get("working"):
        unit = Unit.WORKING_DAY
    return When(NOWHERE, length=Length(count, unit), event=bool(groups.get("event")))


def _unit(word: str) -> Unit:
    return Unit.MONTH if word.lower().startswith("mo") else _UNITS[word[0].lower()]


def couple(match: re.Match[str]) -> When:
    """A couple of hours."""
    unit = Unit.WORKING_DAY if match["working"] else _unit(match["unit"])
    return When(NOWHERE, length=Length(2, unit))


def hours_and_a_half(match: re.Match[str]) -> When:
    """Two and a half hours."""
    return When(NOWHERE, length=Length(value_of(match["count"]) * 60 + 30, Unit.MINUTE))


def hours_and_minutes(match: re.Match[str]) -> When:
    """An hour and ten minutes."""
    return When(NOWHERE, length=Length(value_of(match["count"]) * 60 + value_of(match["minutes"]), Unit.MINUTE))


def minutes(match: re.Match[str]) -> When:
    """In ten, give me five: minutes that go without saying."""
    return When(NOWHERE, length=Length(value_of(match["count"]), Unit.MINUTE))


def so_many(count: int, unit: Unit) -> Build:
    """A length that is said in fixed words."""
    when = When(NOWHERE, length=Length(count, unit))
    return lambda _: when


def zone(match: re.Match[str]) -> When:
    """A time zone."""
    return When(NOWHERE, zone=match.group().lower())


def loose_zone(match: re.Match[str]) -> When:
    """A zone in small letters, which is one only right after a clock time."""
    return replace(zone(match), weak=True)


def vague(_: re.Match[str]) -> When:
    """Words that bind to no moment."""
    return When(NOWHERE, vague=True)


def event(_: re.Match[str]) -> When:
    """Something without a date of its own."""
    return When(NOWHERE, event=True)


def length(match: re.Match[str]) -> When:
    """So many minutes, hours, days, weeks or months; of two numbers the second."""
    if match["count"].lower() == "half an":
        return When(NOWHERE, length=Length(30, Unit.MINUTE), event=bool(match.groupdict().get("event")))
    return _counted(match)


def length_on(match: re.Match[str]) -> When:
    """So much later than the day that was last spoken of."""
    return replace(_counted(match), day=Day(DayKind.SAME))


def beforehand(match: re.Match[str]) -> When:
    """An hour before something that has a time of its own."""
    return replace(length(match), back=True, event=True)


def days_before(match: re.Match[str]) -> When:
    """Seven days beforehand: counted back from the day that was last spoken of."""
    return replace(_counted(match), day=Day(DayKind.SAME), back=True)
