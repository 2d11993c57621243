"""When an event that did not get through is sent again, and when that is given up: pure arithmetic."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

FIRST_PAUSE_S, GROWTH, LONGEST_PAUSE_S = 5.0, 3.0, 3600.0
"""5 s, 15 s, 45 s, …, an hour: a restart is bridged in seconds, a night without the receiver costs it nothing."""
JITTER = 0.5
"""A pause is up to half as long again, so that receivers which went together are not asked together."""
PATIENCE = timedelta(days=3)
"""A receiver that fails over a weekend misses nothing; after that a person should know."""
MOST_REFUSALS = 5
"""An event that the receiver itself refuses is not made better by time; it must not hold up what comes after it."""
REFUSED = frozenset({400, 413, 415, 422})
"""HTTP's ways to say that this request is wrong, and not the receiver (RFC 9110, section 15.5)."""
GONE = 410
_FIRST_OK, _LAST_OK = 200, 299


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one attempt: a status of HTTP, or None with the trouble in one plain sentence.

    `retry_after_s` is what the receiver asked for.
    """

    status: int | None
    trouble: str | None = None
    retry_after_s: float | None = None

    @property
    def arrived(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and _FIRST_OK <= self.status <= _LAST_OK


class Verdict(StrEnum):
    """What to do after an attempt."""

    SENT = "sent"
    AGAIN = "again"
    DEAD = "dead"
    GONE = "gone"


def verdict(answer: Answer, attempts: int, age: timedelta) -> Verdict:
    """What to do after this answer to the last of so many attempts, at this age of the event.

    A receiver that says it is gone for good (410) is told nothing more, as Standard Webhooks asks.
    """
    if answer.arrived:
        return Verdict.SENT
    if answer.status == GONE:
        return Verdict.GONE
    if age >= PATIENCE or (answer.status in REFUSED and attempts >= MOST_REFUSALS):
        return Verdict.DEAD
    return Verdict.AGAIN


def pause(attempts: int, chance: float, asked_s: float | None = None) -> timedelta:
    """How long to wait after so many attempts; `chance` is in [0, 1), `asked_s` what the receiver asked for."""
    # The exponent is held, since a float overflows long before three days are over.
    grown = FIRST_PAUSE_S * GROWTH ** min(attempts - 1, 10)
    calm = min(grown, LONGEST_PAUSE_S) * (1 + JITTER * chance)
    return timedelta(seconds=max(calm, min(asked_s or 0.0, LONGEST_PAUSE_S)))
