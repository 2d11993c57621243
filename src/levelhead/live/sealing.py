"""Seals the audit of every tenant just after its rows are written, and writes down, signed, where each chain ends."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import structlog
from anyio import sleep, to_thread
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from levelhead.people.audit_head import written
from levelhead.storage.audit import Audit
from levelhead.storage.audit_key import write_whole
from levelhead.storage.books import utc_now
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

SEAL_EVERY_S = 1.0
"""A row can be changed unseen for about this long; each round with news costs one write to disk."""


class Sealer:
    """The one step that gives rows their places; two at once would get in each other's way, and one be refused."""

    def __init__(
        self, library: Library, head_file: Path, key: Ed25519PrivateKey, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._library = library
        self._head_file = head_file
        self._key = key
        self._clock = clock

    async def run(self) -> None:
        """Seal for ever; while the database or the disk refuses, try again later: what waits is on disk."""
        while True:
            try:
                await to_thread.run_sync(self.seal)
            except CannotKeep as refused:
                log.warning("The audit waits to be sealed", why=str(refused))
                await sleep(SEAL_EVERY_S * 10)
            await sleep(SEAL_EVERY_S)

    def seal(self) -> int:
        """Seal all that waits now, and where there was something or no file yet, write the heads; how many rows."""
        done = sum(_all_sealed(audit) for audit in self._audits())
        if done or not self._head_file.exists():
            heads = (audit.head() for audit in self._audits())
            write_whole(self._head_file, written([head for head in heads if head], self._key))
        return done

    def _audits(self) -> Iterator[Audit]:
        return (Audit(self._library.shelf(tenant.id), self._clock) for tenant in self._library.tenants())


def _all_sealed(audit: Audit) -> int:
    done = 0
    while some := audit.seal():
        done += some
    return done
