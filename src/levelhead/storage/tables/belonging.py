"""Tenants and their teams."""

from sqlalchemy import Column, Table, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import metadata, tenant_table

tenant = Table(
    "tenant",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    sqlite_strict=True,
)
"""Who the rows of all other tables belong to; the only table whose rows belong to nobody."""

team = tenant_table(
    "team",
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("rollout", Text, nullable=False),
    UniqueConstraint("tenant", "name"),
    key=["id"],
)
