"""Where the events of a tenant go: addresses, what each wants to be told, and the secret that signs it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from levelhead.people.audit import Deed
from levelhead.privacy.keys import is_sealed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused
from levelhead.storage.vault import Vault


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


class Destinations:
    """The destinations of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, vault: Vault) -> None:
        self._shelf = shelf
        self._secrets = vault.secrets_of(shelf.tenant)

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
        row |= {"sealed_secret": self._secrets.keep(secret, _WHAT, destination.id).encode(), "places": 0}
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
        """What signs the events for it. Raises UnknownDestination, or KeyGone without the keys that were in use."""
        there = tables.destination
        with self._shelf.reading() as connection:
            sealed = connection.scalar(select(there.c.sealed_secret).where(there.c.id == destination))
        if sealed is None:
            raise _unknown(destination)
        return self._secrets.give(sealed.decode(), _WHAT, destination)

    def seal_secrets(self) -> int:
        """Seal what is kept in the clear, where the vault seals at all; how many secrets that were."""
        there = tables.destination
        with self._shelf.reading() as connection:
            found = connection.execute(select(there.c.id, there.c.sealed_secret)).all()
        clear = [(row.id, row.sealed_secret.decode()) for row in found]
        sealed = {one: self._secrets.keep(secret, _WHAT, one) for one, secret in clear if not is_sealed(secret)}
        changed = [one for one, secret in clear if sealed.get(one, secret) != secret]
        if changed:
            with self._shelf.writing() as connection:
                for one in changed:
                    row = update(there).where(there.c.id == one).values(sealed_secret=sealed[one].encode())
                    connection.execute(row)
                    note(connection, Deed.DESTINATION_CHANGED, f"{one}:sealed")
        return len(changed)


def wants(kinds: str, kind: str) -> bool:
    """Whether a destination with this list (JSON) wants to be told of this kind; an empty list wants everything."""
    listed = json.loads(kinds)
    return not listed or kind in listed


_WHAT = "secret of destination"
"""What a sealed secret is, so that it opens nowhere else."""


def _unknown(destination: UUID) -> UnknownDestination:
    return UnknownDestination(f"There is no destination {destination}.")
