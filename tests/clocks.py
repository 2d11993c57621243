"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)


class Clock:
    """Stands at NOON until it is put forward."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)
