"""The tables. Moments are UTC in ISO form; turns, readings and advice are JSON (`stored.py`).

STRICT makes SQLite refuse a value of the wrong type instead of keeping it. Changing a table means a new migration: a
test compares these with what the migrations build.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("customer", Text),
    Column("heard_at", Text, nullable=False),
    Index("ix_conversation_heard_at", "heard_at"),
    sqlite_strict=True,
)
"""One row a conversation; `heard_at` is when its last turn arrived."""


def _conversation_key() -> Column[str]:
    return Column("conversation", Text, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False)


def _arrival_key() -> Column[int]:
    return Column("arrival", Integer, ForeignKey("turn.arrival", ondelete="CASCADE"), primary_key=True)


turn = Table(
    "turn",
    metadata,
    Column("arrival", Integer, primary_key=True),
    _conversation_key(),
    Column("n", Integer, nullable=False),
    Column("source_id", Text),
    Column("heard_at", Text, nullable=False),
    Column("turn", Text, nullable=False),
    UniqueConstraint("conversation", "n"),
    UniqueConstraint("conversation", "source_id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,  # An arrival number is never used twice, not even after a conversation was removed.
)
"""One row a turn; `arrival` counts turns in the order they came, over all conversations."""

reading = Table(
    "reading",
    metadata,
    _arrival_key(),
    Column("emotion", Text),
    Column("intensity", Integer),
    Column("reading", Text, nullable=False),
    sqlite_strict=True,
)
"""What the turn showed; emotion and intensity stand beside the JSON for customer turns only."""

advice = Table("advice", metadata, _arrival_key(), Column("advice", Text, nullable=False), sqlite_strict=True)

card_answer = Table(
    "card_answer",
    metadata,
    Column("seq", Integer, primary_key=True),
    _conversation_key(),
    Column("card", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Text, nullable=False),
    Column("after", Integer, nullable=False),
    Index("ix_card_answer_conversation", "conversation"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
"""What the agent said to a card; `after` is the arrival of the last turn heard by then, so that replay can follow."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("subject", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
"""Who did what when, only ever added to; it outlives the conversation it speaks of and holds none of its words."""
