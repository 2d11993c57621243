"""What was heard: conversations, turns, readings, advice, answers to cards, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_conversations()
    _create_turns()
    _create_what_was_made_of_turns()
    _create_answers()
    _create_audit()


def _create_conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("customer", sa.Text),
        sa.Column("heard_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sqlite_strict=True,
    )
    op.create_index("ix_conversation_heard_at", "conversation", ["heard_at"])


def _create_turns() -> None:
    op.create_table(
        "turn",
        sa.Column("arrival", sa.Integer, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Text),
        sa.Column("heard_at", sa.Text, nullable=False),
        sa.Column("turn", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("arrival", name="pk_turn"),
        _of_conversation("turn"),
        sa.UniqueConstraint("conversation", "n", name="uq_turn_conversation_n"),
        sa.UniqueConstraint("conversation", "source_id", name="uq_turn_conversation_source_id"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def _create_what_was_made_of_turns() -> None:
    op.create_table(
        "reading",
        sa.Column("arrival", sa.Integer, nullable=False),
        sa.Column("emotion", sa.Text),
        sa.Column("intensity", sa.Integer),
        sa.Column("reading", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("arrival", name="pk_reading"),
        _of_turn("reading"),
        sqlite_strict=True,
    )
    op.create_table(
        "advice",
        sa.Column("arrival", sa.Integer, nullable=False),
        sa.Column("advice", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("arrival", name="pk_advice"),
        _of_turn("advice"),
        sqlite_strict=True,
    )


def _create_answers() -> None:
    op.create_table(
        "card_answer",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", sa.Text, nullable=False),
        sa.Column("after", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_card_answer"),
        _of_conversation("card_answer"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_card_answer_conversation", "card_answer", ["conversation"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation"
    return sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name=name, ondelete="CASCADE")


def _of_turn(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["arrival"], ["turn.arrival"], name=f"fk_{table}_turn", ondelete="CASCADE")
