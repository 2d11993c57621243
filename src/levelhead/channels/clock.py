"""When a conversation began and when a turn was said, from seconds or ISO 8601 times.

An ISO time with an offset is that moment; without one it is local time in `zone`. A local time without any zone is kept
as it stands, on a clock that never changes: what is due later is then printed on the same clock.
"""

import re
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from levelhead.channels.fields import Fields
from levelhead.conversation import Turn

LONGEST = 10 * 366 * 86_400.0
"""Seconds: no conversation lasts longer than ten years, and no clock is as wrong as that."""
_YEARS = range(1970, 3000)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+){0,2}")


class Clock(NamedTuple):
    """The start of the conversation in its own zone, and this turn's seconds since then; either may be unknown."""

    started_at: datetime | None
    at: float | None


def clock_of(row: Fields, earlier: Turn | None) -> Clock:
    """The clock of one flat row; `earlier` is a turn of the same conversation, whose start holds for this one too."""
    known = earlier.started_at if earlier else None
    zone = zone_of(row) or (known.tzinfo if known else None)
    started = start_of(row, zone)
    if known and started and started != known:
        raise row.bad("started_at", f"the start given before, {known.isoformat()}, or none")
    started = known or started
    if started is None and isinstance(row.get("at"), str):
        if earlier and earlier.at is not None:
            raise row.bad("at", "seconds as in the turns before, or started_at beside it")
        started = moment_of(row, "at", zone)
    return Clock(started, at_of(row, started, zone))


def zone_of(fields: Fields) -> ZoneInfo | None:
    """The time zone in the field `zone`, None when there is none."""
    value = fields.get("zone")
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not _ZONE.fullmatch(value):
        raise fields.bad("zone", "a time zone such as Europe/London")
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise fields.bad("zone", "a time zone such as Europe/London") from None


def start_of(fields: Fields, zone: tzinfo | None) -> datetime | None:
    """The conversation's start from the field `started_at`, in `zone` where there is one; None when there is none."""
    return None if fields.get("started_at") in (None, "") else moment_of(fields, "started_at", zone)


def moment_of(fields: Fields, name: str, zone: tzinfo | None) -> datetime:
    """The aware moment that an ISO 8601 time names."""
    value = fields.get(name)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        raise fields.bad(name, "an ISO 8601 time such as 2025-03-06T10:42:00")
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone or UTC)
    return moment.astimezone(zone) if zone else moment


def at_of(fields: Fields, started: datetime | None, zone: tzinfo | None) -> float | None:
    """Seconds since the start from the field `at`: a number, or an ISO time once the start is known."""
    value = fields.get("at")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return fields.seconds("at", LONGEST)
    if started is None:
        raise fields.bad("at", "seconds, or an ISO 8601 time with started_at beside it")
    # Subtracted in UTC: two times in one zone would be subtracted as the clock on the wall shows them.
    seconds = (moment_of(fields, "at", zone).astimezone(UTC) - started.astimezone(UTC)).total_seconds()
    if abs(seconds) > LONGEST:
        raise fields.bad("at", f"a time within ten years of the start, {started.isoformat()}")
    return seconds
