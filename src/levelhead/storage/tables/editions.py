"""The editions of packs that a tenant has made."""

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table

pack_edition = tenant_table(
    "pack_edition",
    Column("id", Id, nullable=False),
    Column("pack", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("back_to", Integer),
    Column("settled_by", Text),
    Column("settled_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("tenant", "pack", "number"),
    Index("ix_pack_edition_tenant_state", "tenant", "state"),
    key=["id"],
)
"""A row is never taken out, and its text never changed: advices name it by its number."""
