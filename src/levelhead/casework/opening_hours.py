"""When a tenant is open: hours for each weekday in its own zone, less public holidays; working time runs only then.

What is counted is real time: a working day on which the clocks change is as long as it really is.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from levelhead.listening.calendar import on_the_clock

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The weekdays in the order of `week`."""
_MOST_DAYS = 800  # Nobody who opens on some weekday is closed for longer, whatever the holidays.


class Hours(NamedTuple):
    """From when to when somebody is there, on the clock; `closes` at 00:00 is the midnight that ends the day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`week` has the hours of Monday to Sunday, None where closed; `country` (ISO 3166) and `region` name holidays.

    Without a country there are no holidays. Raises ValueError for what cannot be: no open day, an unknown zone.
    """

    zone: str
    week: tuple[Hours | None, ...]
    country: str = ""
    region: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS) or not any(self.week):
            raise ValueError("opening hours name seven days, and at least one of them is open")
        for hours in self.week:
            if hours and hours.closes != time() and hours.opens >= hours.closes:
                raise ValueError(f"a day opens before it closes, not at {hours.opens:%H:%M} until {hours.closes:%H:%M}")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f"there is no time zone {self.zone!r}; one looks like Europe/London") from unknown
        _check_country(self.country, self.region)

    @property
    def tz(self) -> ZoneInfo:
        """The zone that the hours are meant in."""
        return ZoneInfo(self.zone)

    def on(self, day: date) -> Hours | None:
        """The hours of this day; None where it is closed, or a holiday."""
        hours = self.week[day.weekday()]
        return None if hours is None or day in _holidays(self.country, self.region, day.year) else hours

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment (aware)."""
        span = self._span(moment.astimezone(self.tz).date())
        return span is not None and span[0] <= moment < span[1]

    def opens_after(self, moment: datetime) -> datetime:
        """The moment itself where open, else the next opening; UTC."""
        return self.after(moment, timedelta())

    def after(self, moment: datetime, working: timedelta) -> datetime:
        """The moment when this much working time has run since then; UTC."""
        now, left = moment.astimezone(UTC), working
        day = moment.astimezone(self.tz).date()
        for _ in range(_MOST_DAYS):
            span = self._span(day)
            if span and now < span[1]:
                begin = max(now, span[0])
                if begin + left < span[1] or (begin + left == span[1] and left):
                    return begin + left
                left -= span[1] - begin
            day += timedelta(days=1)
        raise ValueError("these opening hours never open")

    def days_after(self, day: date, count: int) -> date:
        """The open day that is `count` open days after `day`; `day` itself never counts."""
        for _ in range(_MOST_DAYS + 7 * count):
            if count <= 0:
                return day
            day += timedelta(days=1)
            count -= self.on(day) is not None
        raise ValueError("these opening hours never open")

    def last_open(self, moment: datetime) -> datetime:
        """The moment itself where open or just closing, else the close before it; UTC. What is promised for then is
        done by somebody.
        """
        day = moment.astimezone(self.tz).date()
        for _ in range(_MOST_DAYS):
            span = self._span(day)
            if span and span[0] <= moment:
                return min(moment.astimezone(UTC), span[1])
            day -= timedelta(days=1)
        raise ValueError("these opening hours never open")

    def opening(self, day: date) -> datetime:
        """When this day opens, UTC; of a day that is closed, when the next open one does."""
        span = self._span(day) or self._span(self.days_after(day, 1))
        assert span  # noqa: S101 - an open day has hours
        return span[0]

    def closing(self, day: date) -> datetime:
        """When this day closes, UTC; of a day that is closed, when the next open one does."""
        span = self._span(day) or self._span(self.days_after(day, 1))
        assert span  # noqa: S101 - an open day has hours
        return span[1]

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        hours = self.on(day)
        if hours is None:
            return None
        last = day + timedelta(days=1) if hours.closes == time() else day
        opens, closes = (
            on_the_clock(d, at, self.tz).astimezone(UTC) for d, at in ((day, hours.opens), (last, hours.closes))
        )
        # Where the clocks jump over the whole of it, that day has no hours.
        return (opens, closes) if opens < closes else None


@lru_cache(maxsize=256)
def _check_country(country: str, region: str) -> None:
    known = holidays.list_supported_countries() if country or region else {}
    if country and country not in known:
        raise ValueError(f"no holidays are known for the country {country!r}; name it by two letters, such as GB")
    if region and (not country or region not in known[country]):
        possible = ", ".join(known.get(country, ())) or "none"
        raise ValueError(f"no holidays are known for the region {region!r} of {country or 'no country'}: {possible}")


@lru_cache(maxsize=256)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))


_OFFICE: Final = Hours(time(9), time(17, 30))
OFFICE: Final = OpeningHours("UTC", (*(_OFFICE,) * 5, None, None))
"""Where nobody has settled any: Monday to Friday, 9:00 to 17:30, UTC, no holidays."""
