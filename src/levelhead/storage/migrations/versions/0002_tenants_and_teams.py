"""Tenants and teams: every row gets a tenant, first in its key. What was there goes to a first tenant and its team.

Arrivals count within a conversation from here on; numbers that were given before stay as they are.
"""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from levelhead.storage.columns import Id, Moment, new_id
from levelhead.storage.migrations.building import create_tenant_table, to

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHILDREN_FIRST = ("reading", "advice", "card_answer", "turn", "conversation", "audit")
AT_ONCE = 1_000


def upgrade() -> None:
    for table in CHILDREN_FIRST:
        op.execute(f"CREATE TABLE moving_{table} AS SELECT * FROM {table}")  # noqa: S608 - names are our own
        op.drop_table(table)
    _create_tenants()
    _create_conversations()
    _create_turns()
    _create_answers_and_audit()
    if op.get_bind().scalar(sa.text("SELECT EXISTS (SELECT 1 FROM moving_audit)")):
        _move()
    for table in CHILDREN_FIRST:
        op.drop_table(f"moving_{table}")


def _create_tenants() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sqlite_strict=True,
    )
    create_tenant_table(
        "team",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("rollout", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant", "name"),
        key=["id"],
    )


def _create_conversations() -> None:
    create_tenant_table(
        "conversation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("team", Id),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("customer", sa.Text),
        sa.Column("heard_at", Moment, nullable=False),
        to("team", ["team"], ["id"]),
        key=["id"],
    )
    op.create_index("ix_conversation_tenant_heard_at", "conversation", ["tenant", "heard_at"])


def _create_turns() -> None:
    create_tenant_table(
        "turn",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("arrival", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Text),
        sa.Column("heard_at", Moment, nullable=False),
        sa.Column("turn", sa.Text, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        sa.UniqueConstraint("tenant", "conversation", "arrival"),
        sa.UniqueConstraint("tenant", "conversation", "source_id"),
        key=["conversation", "n"],
    )
    _create_of_turn("reading", sa.Column("emotion", sa.Text), sa.Column("intensity", sa.Integer))
    _create_of_turn("advice")


def _create_of_turn(name: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    create_tenant_table(
        name,
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        *columns,
        sa.Column(name, sa.Text, nullable=False),
        to("turn", ["conversation", "n"], ["conversation", "n"], ondelete="CASCADE"),
        key=["conversation", "n"],
    )


def _create_answers_and_audit() -> None:
    create_tenant_table(
        "card_answer",
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", Moment, nullable=False),
        sa.Column("after", sa.Integer, nullable=False),
        to("conversation", ["conversation"], ["id"], ondelete="CASCADE"),
        key=["id"],
    )
    op.create_index("ix_card_answer_tenant_conversation", "card_answer", ["tenant", "conversation"])
    create_tenant_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        key=["id"],
    )


def _move() -> None:
    tenant, team = new_id(), new_id()
    _execute("INSERT INTO tenant VALUES (:tenant, 'Our team', 'default', :now)", tenant)
    _execute("INSERT INTO team VALUES (:tenant, :team, 'Our team', 'on')", tenant, team)
    _execute(
        f"""INSERT INTO conversation (tenant, id, team, channel, locale, customer, heard_at)
            SELECT :tenant, id, :team, channel, locale, customer, {_moment("heard_at")} FROM moving_conversation""",  # noqa: S608
        tenant,
        team,
    )
    _execute(
        f"""INSERT INTO turn (tenant, conversation, n, arrival, source_id, heard_at, turn)
            SELECT :tenant, conversation, n, arrival, source_id, {_moment("heard_at")}, turn FROM moving_turn""",  # noqa: S608
        tenant,
    )
    _execute(
        """INSERT INTO reading (tenant, conversation, n, emotion, intensity, reading)
           SELECT :tenant, t.conversation, t.n, r.emotion, r.intensity, r.reading
           FROM moving_reading r JOIN moving_turn t ON t.arrival = r.arrival""",
        tenant,
    )
    _execute(
        """INSERT INTO advice (tenant, conversation, n, advice)
           SELECT :tenant, t.conversation, t.n, a.advice
           FROM moving_advice a JOIN moving_turn t ON t.arrival = a.arrival""",
        tenant,
    )
    _move_with_new_ids("card_answer", "answered_at", ("conversation", "card", "answer", "after"), tenant)
    _move_with_new_ids("audit", "at", ("deed", "conversation", "subject"), tenant)


def _execute(statement: str, tenant: UUID, team: UUID | None = None) -> None:
    given = (
        sa.bindparam("tenant", tenant, Id()),
        sa.bindparam("team", team, Id()),
        sa.bindparam("now", datetime.now(UTC), Moment()),
    )
    op.get_bind().execute(sa.text(statement).bindparams(*(one for one in given if f":{one.key}" in statement)))


def _moment(column: str) -> str:
    return f"CAST({column} AS timestamptz)" if op.get_bind().dialect.name == "postgresql" else column


def _move_with_new_ids(name: str, at: str, columns: tuple[str, ...], tenant: UUID) -> None:
    """Rows that were counted get an id that sorts as their number did."""
    old = sa.table(f"moving_{name}", sa.column("seq"), sa.column(at), *(sa.column(column) for column in columns))
    new = sa.table(name, sa.column("tenant", Id), sa.column("id", Id), sa.column(at, Moment), *map(sa.column, columns))
    rows = op.get_bind().execute(sa.select(old).order_by(old.c.seq))
    for some in rows.mappings().partitions(AT_ONCE):
        moved = [dict(row) | {at: datetime.fromisoformat(row[at])} for row in some]
        ids = [{"tenant": tenant, "id": _id_of(row[at], row.pop("seq"))} for row in moved]
        op.bulk_insert(new, [row | known for row, known in zip(moved, ids, strict=True)])


def _id_of(moment: datetime, seq: int) -> UUID:
    """A UUIDv7 of that moment, with the row's number where others have chance."""
    milliseconds = int(moment.timestamp() * 1_000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | seq)
