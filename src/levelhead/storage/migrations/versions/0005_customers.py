"""Customers and what is theirs to decide: who holds which conversation, sealed values, consent, holds, marks, rules."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_customers()
    _create_sealed()
    _create_consent()
    _create_holds()
    _create_marks()
    create_tenant_table(
        "privacy_rule",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        key=["name"],
    )


def _create_customers() -> None:
    create_tenant_table(
        "customer",
        sa.Column("id", Id, nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("erased_at", Moment),
        sa.UniqueConstraint("tenant", "token"),
        key=["id"],
    )
    create_tenant_table(
        "customer_of",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("customer", Id, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        to("customer", ["customer"], ["id"]),
        key=["conversation"],
    )
    op.create_index("ix_customer_of_tenant_customer", "customer_of", ["tenant", "customer"])


def _create_sealed() -> None:
    create_tenant_table(
        "sealed",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
        key=["conversation", "n", "place"],
    )
    op.create_index("ix_sealed_tenant_token", "sealed", ["tenant", "token"])


def _create_consent() -> None:
    create_tenant_table(
        "consent",
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("noted_by", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        key=["id"],
    )
    op.create_index("ix_consent_tenant_conversation", "consent", ["tenant", "conversation"])


def _create_holds() -> None:
    create_tenant_table(
        "legal_hold",
        sa.Column("id", Id, nullable=False),
        sa.Column("customer", Id),
        sa.Column("conversation", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("placed_by", sa.Text, nullable=False),
        sa.Column("placed_at", Moment, nullable=False),
        sa.Column("lifted_by", sa.Text),
        sa.Column("lifted_at", Moment),
        key=["id"],
    )


def _create_marks() -> None:
    create_tenant_table(
        "label_mark",
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("instead", sa.Text),
        sa.Column("noted_by", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
        key=["id"],
    )
    op.create_index("ix_label_mark_tenant_conversation", "label_mark", ["tenant", "conversation"])
