"""The key ring: a data key for every customer, each wrapped by the tenants' key, in a file of its own.

It stays out of the database on purpose: a backup of the database then holds nothing that opens it, and a customer whose
key is destroyed here is unreadable in every backup there is. Lose this file, or the key that wraps it, and what is
kept under it is lost.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from uuid import UUID

from levelhead.privacy import keys
from levelhead.storage.plainly import said_plainly
from levelhead.storage.refusals import Refused

RING = "customers.keys"
SEARCH = "search"
"""Holder of a tenant's key for tokens."""
SECRETS = "secrets"
"""Holder of a tenant's key for secrets of its own: what signs its events."""


class KeyGone(Refused):
    """The key was destroyed, so nothing that was kept under it can be read again."""


class KeyDoesNotFit(Refused):
    """The tenants' key is not the one that wrapped this key ring."""


class KeyRing:
    """Data keys by tenant and holder, unwrapped only in memory. Safe to use from several threads."""

    def __init__(self, folder: Path, tenants_keys: tuple[bytes, ...]) -> None:
        self.path = folder / RING
        self._tenants_keys = tenants_keys
        self._lock = Lock()
        self._known: dict[tuple[UUID, str], bytes] = {}
        with said_plainly(), self._open() as ring:
            ring.execute(_TABLE)
            for wrapped, of in ring.execute(
                "SELECT wrapped, tenant || ':' || holder FROM data_key WHERE length(wrapped) > 0"
            ):
                self._unwrapped(wrapped, of)
                break

    def key(self, tenant: UUID, holder: str) -> bytes:
        """The holder's key, made where there is none; on disk before it is given out. Raises KeyGone or CannotKeep."""
        at_hand = self._known.get((tenant, holder))
        if at_hand is not None:  # Without the lock: nobody waits for the disk while another's key is made.
            return at_hand
        with self._lock:
            known = self._known.get((tenant, holder))
            if known is None:
                with said_plainly(), self._open() as ring:
                    known = self._read(ring, tenant, holder) or self._made(ring, tenant, holder)
                self._known[tenant, holder] = known
            return known

    def destroy(self, tenant: UUID, holder: str) -> None:
        """Destroy a key for good; that there was one is remembered."""
        with self._lock, said_plainly(), self._open() as ring:
            self._known.pop((tenant, holder), None)
            now = datetime.now(UTC).isoformat()
            ring.execute(_DESTROYED, (str(tenant), holder, now))

    def destroyed(self, tenant: UUID) -> tuple[str, ...]:
        """Whose keys were destroyed."""
        with said_plainly(), self._open() as ring:
            rows = ring.execute("SELECT holder FROM data_key WHERE tenant = ? AND length(wrapped) = 0", (str(tenant),))
            return tuple(holder for (holder,) in rows)

    def rotate(self, tenants_keys: tuple[bytes, ...]) -> int:
        """Wrap every key anew by the first of `tenants_keys`, all or none; how many. Raises KeyDoesNotFit."""
        with self._lock, said_plainly(), self._open() as ring:
            rows = ring.execute("SELECT tenant, holder, wrapped FROM data_key WHERE length(wrapped) > 0").fetchall()
            for tenant, holder, wrapped in rows:
                of = f"{tenant}:{holder}"
                again = keys.wrap(tenants_keys[0], self._unwrapped(wrapped, of), of)
                ring.execute("UPDATE data_key SET wrapped = ? WHERE tenant = ? AND holder = ?", (again, tenant, holder))
            self._tenants_keys = tenants_keys
        return len(rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Opened each time: keys are rarely asked for twice, and a file replaced by hand is seen."""
        self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path)) as ring:
            ring.execute("PRAGMA secure_delete = ON")  # A destroyed key is overwritten, not only forgotten.
            ring.execute("PRAGMA synchronous = FULL")
            with ring:
                yield ring

    def _read(self, ring: sqlite3.Connection, tenant: UUID, holder: str) -> bytes | None:
        row = ring.execute(
            "SELECT wrapped FROM data_key WHERE tenant = ? AND holder = ?", (str(tenant), holder)
        ).fetchone()
        if row is None:
            return None
        if not row[0]:
            raise KeyGone("The key of this customer was destroyed, so this cannot be read.")
        return self._unwrapped(row[0], f"{tenant}:{holder}")

    def _made(self, ring: sqlite3.Connection, tenant: UUID, holder: str) -> bytes:
        key = keys.new_key()
        wrapped = keys.wrap(self._tenants_keys[0], key, f"{tenant}:{holder}")
        ring.execute("INSERT INTO data_key (tenant, holder, wrapped) VALUES (?, ?, ?)", (str(tenant), holder, wrapped))
        return key

    def _unwrapped(self, wrapped: bytes, of: str) -> bytes:
        for key in self._tenants_keys:
            try:
                return keys.unwrap(key, wrapped, of)
            except keys.DoesNotOpen:
                continue
        raise KeyDoesNotFit(f"The key does not fit {self.path}. Give the one that was in use when it was written.")


_TABLE = """
CREATE TABLE IF NOT EXISTS data_key (
    tenant TEXT NOT NULL, holder TEXT NOT NULL, wrapped BLOB NOT NULL, destroyed_at TEXT, PRIMARY KEY (tenant, holder)
) STRICT
"""
_DESTROYED = """
INSERT INTO data_key (tenant, holder, wrapped, destroyed_at) VALUES (?1, ?2, x'', ?3)
ON CONFLICT DO UPDATE SET wrapped = x'', destroyed_at = ?3
"""
