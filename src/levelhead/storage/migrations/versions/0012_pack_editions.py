"""Editions of packs: what a tenant has made of those that come with Levelhead."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "pack_edition",
        sa.Column("id", Id, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("back_to", sa.Integer),
        sa.Column("settled_by", sa.Text),
        sa.Column("settled_at", Moment),
        sa.Column("ended_at", Moment),
        sa.UniqueConstraint("tenant", "pack", "number"),
        key=["id"],
    )
    op.create_index("ix_pack_edition_tenant_state", "pack_edition", ["tenant", "state"])
