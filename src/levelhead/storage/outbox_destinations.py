"""Where the events of a tenant go: addresses, what each wants to be told, and the secret that signs it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused


class UnknownDestination(Refused):
    """There is no destination of this id."""


@dataclass(frozen=True, slots=True)
class Destination:
    """One address that events go to; no `kinds` means every kind. One that is not active is told nothing."""

    id: UUID
    url: str
    kinds: tuple[str, ...]
    active: bool
    made_at: datetime


class Seal(Protocol):
    """What a secret passes on its way to the disk and back."""

    def sealed(self, secret: bytes) -> bytes:
        """As it is kept."""

    def opened(self, sealed: bytes) -> bytes:
        """What was sealed."""


class Unsealed:
    """Keeps a secret as it is, for a database that is itself encrypted or on a machine of one's own."""

    def sealed(self, secret: bytes) -> bytes:
        """The same."""
        return secret

    def opened(self, sealed: bytes) -> bytes:
        """The same."""
        return sealed


class Destinations:
    """The destinations of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, seal: Seal | None = None) -> None:
        self._shelf = shelf
        self._seal = seal or Unsealed()

    def all(self) -> tuple[Destination, ...]:
        """In the order in which they were made."""
        there = tables.destination
        query = select(there.c.id, there.c.url, there.c.kinds, there.c.active, there.c.made_at).order_by(there.c.id)
        with self._shelf.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Destination(row.id, row.url, tuple(json.loads(row.kinds)), bool(row.active), row.made_at) for row in rows
        )

    def one(self, destination: UUID) -> Destination:
        """The one of this id; raises UnknownDestination."""
        found = next((known for known in self.all() if known.id == destination), None)
        if found is None:
            raise _unknown(destination)
        return found

    def add(self, url: str, kinds: Sequence[str], secret: str, now: datetime) -> Destination:
        """A new one, told of everything of these kinds that happens from now on."""
        destination = Destination(new_id(), url, tuple(kinds), active=True, made_at=now)
        row = {"id": destination.id, "url": url, "kinds": json.dumps(list(kinds)), "active": 1, "made_at": now}
        row |= {"sealed_secret": self._seal.sealed(secret.encode()), "places": 0}
        with self._shelf.writing() as connection:
            connection.execute(insert(tables.destination), row)
            note(connection, Deed.DESTINATION_ADDED, destination.id)
        return destination

    def switch(self, destination: UUID, *, active: bool) -> None:
        """Tell it of what happens from now on, or no longer; what waits stays. Raises UnknownDestination."""
        there = tables.destination
        with self._shelf.writing() as connection:
            mine = there.c.id == destination
            if not connection.execute(update(there).where(mine).values(active=int(active))).rowcount:
                raise _unknown(destination)
            note(connection, Deed.DESTINATION_CHANGED, f"{destination}:{'on' if active else 'off'}")

    def remove(self, destination: UUID) -> None:
        """Take it out with all that waits for it. Raises UnknownDestination."""
        there = tables.destination
        with self._shelf.writing() as connection:
            if not connection.execute(delete(there).where(there.c.id == destination)).rowcount:
                raise _unknown(destination)
            note(connection, Deed.DESTINATION_REMOVED, destination)

    def secret_of(self, destination: UUID) -> str:
        """What signs the events for it. Raises UnknownDestination."""
        there = tables.destination
        with self._shelf.reading() as connection:
            sealed = connection.scalar(select(there.c.sealed_secret).where(there.c.id == destination))
        if sealed is None:
            raise _unknown(destination)
        return self._seal.opened(sealed).decode()


def wants(kinds: str, kind: str) -> bool:
    """Whether a destination with this list (JSON) wants to be told of this kind; an empty list wants everything."""
    listed = json.loads(kinds)
    return not listed or kind in listed


def _unknown(destination: UUID) -> UnknownDestination:
    return UnknownDestination(f"There is no destination {destination}.")
