"""Tries to sign in that failed, so that waiting goes on after a restart."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from levelhead.people.lockout import Counted, Failures
from levelhead.storage import tables
from levelhead.storage.database import Shelf

_KEPT = timedelta(days=7)
_one_at_a_time = Lock()
"""Counting reads and then writes; tries that come at once must not all read the same number."""


class FailureBook:
    """The failures of one tenant. What they are counted for is kept as a digest: people type passwords as names."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def count(self, tried: Mapping[Counted, str], now: datetime) -> timedelta:
        """Count one more try as failed, before it is known to be; zero. Or how long to wait, and nothing is counted."""
        with _one_at_a_time, self._shelf.writing() as connection:
            known = {kind: _failures(connection, kind, subject) for kind, subject in tried.items()}
            wait = max((failures.wait(kind, now) for kind, failures in known.items() if failures), default=timedelta(0))
            if wait:
                return wait
            for kind, subject in tried.items():
                _keep(connection, kind, subject, (known[kind] or Failures(0, now)).again(kind, now))
            connection.execute(delete(tables.sign_in_failure).where(tables.sign_in_failure.c.last_at < now - _KEPT))
            return timedelta(0)

    def take_back(self, tried: Mapping[Counted, str], now: datetime) -> None:
        """The try was right after all: the name begins anew, the address only has this one taken back."""
        with _one_at_a_time, self._shelf.writing() as connection:
            for kind, subject in tried.items():
                failures = _failures(connection, kind, subject)
                if failures is not None:
                    left = max(0, failures.count - 1) if kind is Counted.ADDRESS else 0
                    _keep(connection, kind, subject, Failures(left, failures.last_at))


def _failures(connection: Connection, kind: Counted, subject: str) -> Failures | None:
    counted = tables.sign_in_failure.c
    row = connection.execute(select(counted.count.label("failed"), counted.last_at).where(_of(kind, subject))).first()
    return Failures(row.failed, row.last_at) if row else None


def _keep(connection: Connection, kind: Counted, subject: str, failures: Failures) -> None:
    known = {"count": failures.count, "last_at": failures.last_at}
    if not connection.execute(update(tables.sign_in_failure).where(_of(kind, subject)).values(known)).rowcount:
        row = {"kind": kind.value, "subject": _digest(subject), **known}
        connection.execute(insert(tables.sign_in_failure), row)


def _of(kind: Counted, subject: str) -> ColumnElement[bool]:
    counted = tables.sign_in_failure.c
    return (counted.kind == kind.value) & (counted.subject == _digest(subject))


def _digest(subject: str) -> str:
    return hashlib.sha256(subject.encode(errors="replace")).hexdigest()
