"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)


class Clock:
    """Stands at one moment until it is put forward."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)
