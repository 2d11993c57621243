"""When a tenant is open, and who of it is away: settled by people, kept as names and values."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import Connection

from levelhead.casework.opening_hours import DAYS, OFFICE, Hours, OpeningHours
from levelhead.casework.standing_in import Absence
from levelhead.people.audit import Deed
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused
from levelhead.storage.rules import rules_under, settle

_HOURS = "hours."
_AWAY = "away."


class WrongHours(Refused):
    """Opening hours that cannot be; the text says why."""


class Opening:
    """The opening hours of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def hours(self) -> OpeningHours:
        """What is settled, OFFICE where nothing is."""
        return self._shelf.once("hours", self._hours)

    def settle(self, hours: OpeningHours) -> None:
        """Settle them; what is due follows from now on."""
        told = {"zone": hours.zone, "country": hours.country, "region": hours.region}
        told |= {day: written(one) for day, one in zip(DAYS, hours.week, strict=True)}
        with self._shelf.writing() as connection:
            for name, value in told.items():
                settle(connection, f"{_HOURS}{name}", value)
            note(connection, Deed.HOURS_SETTLED, "hours")

    def _hours(self) -> OpeningHours:
        with self._shelf.reading() as connection:
            return hours_in(connection)


def hours_in(connection: Connection) -> OpeningHours:
    """The opening hours in a transaction that is open for the tenant."""
    kept = rules_under(connection, _HOURS)
    told = {name.removeprefix(_HOURS): value for name, value in kept.items()}
    if not told:
        return OFFICE
    return OpeningHours(told["zone"], tuple(read(told[day]) for day in DAYS), told["country"], told["region"])


def written(hours: Hours | None) -> str:
    """ "09:00-17:30"; '' where closed."""
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else ""


def read(text: str) -> Hours | None:
    """What `written` wrote, or somebody typed; 24:00 is the midnight that ends the day. Raises WrongHours."""
    if text.strip().lower() in ("", "closed"):
        return None
    opens, _, closes = (part.strip() for part in text.partition("-"))
    try:
        return Hours(_clock(opens), _clock("00:00" if closes == "24:00" else closes))
    except ValueError:
        raise WrongHours(f"Hours look like 09:00-17:30, or closed; not like {text!r}.") from None


def opening_hours(zone: str, week: Mapping[str, str], country: str, region: str) -> OpeningHours:
    """Opening hours as somebody typed them, by the name of the day. Raises WrongHours."""
    try:
        days = tuple(read(week.get(day, "")) for day in DAYS)
        return OpeningHours(zone.strip(), days, country.strip().upper(), region.strip().upper())
    except ValueError as wrong:
        raise WrongHours(f"These hours cannot be: {wrong}.") from None


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


class Absences:
    """Who of the tenant whose shelf this is is away, until when, and who stands in."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def now(self) -> Mapping[UUID, Absence]:
        """Everybody who is away now, by their id."""
        with self._shelf.reading() as connection:
            kept = rules_under(connection, _AWAY)
        found = (_absence(name, value) for name, value in kept.items())
        return {one.person: one for one in found if one.until > self._clock()}

    def begin(self, absence: Absence) -> None:
        """Note that somebody is away from now on."""
        told = {"until": absence.until.isoformat(), "stand_in": str(absence.stand_in or "")}
        with self._shelf.writing() as connection:
            settle(connection, f"{_AWAY}{absence.person}", json.dumps(told))
            note(connection, Deed.AWAY_NOTED, absence.person)

    def end(self, person: UUID) -> None:
        """Note that somebody is back."""
        with self._shelf.writing() as connection:
            settle(connection, f"{_AWAY}{person}", None)
            note(connection, Deed.BACK_NOTED, person)


def _absence(name: str, value: str) -> Absence:
    told = json.loads(value)
    stand_in = UUID(told["stand_in"]) if told["stand_in"] else None
    return Absence(UUID(name.removeprefix(_AWAY)), datetime.fromisoformat(told["until"]), stand_in)
