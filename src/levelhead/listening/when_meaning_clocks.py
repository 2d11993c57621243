"""What each way of saying a clock time means: a match of its pattern -> a When (None where it says none after all)."""

import re
from dataclasses import replace

from levelhead.listening.numbers import value_of
from levelhead.listening.when import Clock, When
from levelhead.listening.when_pieces import NOWHERE

_NOON = 12
_HOURS = 24
_LAST_MINUTE = 59


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
    return When(NOWHERE, clock=Clock(hour % _HOURS, minute, exact, value_of(opens) if opens else None))


def bare_clock(match: re.Match[str]) -> When | None:
    """A number that is an hour only in good company."""
    when = clock(match)
    return replace(when, weak=True) if when and 1 <= value_of(match["hour"]) <= _NOON else None


def _minute(words: str | None) -> int:
    return value_of(words.removeprefix("oh ")) if words else 0


def past(match: re.Match[str]) -> When | None:
    """Half past four, quarter to six, quarter of six."""
    minutes, before = _face_minutes(match["minute"]), match["way"].lower() not in ("past", "after")
    named = match["hour"].lower()
    if named in ("noon", "midnight"):
        return When(NOWHERE, clock=Clock(_NOON if named == "noon" else 0, minutes, exact=True))
    hour = value_of(match["hour"])
    if not 1 <= hour <= _NOON or minutes > _LAST_MINUTE:
        return None
    # On the clock's face, quarter to one is 12:45.
    face = Clock((hour - 2) % _NOON + 1, 60 - minutes) if before else Clock(hour, minutes)
    return When(NOWHERE, clock=_in_half(face, match))


def _in_half(face: Clock, match: re.Match[str]) -> Clock:
    """The clock time in the half of the day that is said with it, "pm" or "am"; as it is where none is."""
    half = (match.groupdict().get("half") or "").lower()[:1]
    if not half or face.hour is None:
        return face
    return replace(face, hour=face.hour % _NOON + (_NOON if half == "p" else 0), exact=True)


def _face_minutes(words: str) -> int:
    return {"half": 30, "quarter": 15}.get(words.lower()) or value_of(words)


def half_past(match: re.Match[str]) -> When | None:
    """Half four, which is half past four."""
    hour = value_of(match["hour"])
    return When(NOWHERE, clock=_in_half(Clock(hour, 30), match)) if 1 <= hour <= _NOON else None


def on_24_hours(match: re.Match[str]) -> When:
    """1430 hours, 15h30: morning or afternoon beyond doubt."""
    return When(NOWHERE, clock=Clock(int(match["hour"]), int(match["minute"]), exact=True))


def in_four_digits(match: re.Match[str]) -> When:
    """1430: a clock time only in good company."""
    return replace(on_24_hours(match), weak=True)


def on_the_hour(_: re.Match[str]) -> When:
    """The top of the hour."""
    return When(NOWHERE, clock=Clock(None, 0))


def on_the_half_hour(_: re.Match[str]) -> When:
    """The coming half past."""
    return When(NOWHERE, clock=Clock(None, 30))


def named_clock(match: re.Match[str]) -> When:
    """Noon or midnight."""
    return When(NOWHERE, clock=Clock(0 if "night" in match.group().lower() else _NOON, 0, exact=True))


def plain_clock(match: re.Match[str]) -> When | None:
    """Digits with a point are a price or a version unless something says that they are a time."""
    when = clock(match)
    if when and not match["half"] and "." in match.group():
        return replace(when, weak=True)
    return when


def coming_hour(match: re.Match[str]) -> When:
    """Five to, quarter past: of the coming hour."""
    minutes = _face_minutes(match["minute"])
    return When(NOWHERE, clock=Clock(None, minutes if match["way"].lower() == "past" else 60 - minutes))


def window(match: re.Match[str]) -> When | None:
    """Eight till twelve, which is a time only in good company unless it says am, pm or minutes."""
    when = clock(match)
    sure = bool(match["half"] or match["minute"])
    return replace(when, weak=not sure) if when else None
