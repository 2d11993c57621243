"""The audit: what was done, its place in the chain, and what has no place yet.

Sealing only ever adds: the application's role on PostgreSQL may not change a row of the first two.
"""

from sqlalchemy import Column, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

audit = tenant_table(
    "audit",
    Column("id", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("deed", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("who", Text),
    key=["id"],
    append_only=True,
)
"""Who did what when; it outlives the conversation it speaks of and holds none of its words. `conversation` is empty
where it is about none; `who` is NULL in rows of versions that did not know."""

audit_seal = tenant_table(
    "audit_seal",
    Column("number", Integer, nullable=False),
    Column("audit", Id, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    to("audit", ["audit"], ["id"]),
    UniqueConstraint("tenant", "audit"),
    key=["number"],
    append_only=True,
)
"""The chain, a row for each row of the audit (`people/audit.py`)."""

audit_waiting = tenant_table(
    "audit_waiting",
    Column("audit", Id, nullable=False),
    to("audit", ["audit"], ["id"]),
    key=["audit"],
)
"""Rows that are still to be sealed, written together with them."""
