"""The library: one database with the books of every tenant. Start here to reach anything that is kept."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, insert, select

from levelhead.people.audit import Deed
from levelhead.people.team import Rollout, Team, Tenant
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books, utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Access, Database, Shelf, open_database
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.refusals import UnknownTenant
from levelhead.storage.scrubbing import scrub
from levelhead.storage.teams import add_team
from levelhead.storage.vault import OPEN, Vault

FIRST_NAME, FIRST_SLUG = "Our team", "default"
"""Of the tenant that is there from the first start, and of its team."""


class Library:
    """Every tenant's books. Whatever is asked for a tenant comes bound to it, and reaches no other tenant's rows."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now, vault: Vault = OPEN) -> None:
        self.database = database
        self.vault = vault
        self._clock = clock
        self._books: dict[UUID, Books] = {}
        self._books_lock = Lock()

    @classmethod
    def open(
        cls,
        url: str,
        access: Access = Access.SERVE,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        vault: Vault = OPEN,
    ) -> "Library":
        """Open the database there; a first tenant and team are made. Raises AlreadyOpen, NotOurs or CannotKeep."""
        library = cls(open_database(url, access, read_only=read_only), clock, vault)
        if not read_only:
            library.furnish()
            library.seal_secrets()
        return library

    def close(self) -> None:
        """Let another process write."""
        self.database.close()

    def of(self, tenant: UUID) -> Books:
        """The books of one tenant, always the same ones."""
        with self._books_lock:
            return self._books.setdefault(tenant, Books(self.shelf(tenant), self._clock, self.vault))

    def shelf(self, tenant: UUID) -> Shelf:
        """The tenant's rows, for whoever keeps something else than books."""
        return self.database.shelf(tenant)

    @property
    def first(self) -> Tenant:
        """The tenant that was there first."""
        return self.tenants()[0]

    def tenants(self) -> tuple[Tenant, ...]:
        """All of them, in the order in which they were made."""
        with self.database.reading() as connection:
            rows = connection.execute(select(tables.tenant).order_by(tables.tenant.c.made_at, tables.tenant.c.id))
            return tuple(Tenant(row.id, row.name, row.slug) for row in rows)

    def tenant(self, slug: str) -> Tenant:
        """The one of this slug; raises UnknownTenant."""
        for tenant in self.tenants():
            if tenant.slug == slug:
                return tenant
        raise UnknownTenant(f"There is no tenant {slug!r}.")

    def add_tenant(self, name: str, slug: str) -> Tenant:
        """A new tenant, with a first team of the same name. Raises CannotKeep where the slug is taken."""
        tenant = Tenant(new_id(), name, slug)
        with self.database.writing(tenant.id) as connection:
            self._make(connection, tenant)
            note(connection, Deed.TENANT_ADDED, tenant.id, at=self._clock())
        return tenant

    def furnish(self) -> None:
        """Make the first tenant and its team where there is none yet."""
        if not self.tenants():
            tenant = Tenant(new_id(), FIRST_NAME, FIRST_SLUG)
            with self.database.writing(tenant.id) as connection:
                self._make(connection, tenant)

    def seal_secrets(self) -> None:
        """Seal what an earlier version, or one without encryption, kept of the tenants' secrets in the clear."""
        shelves = [self.shelf(tenant.id) for tenant in self.tenants()]
        sealed = sum(Destinations(shelf, self.vault).seal_secrets() for shelf in shelves)
        if sealed:
            scrub(self.database)

    def _make(self, connection: Connection, tenant: Tenant) -> None:
        row = {"id": tenant.id, "name": tenant.name, "slug": tenant.slug, "made_at": self._clock()}
        connection.execute(insert(tables.tenant), row)
        add_team(connection, Team(new_id(), tenant.name, Rollout.ON))
