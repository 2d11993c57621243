"""What customers have told us for the next time, who is one person, how imported conversations ended, articles."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("profile", sa.Text),
        sa.Column("profiled_at", Moment),
        sa.Column("same_as", Id),
        sa.Column("same_since", Moment),
    ):
        op.add_column("customer", column)
    op.create_index("ix_customer_tenant_same_as", "customer", ["tenant", "same_as"])
    create_tenant_table(
        "ending",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("ended", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        key=["conversation"],
    )
    create_tenant_table(
        "article",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.UniqueConstraint("tenant", "name"),
        key=["id"],
    )
