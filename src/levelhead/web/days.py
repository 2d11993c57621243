"""Days that somebody chooses for the end of something: each begins at midnight where the house is."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from levelhead.casework.arrangement import Limits
from levelhead.listening.calendar import on_the_clock
from levelhead.live.arranging import NotComplete
from levelhead.storage.database import Shelf
from levelhead.storage.opening_hours import Opening
from levelhead.web.forms import Form


def zone_of(shelf: Shelf) -> tzinfo:
    """The zone that the tenant lives by; waits on the database, so use a thread."""
    return Opening(shelf).hours().tz


def begins(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins there: what ends on a day ends with its first moment, by the clocks of then."""
    try:
        return on_the_clock(day, time(), zone)
    except OverflowError:  # At either end of the calendar, where no policy lets anything end.
        return datetime.combine(day, time(), UTC)


def day_in(form: Form, field: str, zone: tzinfo) -> datetime:
    """The beginning of the day that this field names. Raises NotComplete."""
    try:
        return begins(date.fromisoformat(form(field)), zone)
    except (ValueError, OverflowError):
        raise NotComplete(field, f"Choose a day; {form(field)[:20]!r} is none.") from None


def proposed_days(now: datetime, limits: Limits, zone: tzinfo) -> dict[str, str]:
    """The days that an empty form offers: half of what is possible, looked at after half of that."""
    today = now.astimezone(zone).date()
    ends = limits.longest_days // 2
    looked_at = min(ends // 2, limits.review_days)
    days = {"expires_at": ends, "review_at": looked_at}
    return {field: (today + timedelta(days=count)).isoformat() for field, count in days.items()}
