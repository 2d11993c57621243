"""What is looked up outside and has to be looked at again: the day on which somebody last did."""

from datetime import date, datetime
from typing import Final

from levelhead.advising.table import PackError, Table

GOOD_FOR_MONTHS: Final = 12
"""After this long somebody has to look again."""


def day_in(table: Table, key: str) -> date:
    """A day, written as `2026-11-22`. Raises PackError."""
    written = table.text(key)
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        where = f"{table.where}.{key}" if table.where else key
        raise PackError(where, f"{written!r} is not a day", "write it like 2026-11-22") from wrong


def is_old(checked: date | None, now: datetime) -> bool:
    """Whether nobody has looked at it for twelve months, or ever."""
    if checked is None:
        return True
    today = now.date()
    months = (today.year - checked.year) * 12 + today.month - checked.month
    return (months, today.day) >= (GOOD_FOR_MONTHS, checked.day)
