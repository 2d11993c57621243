"""How long somebody stays signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

SEEN_EVERY = timedelta(minutes=1)
"""Activity is noted this exactly: once a minute is little writing and close enough."""
_DEVICE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class SessionRules:
    """A session ends after `idle` without activity, and after `longest` whatever happens."""

    idle: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(hours=12)


USUAL: Final = SessionRules()


class Came(NamedTuple):
    """Where a request came from: the address, and what the browser says that it is."""

    address: str
    device: str

    def shortened(self) -> "Came":
        """As it is kept and shown in the list of sessions."""
        return Came(self.address[:_DEVICE_CHARACTERS], self.device[:_DEVICE_CHARACTERS])


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on one device; times are UTC."""

    id: UUID
    person: UUID
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    came: Came

    def is_over(self, now: datetime, rules: SessionRules) -> bool:
        """Whether it lets nobody in any more."""
        return now >= self.ends_at or now >= self.seen_at + rules.idle
