"""Who is signed in, at one tenant. A session is found by the digest of its secret, which only the browser has."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from levelhead.people.audit import Deed
from levelhead.people.secrets import Opens, Secret
from levelhead.people.session import SEEN_EVERY, Came, Session, SessionRules
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf


class Begun(NamedTuple):
    """A session, and the secret that is known only now."""

    session: Session
    secret: Secret


class Sessions:
    """The sessions of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, rules: SessionRules) -> None:
        self._shelf = shelf
        self._rules = rules

    def found(self, connection: Connection, secret: Secret, now: datetime) -> Session | None:
        """The session of this secret, unless it is over."""
        row = connection.execute(select(tables.session).where(tables.session.c.digest == secret.digest)).first()
        session = _session(row) if row else None
        return None if session is None or session.is_over(now, self._rules) else session

    def begin(self, connection: Connection, person: UUID, came: Came, now: datetime, leaving: str | None) -> Begun:
        """A new session with a new secret; the one that the browser had before, `leaving`, ends."""
        secret = Secret.new(Opens.SESSION, self._shelf.tenant)
        came = came.shortened()
        session = Session(new_id(), person, now, now, now + self._rules.longest, came)
        row = {"id": session.id, "person": person, "digest": secret.digest, "address": came.address}
        row |= {"device": came.device, "made_at": now, "seen_at": now, "ends_at": session.ends_at}
        connection.execute(insert(tables.session), row)
        note(connection, Deed.SIGNED_IN, session.id, who=f"person:{person}")
        leave(connection, Secret.read(leaving, Opens.SESSION))
        over = (tables.session.c.ends_at <= now) | (tables.session.c.seen_at <= now - self._rules.idle)
        connection.execute(delete(tables.session).where(over))
        return Begun(session, secret)

    def note(self, session: Session, now: datetime) -> None:
        """That its person did something now; written once every SEEN_EVERY."""
        if now - session.seen_at < SEEN_EVERY:
            return
        with self._shelf.writing() as connection:
            connection.execute(update(tables.session).where(tables.session.c.id == session.id).values(seen_at=now))

    def of(self, person: UUID, now: datetime) -> tuple[Session, ...]:
        """Where this person is signed in, the newest first."""
        with self._shelf.reading() as connection:
            mine = select(tables.session).where(tables.session.c.person == person)
            found = [_session(row) for row in connection.execute(mine.order_by(tables.session.c.id.desc()))]
        return tuple(session for session in found if not session.is_over(now, self._rules))

    def end(self, person: UUID, session: UUID) -> bool:
        """End one session of this person; False where they have none of this id."""
        with self._shelf.writing() as connection:
            mine = (tables.session.c.id == session) & (tables.session.c.person == person)
            ended = connection.execute(delete(tables.session).where(mine)).rowcount == 1
            if ended:
                note(connection, Deed.SIGNED_OUT, session)
        return ended

    def end_all(self, person: UUID, but: Iterable[UUID] = ()) -> None:
        """Sign this person out everywhere, except in the sessions `but`."""
        with self._shelf.writing() as connection:
            end_all(connection, person, but)
            note(connection, Deed.SIGNED_OUT, person)


def end_all(connection: Connection, person: UUID, but: Iterable[UUID] = ()) -> None:
    """Sign the person out everywhere, except in the sessions `but`."""
    mine: ColumnElement[bool] = tables.session.c.person == person
    connection.execute(delete(tables.session).where(mine, tables.session.c.id.not_in(tuple(but))))


def leave(connection: Connection, secret: Secret | None) -> None:
    """End the session of this secret, where there is one at this tenant."""
    if secret is None:
        return
    mine = tables.session.c.digest == secret.digest
    session = connection.scalar(select(tables.session.c.id).where(mine))
    if session is not None:
        connection.execute(delete(tables.session).where(mine))
        note(connection, Deed.SIGNED_OUT, session)


def _session(row: Row[Any]) -> Session:
    return Session(row.id, row.person, row.made_at, row.seen_at, row.ends_at, Came(row.address, row.device))
