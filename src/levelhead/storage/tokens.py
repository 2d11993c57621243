"""The API tokens of one tenant."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.permission import SCOPES, Action
from levelhead.people.secrets import Opens, Secret
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Write, utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf, in_turn
from levelhead.storage.refusals import CannotKeep, Refused

USED_EVERY = timedelta(minutes=1)
"""The last use is noted this exactly; a program may call many times a second."""
LONGEST = timedelta(days=366)


_FOUND = select(tables.api_token).where(tables.api_token.c.digest == bindparam("digest"))


class NotAToken(Refused):
    """No token can be made like that; the sentence names what is wrong."""


class UnknownToken(Refused):
    """There is no such token, or it has ended."""


class MadeToken(NamedTuple):
    """A new token; `secret` is shown now and never again."""

    token: ApiToken
    secret: str


class Tokens:
    """The API tokens of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def all(self) -> tuple[ApiToken, ...]:
        """Every one that was ever made, oldest first."""
        with self._shelf.reading() as connection:
            rows = connection.execute(select(tables.api_token).order_by(tables.api_token.c.id))
            return tuple(self._token(row) for row in rows)

    def named(self, name: str) -> ApiToken:
        """The one of this name that has not ended; raises UnknownToken."""
        for token in self.all():
            if token.name == name and token.ended_at is None:
                return token
        raise UnknownToken(f"There is no token {name!r}, or it has ended already.")

    def add(
        self,
        name: str,
        scopes: Iterable[Action],
        lasts: timedelta,
        *,
        team: UUID | None = None,
        made_by: UUID | None = None,
        also: Iterable[Write] = (),
    ) -> MadeToken:
        """A new token for these actions, in one team or the whole tenant. Raises NotAToken."""
        allowed, now = frozenset(scopes), self._clock()
        _check(name, allowed, lasts)
        secret = Secret.new(Opens.TOKEN, self._shelf.tenant)
        token = ApiToken(new_id(), self._shelf.tenant, name, allowed, now + lasts, now, team, made_by)
        row = {"id": token.id, "name": name, "digest": secret.digest, "scopes": " ".join(sorted(allowed))}
        row |= {"team": team, "made_by": made_by, "made_at": now, "expires_at": token.expires_at}
        with self._shelf.writing() as connection:
            _check_free(connection, name)
            connection.execute(insert(tables.api_token), row)
            note(connection, Deed.TOKEN_MADE, token.id)
            for write in also:
                write(connection)
        return MadeToken(token, secret.written)

    def end(self, token: UUID, also: Iterable[Write] = ()) -> None:
        """Have it open nothing any more. Raises UnknownToken."""
        mine = (tables.api_token.c.id == token) & tables.api_token.c.ended_at.is_(None)
        with self._shelf.writing() as connection:
            if not connection.execute(update(tables.api_token).where(mine).values(ended_at=self._clock())).rowcount:
                raise UnknownToken("There is no such token, or it has ended already.")
            note(connection, Deed.TOKEN_ENDED, token)
            for write in also:
                write(connection)

    def found(self, secret: Secret) -> ApiToken | None:
        """The token of this secret, unless it has ended or expired; its use is noted once every USED_EVERY."""
        now = self._clock()
        with self._shelf.reading() as connection:
            row = connection.execute(_FOUND, {"digest": secret.digest}).first()
        token = self._token(row) if row else None
        if token is None or token.ended_at is not None or token.expires_at <= now:
            return None
        if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
            self._note(token.id, now)
        return token

    def _note(self, token: UUID, now: datetime) -> None:
        # A full disk must not keep programs from reading.
        with suppress(CannotKeep), self._shelf.writing() as connection:
            connection.execute(update(tables.api_token).where(tables.api_token.c.id == token).values(last_used_at=now))

    def _token(self, row: Row[Any]) -> ApiToken:
        return ApiToken(
            id=row.id,
            tenant=self._shelf.tenant,
            name=row.name,
            scopes=frozenset(row.scopes.split()),
            expires_at=row.expires_at,
            made_at=row.made_at,
            team=row.team,
            made_by=row.made_by,
            last_used_at=row.last_used_at,
            ended_at=row.ended_at,
        )


def _check(name: str, scopes: frozenset[Action], lasts: timedelta) -> None:
    if not name.strip():
        raise NotAToken("name: say what the token is for, such as telephony")
    if not scopes or not scopes <= SCOPES:
        raise NotAToken(f"scopes: choose from {', '.join(sorted(SCOPES))}")
    if not timedelta(0) < lasts <= LONGEST:
        raise NotAToken(f"days: between 1 and {LONGEST.days}")


def _check_free(connection: Connection, name: str) -> None:
    in_turn(connection, "tokens")
    known = tables.api_token.c
    if connection.scalar(select(known.id).where(known.name == name, known.ended_at.is_(None))):
        raise NotAToken(f"name: there is a token called {name}; end it first, or choose another name")
