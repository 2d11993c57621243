"""The audit of one tenant: sealed row by row into a chain, and gone along to see that nothing was touched.

What waits for its seal is listed in a table of its own, written with the row and emptied with the seal: however a
process ends, a row is either there and waits, or is sealed, or was never acknowledged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select

from levelhead.people.audit import Noted, Seal, sealed
from levelhead.people.audit_check import Finding, Link, Wrong, findings
from levelhead.people.audit_head import Head
from levelhead.storage import tables
from levelhead.storage.books import utc_now
from levelhead.storage.database import Shelf

AT_ONCE = 1_000
"""Rows that are sealed in one transaction, or read at once: some 300 kB."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found along a chain; `sealed` rows were gone through, `waiting` have no seal yet."""

    findings: tuple[Finding, ...]
    sealed: int
    waiting: int


class Audit:
    """The audit of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def seal(self) -> int:
        """Give what waits its place in the chain, oldest first; how many rows that were. Raises CannotKeep."""
        if not self._waits():
            return 0
        with self._shelf.writing() as connection:
            waiting = _waiting(connection, AT_ONCE)
            last, seals = _last(connection), []
            for noted in waiting:
                last = sealed(self._shelf.tenant, noted, last)
                seals.append(last)
            if seals:
                connection.execute(insert(tables.audit_seal), [_row(seal) for seal in seals])
                done = tables.audit_waiting.c.audit.in_([seal.row for seal in seals])
                connection.execute(delete(tables.audit_waiting).where(done))
        return len(seals)

    def head(self) -> Head | None:
        """Where the chain ends now; None where nothing is sealed yet."""
        with self._shelf.reading() as connection:
            last = _last(connection)
        return Head(self._shelf.tenant, last.number, last.hash, self._clock()) if last else None

    def check(self, head: Head | None = None) -> Checked:
        """Go along the whole chain, as it is at one moment; with a head that was kept elsewhere, up to there at least.

        Nothing is held in memory but AT_ONCE rows and what is wrong.
        """
        with self._shelf.reading() as connection:
            found = findings(self._shelf.tenant, _links(connection), head)
            last = _last(connection)
            waiting = connection.scalar(select(func.count()).select_from(tables.audit_waiting)) or 0
            return Checked((*found, *_outside(connection)), last.number if last else 0, waiting)

    def latest(self, limit: int, conversation: str | None = None) -> tuple[Noted, ...]:
        """The newest rows, the newest first; of one conversation where it is given."""
        rows = select(tables.audit).order_by(tables.audit.c.id.desc()).limit(limit)
        if conversation is not None:
            rows = rows.where(tables.audit.c.conversation == conversation)
        with self._shelf.reading() as connection:
            return tuple(_noted(row) for row in connection.execute(rows))

    def _waits(self) -> bool:
        with self._shelf.reading() as connection:
            return connection.execute(select(tables.audit_waiting.c.audit).limit(1)).first() is not None


def _waiting(connection: Connection, limit: int) -> list[Noted]:
    waits = tables.audit_waiting.c.audit
    rows = select(tables.audit).join(tables.audit_waiting, waits == tables.audit.c.id)
    return [_noted(row) for row in connection.execute(rows.order_by(tables.audit.c.id).limit(limit))]


def _last(connection: Connection) -> Seal | None:
    row = connection.execute(select(tables.audit_seal).order_by(tables.audit_seal.c.number.desc()).limit(1)).first()
    return _seal(row) if row else None


def _links(connection: Connection) -> Iterator[Link]:
    seal, audit, last = tables.audit_seal, tables.audit, 0
    both = select(seal, audit.c.id, audit.c.at, audit.c.who, audit.c.deed, audit.c.conversation, audit.c.subject)
    query = both.outerjoin(audit, audit.c.id == seal.c.audit).order_by(seal.c.number).limit(AT_ONCE)
    while rows := connection.execute(query.where(seal.c.number > last)).all():
        yield from (Link(_seal(row), _noted(row) if row.id else None) for row in rows)
        last = rows[-1].number


def _outside(connection: Connection) -> Iterator[Finding]:
    """Rows without a seal that do not wait for one either."""
    audit, seal, waits = tables.audit, tables.audit_seal, tables.audit_waiting
    has_none: ColumnElement[bool] = seal.c.number.is_(None) & waits.c.audit.is_(None)
    query = select(audit.c.id).outerjoin(seal, seal.c.audit == audit.c.id).outerjoin(waits, waits.c.audit == audit.c.id)
    for row in connection.scalars(query.where(has_none).order_by(audit.c.id)):
        yield Finding(Wrong.OUTSIDE, None, row)
    lost = select(waits.c.audit).outerjoin(audit, waits.c.audit == audit.c.id).where(audit.c.id.is_(None))
    for row in connection.scalars(lost.order_by(waits.c.audit)):
        yield Finding(Wrong.MISSING, None, row)


def _seal(row: Row[Any]) -> Seal:
    return Seal(row.number, row.audit, row.previous, row.hash)


def _row(seal: Seal) -> dict[str, object]:
    return {"number": seal.number, "audit": seal.row, "previous": seal.previous, "hash": seal.hash}


def _noted(row: Row[Any]) -> Noted:
    return Noted(row.id, row.at, row.who, row.deed, row.conversation, row.subject)
