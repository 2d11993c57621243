"""Muted cards, what teams settle about cards, and which rule an answer was about."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Answers of before say nothing of it: what they were about is sealed, and they count for nothing.
    op.add_column("card_answer", sa.Column("rule", sa.Text))
    op.add_column("card_answer", sa.Column("kind", sa.Text))
    create_tenant_table(
        "card_mute",
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("muted", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        key=["id"],
    )
    op.create_index("ix_card_mute_tenant_conversation", "card_mute", ["tenant", "conversation"])
    create_tenant_table(
        "card_settled",
        sa.Column("id", Id, nullable=False),
        sa.Column("team", Id, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("against", sa.Integer, nullable=False),
        sa.Column("settled_by", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("until", Moment),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended_at", Moment),
        to("team", ["team"], ["id"]),
        sa.UniqueConstraint("tenant", "number"),
        key=["id"],
    )
    op.create_index("ix_card_settled_tenant_team", "card_settled", ["tenant", "team"])
