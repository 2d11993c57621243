"""People: who signs in, with what and for how long; what programs call with; who holds a conversation."""

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_people()
    _create_what_people_sign_in_with()
    _create_sessions()
    _create_tokens()
    _create_invitations()
    # Without a reference: SQLite adds none to a table that is there, and people are never taken out.
    op.add_column("conversation", sa.Column("holder", Id))


def _create_people() -> None:
    create_tenant_table(
        "person",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown_as", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("is_demo", sa.Integer, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("disabled_at", Moment),
        sa.UniqueConstraint("tenant", "name"),
        key=["id"],
    )
    create_tenant_table(
        "membership",
        sa.Column("person", Id, nullable=False),
        sa.Column("team", Id, nullable=False),
        to("person", ["person"], ["id"], ondelete="CASCADE"),
        to("team", ["team"], ["id"], ondelete="CASCADE"),
        key=["person", "team"],
    )


def _create_what_people_sign_in_with() -> None:
    create_tenant_table(
        "credential",
        sa.Column("person", Id, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        to("person", ["person"], ["id"], ondelete="CASCADE"),
        key=["person"],
    )
    create_tenant_table(
        "identity",
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("person", Id, nullable=False),
        to("person", ["person"], ["id"], ondelete="CASCADE"),
        key=["issuer", "subject"],
    )
    create_tenant_table(
        "sign_in_failure",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        key=["kind", "subject"],
    )


def _create_sessions() -> None:
    create_tenant_table(
        "session",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        to("person", ["person"], ["id"], ondelete="CASCADE"),
        sa.UniqueConstraint("tenant", "digest"),
        key=["id"],
    )
    op.create_index("ix_session_tenant_person", "session", ["tenant", "person"])


def _create_tokens() -> None:
    create_tenant_table(
        "api_token",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("team", Id),
        sa.Column("made_by", Id),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("last_used_at", Moment),
        sa.Column("ended_at", Moment),
        to("team", ["team"], ["id"]),
        to("person", ["made_by"], ["id"]),
        sa.UniqueConstraint("tenant", "digest"),
        key=["id"],
    )


def _create_invitations() -> None:
    create_tenant_table(
        "invitation",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        to("person", ["person"], ["id"], ondelete="CASCADE"),
        sa.UniqueConstraint("tenant", "digest"),
        key=["id"],
    )
