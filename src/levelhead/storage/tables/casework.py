"""Casework: each piece as it stands, and every change that it went through. Bodies and reasons are sealed JSON."""

from sqlalchemy import Column, Index, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

case_item = tenant_table(
    "case_item",
    Column("id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("customer", Id, nullable=False),
    Column("conversation", Text),
    Column("team", Id),
    Column("owner", Id),
    Column("due_at", Moment),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("tenant", "kind", "key"),
    to("customer", ["customer"], ["id"]),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    to("team", ["team"], ["id"]),
    Index("ix_case_item_tenant_customer", "tenant", "customer"),
    Index("ix_case_item_tenant_conversation", "tenant", "conversation"),
    Index("ix_case_item_tenant_kind_due_at", "tenant", "kind", "due_at"),
    key=["id"],
)
"""One row a promise, remedy, note, complaint and so on; it goes with its conversation and with its customer."""

case_change = tenant_table(
    "case_change",
    Column("id", Id, nullable=False),
    Column("item", Id, nullable=False),
    Column("move", Text, nullable=False),
    Column("was", Text),
    Column("now", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    to("case_item", ["item"], ["id"], ondelete="CASCADE"),
    Index("ix_case_change_tenant_item", "tenant", "item"),
    key=["id"],
)
"""Every move of an item, oldest first by id. None is ever changed."""
