"""What becomes of cards beside the advice: a conversation in which they are muted, and what teams have settled."""

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

card_mute = tenant_table(
    "card_mute",
    Column("id", Id, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("muted", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
    Index("ix_card_mute_tenant_conversation", "tenant", "conversation"),
    key=["id"],
)
"""From when on cards were muted in a conversation (1), or shown again (0); the last row stands."""

card_settled = tenant_table(
    "card_settled",
    Column("id", Id, nullable=False),
    Column("team", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("how", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("settled_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Column("ended_by", Text),
    Column("ended_at", Moment),
    to("team", ["team"], ["id"]),
    UniqueConstraint("tenant", "number"),
    Index("ix_card_settled_tenant_team", "tenant", "team"),
    key=["id"],
)
"""What teams have settled about their cards. A row is never taken out: advices name it by its number."""
