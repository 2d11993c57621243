"""How tables are made: alike in both databases, and those of tenants with the tenant first in every key."""

from collections.abc import Iterable

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, Table
from sqlalchemy.schema import SchemaItem

from levelhead.storage.columns import Id
from levelhead.storage.tenancy import OF_A_TENANT, TENANT, stamp

APPEND_ONLY = "append_only"
"""What `Table.info` says of a table whose rows the application may add and read, and never change."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def tenant_table(name: str, *parts: SchemaItem, key: Iterable[str], append_only: bool = False) -> Table:
    """A table of tenants' rows, its primary key the tenant and then `key`.

    The column `tenant` comes of itself. References to another table of tenants have to name the tenant too: `to`.
    """
    rooted = not any(isinstance(part, ForeignKeyConstraint) for part in parts)
    return Table(
        name,
        metadata,
        Column(TENANT, Id, *([ForeignKey("tenant.id")] if rooted else []), nullable=False, default=stamp),
        *parts,
        PrimaryKeyConstraint(TENANT, *key),
        info={OF_A_TENANT: True, APPEND_ONLY: append_only},
        sqlite_strict=True,  # A value of the wrong type is refused instead of kept.
    )


def to(table: str, columns: Iterable[str], their: Iterable[str], ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference of `columns` to `their` of another table of tenants: always to a row of the same tenant."""
    theirs = [f"{table}.{name}" for name in (TENANT, *their)]
    return ForeignKeyConstraint([TENANT, *columns], theirs, ondelete=ondelete)
