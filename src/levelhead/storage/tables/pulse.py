"""Whether the database takes anything at all: a row of nobody's, written over when there is doubt."""

from sqlalchemy import Column, Integer, LargeBinary, Table

from levelhead.storage.schema import metadata

pulse = Table(
    "pulse",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("weight", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""Belongs to no tenant, since it is about the disk; it holds bytes by chance, and those only for a moment."""
