"""The audit says who, and is sealed as a chain; what was there is sealed first, in its order."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("who", sa.Text))
    create_tenant_table(
        "audit_seal",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("audit", Id, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        to("audit", ["audit"], ["id"]),
        sa.UniqueConstraint("tenant", "audit"),
        key=["number"],
    )
    create_tenant_table(
        "audit_waiting",
        sa.Column("audit", Id, nullable=False),
        to("audit", ["audit"], ["id"]),
        key=["audit"],
    )
    op.execute("INSERT INTO audit_waiting (tenant, audit) SELECT tenant, id FROM audit")
