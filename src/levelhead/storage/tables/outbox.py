"""What leaves: the destinations of a tenant, the events, and who is still to be told of which."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

destination = tenant_table(
    "destination",
    Column("id", Id, nullable=False),
    Column("url", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("places", Integer, nullable=False),
    Column("claimed_by", Id),
    Column("claimed_until", Moment),
    key=["id"],
)
"""Where events go; `kinds` is a JSON list (empty: every kind), `places` counts what was ever laid out for it."""

event = tenant_table(
    "event",
    Column("id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told", Text, nullable=False),
    Index("ix_event_tenant_conversation", "tenant", "conversation"),
    key=["id"],
)
"""What happened, once for all destinations; `told` is JSON of ids and labels, and never what anyone said."""

delivery = tenant_table(
    "delivery",
    Column("destination", Id, nullable=False),
    Column("place", Integer, nullable=False),
    Column("event", Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("trouble", Text),
    to("destination", ["destination"], ["id"], ondelete="CASCADE"),
    to("event", ["event"], ["id"], ondelete="CASCADE"),
    Index("ix_delivery_tenant_state", "tenant", "state", "destination", "place"),
    Index("ix_delivery_tenant_event", "tenant", "event"),
    key=["destination", "place"],
)
"""One event for one destination; `place` is its place in the order in which that destination is told."""
