"""What several migrations need: a new table of tenants' rows."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from levelhead.storage.columns import Id

TENANT = "tenant"


def create_tenant_table(name: str, *parts: SchemaItem, key: Iterable[str]) -> None:
    """Create what `schema.tenant_table` describes; row-level security comes of itself (`postgresql.protect`)."""
    rooted = not any(isinstance(part, sa.ForeignKeyConstraint) for part in parts)
    tenant = sa.Column(TENANT, Id, *([sa.ForeignKey("tenant.id")] if rooted else []), nullable=False)
    op.create_table(name, tenant, *parts, sa.PrimaryKeyConstraint(TENANT, *key), sqlite_strict=True)


def to(table: str, columns: Iterable[str], their: Iterable[str], ondelete: str | None = None) -> SchemaItem:
    """A reference to a row of the same tenant in another table."""
    return sa.ForeignKeyConstraint(
        [TENANT, *columns], [f"{table}.{name}" for name in (TENANT, *their)], ondelete=ondelete
    )
