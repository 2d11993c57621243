"""A desk for every tenant, over one library: each hears, keeps and tells for itself alone."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from levelhead.listening.reader import Reader
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from levelhead.storage.library import Library

Kind = TypeVar("Kind", bound=Desk)


class Desks(Generic[Kind]):
    """The desks of all tenants. Ids of conversations may be the same at two of them and mean two conversations."""

    def __init__(
        self, library: Library, furnish: Callable[[Books, Reader | None], Kind], reader: Reader | None
    ) -> None:
        self.library = library
        self.reader = reader
        self._furnish = furnish
        self._desks: dict[UUID, Kind] = {}
        self._lock = Lock()

    def of(self, tenant: UUID) -> Kind:
        """The tenant's desk, always the same one."""
        with self._lock:
            if tenant not in self._desks:
                self._desks[tenant] = self._furnish(self.library.of(tenant), self.reader)
            return self._desks[tenant]

    def read_with(self, reader: Reader) -> None:
        """Have every desk read with this model from now on."""
        with self._lock:
            self.reader = reader
            for desk in self._desks.values():
                desk.reader = reader

    def close(self) -> None:
        """Let go of everyone who watches."""
        with self._lock:
            for desk in self._desks.values():
                desk.bus.close()
