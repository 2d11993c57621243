"""Retention: how long each kind of what is kept stays, in days after the conversation's last turn."""

from collections.abc import Mapping
from enum import StrEnum


class Kept(StrEnum):
    """The kinds that end. The audit is not among them: it holds no words, and a chain has no gaps."""

    TURNS = "turns"
    LABELS = "labels"
    SEALED = "sealed"
    CONSENT = "consent"
    EVENTS = "events"


DEFAULTS: Mapping[Kept, int | None] = {
    Kept.TURNS: None,
    Kept.LABELS: 365,
    Kept.SEALED: None,
    Kept.CONSENT: None,
    Kept.EVENTS: 90,
}
"""Days; None: as long as the conversation is there. A label is of its moment, so it ends unless settled."""


def of_days(days: int | None) -> str:
    """As it is settled. Raises ValueError below one day."""
    if days is None:
        return ""
    if days < 1:
        raise ValueError(f"days are one or more, not {days}")
    return str(days)
