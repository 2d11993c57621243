"""The outbox: where events go, the events, and one row for each that is still to be brought somewhere."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "destination",
        sa.Column("id", Id, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary, nullable=False),
        sa.Column("places", sa.Integer, nullable=False),
        sa.Column("claimed_by", Id),
        sa.Column("claimed_until", Moment),
        key=["id"],
    )
    create_tenant_table(
        "event",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        key=["id"],
    )
    op.create_index("ix_event_tenant_conversation", "event", ["tenant", "conversation"])
    create_tenant_table(
        "delivery",
        sa.Column("destination", Id, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("event", Id, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("settled_at", Moment),
        sa.Column("trouble", sa.Text),
        to("destination", ["destination"], ["id"], ondelete="CASCADE"),
        to("event", ["event"], ["id"], ondelete="CASCADE"),
        key=["destination", "place"],
    )
    op.create_index("ix_delivery_tenant_state", "delivery", ["tenant", "state", "destination", "place"])
    op.create_index("ix_delivery_tenant_event", "delivery", ["tenant", "event"])
