"""When the labels of a conversation were dropped."""

import sqlalchemy as sa

from levelhead.storage.columns import Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_tenant_table(
        "labels_end",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        key=["conversation"],
    )
