"""Casework: what outlives a conversation, and every change of it."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "case_item",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("customer", Id, nullable=False),
        sa.Column("conversation", sa.Text),
        sa.Column("team", Id),
        sa.Column("owner", Id),
        sa.Column("due_at", Moment),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant", "kind", "key"),
        to("customer", ["customer"], ["id"]),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        to("team", ["team"], ["id"]),
        key=["id"],
    )
    op.create_index("ix_case_item_tenant_customer", "case_item", ["tenant", "customer"])
    op.create_index("ix_case_item_tenant_conversation", "case_item", ["tenant", "conversation"])
    op.create_index("ix_case_item_tenant_kind_due_at", "case_item", ["tenant", "kind", "due_at"])
    create_tenant_table(
        "case_change",
        sa.Column("id", Id, nullable=False),
        sa.Column("item", Id, nullable=False),
        sa.Column("move", sa.Text, nullable=False),
        sa.Column("was", sa.Text),
        sa.Column("now", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        to("case_item", ["item"], ["id"], ondelete="CASCADE"),
        key=["id"],
    )
    op.create_index("ix_case_change_tenant_item", "case_change", ["tenant", "item"])
