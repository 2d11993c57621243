"""Customers, and what is theirs to decide. Names, references and values are as the vault keeps them (`vault.py`)."""

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

customer = tenant_table(
    "customer",
    Column("id", Id, nullable=False),
    Column("token", Text),
    Column("reference", Text),
    Column("name", Text),
    Column("made_at", Moment, nullable=False),
    Column("erased_at", Moment),
    Column("profile", Text),
    Column("profiled_at", Moment),
    Column("same_as", Id),
    Column("same_since", Moment),
    UniqueConstraint("tenant", "token"),
    Index("ix_customer_tenant_same_as", "tenant", "same_as"),
    key=["id"],
)
"""One row an identity; `token` finds the one of an outside reference. An erased one keeps its id and nothing else.

`same_as` is the identity of the same person that this one was merged into, at `same_since` (`identities.py`).
"""

customer_of = tenant_table(
    "customer_of",
    Column("conversation", Text, nullable=False),
    Column("customer", Id, nullable=False),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    to("customer", ["customer"], ["id"]),
    Index("ix_customer_of_tenant_customer", "tenant", "customer"),
    key=["conversation"],
)
"""Whose conversation it is, and with that whose key its words are kept under."""

sealed = tenant_table(
    "sealed",
    Column("conversation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("token", Text, nullable=False),
    to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
    Index("ix_sealed_tenant_token", "tenant", "token"),
    key=["conversation", "n", "place"],
)
"""What stood where a turn has a placeholder; `place` counts the placeholders of the turn from 0."""

consent = tenant_table(
    "consent",
    Column("id", Id, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_consent_tenant_conversation", "tenant", "conversation"),
    key=["id"],
)
"""What was said about one purpose, and when; the last row stands. It may come before the first turn."""

legal_hold = tenant_table(
    "legal_hold",
    Column("id", Id, nullable=False),
    Column("customer", Id),
    Column("conversation", Text),
    Column("reason", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", Moment),
    key=["id"],
)
"""What must not be removed, of one customer or of one conversation, until somebody lifts the hold."""

label_mark = tenant_table(
    "label_mark",
    Column("id", Id, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("instead", Text),
    Column("noted_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
    Index("ix_label_mark_tenant_conversation", "tenant", "conversation"),
    key=["id"],
)
"""A customer's objection to a label of one turn; `instead` is the label that is right, NULL while it is disputed."""

labels_end = tenant_table(
    "labels_end",
    Column("conversation", Text, nullable=False),
    Column("at", Moment, nullable=False),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    key=["conversation"],
)
"""When what had been read in a conversation was dropped; what is heard later is read again."""

privacy_rule = tenant_table(
    "privacy_rule",
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    key=["name"],
)
"""What the tenant has settled: days of retention, what holds where nobody was asked for consent."""

ending = tenant_table(
    "ending",
    Column("conversation", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Column("at", Moment, nullable=False),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    key=["conversation"],
)
"""How a conversation that was imported ended, as the system says that it came from."""
