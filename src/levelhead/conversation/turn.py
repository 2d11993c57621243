"""Turn: one thing that one person said."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from levelhead.conversation.labels import Channel, Speaker


@dataclass(frozen=True, slots=True)
class VoiceTiming:
    """When a spoken turn began and ended, in seconds since the conversation's start."""

    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation.

    `n` counts from 0 within the conversation. `at` is in seconds since the conversation's start, or None.
    `started_at` is the conversation's start as an aware datetime in the conversation's own zone (a `ZoneInfo`), or
    None: without it no promise can be given a due time. `customer` is the customer's name as they gave it,
    `customer_ref` what the channel or another system calls them, the same in every conversation with them.
    """

    conversation: str
    n: int
    speaker: Speaker
    text: str
    channel: Channel
    locale: str = "en-GB"
    at: float | None = None
    source_id: str | None = None
    started_at: datetime | None = None
    customer: str | None = None
    timing: VoiceTiming | None = None
    customer_ref: str | None = None

    @property
    def said_at(self) -> datetime | None:
        """The moment of the turn in the conversation's own zone; None when the clock is not known."""
        if self.started_at is None:
            return None
        # Seconds are real seconds: added in UTC, so that a change of the clocks in between does no harm.
        then = self.started_at.astimezone(UTC) + timedelta(seconds=self.at or 0.0)
        return then.astimezone(self.started_at.tzinfo)
