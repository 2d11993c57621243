"""What was heard. Turns, readings and advice are JSON (`stored.py`)."""

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

conversation = tenant_table(
    "conversation",
    Column("id", Text, nullable=False),
    Column("team", Id),
    Column("channel", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("customer", Text),
    Column("heard_at", Moment, nullable=False),
    Column("holder", Id),
    to("team", ["team"], ["id"]),
    Index("ix_conversation_tenant_heard_at", "tenant", "heard_at"),
    key=["id"],
)
"""One row a conversation; `heard_at` is when its last turn arrived, `holder` the person who answers in it."""

turn = tenant_table(
    "turn",
    Column("conversation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("arrival", Integer, nullable=False),
    Column("source_id", Text),
    Column("heard_at", Moment, nullable=False),
    Column("turn", Text, nullable=False),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    UniqueConstraint("tenant", "conversation", "arrival"),
    UniqueConstraint("tenant", "conversation", "source_id"),
    key=["conversation", "n"],
)
"""One row a turn; `arrival` counts the turns of its conversation in the order they came."""

reading = tenant_table(
    "reading",
    Column("conversation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("emotion", Text),
    Column("intensity", Integer),
    Column("reading", Text, nullable=False),
    to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
    key=["conversation", "n"],
)
"""What the turn showed; emotion and intensity stand beside the JSON for customer turns only."""

advice = tenant_table(
    "advice",
    Column("conversation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("advice", Text, nullable=False),
    to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
    key=["conversation", "n"],
)

card_answer = tenant_table(
    "card_answer",
    Column("id", Id, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Column("after", Integer, nullable=False),
    Column("rule", Text),
    Column("kind", Text),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    Index("ix_card_answer_tenant_conversation", "tenant", "conversation"),
    key=["id"],
)
"""What the agent said to a card; `after` is the arrival of the last turn heard by then, so that replay can follow.

`rule` and `kind` are the card's, so that answers can be counted per team; NULL in rows of versions before 0010.
"""
