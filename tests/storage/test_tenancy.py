"""No statement reaches another tenant's rows: by what is added to it, and on PostgreSQL by the server as well."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    Delete,
    Executable,
    Table,
    UniqueConstraint,
    Update,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from levelhead.people.team import Rollout, Tenant
from levelhead.storage import tables, tenancy
from levelhead.storage.columns import Id, new_id
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.teams import Teams
from levelhead.storage.tenancy import OF_A_TENANT, NoTenant
from tests.people import mr_doyle, the_late_refund
from tests.storage.test_books import heard, keep

TENANTS_TABLES = [table for table in tables.metadata.sorted_tables if OF_A_TENANT in table.info]
team, conversation, turn, reading = tables.team, tables.conversation, tables.turn, tables.reading

Found = list[tuple[Any, ...]]


@pytest.fixture
def toasters(library: Library) -> Tenant:
    """A tenant that has heard one turn."""
    tenant = library.add_tenant("Toasters plc", "toasters")
    keep(library.of(tenant.id), heard(mr_doyle("Hello?")))
    return tenant


@pytest.fixture
def kettles(library: Library, toasters: Tenant) -> Callable[[], Tenant]:
    """Has another tenant hear all of the late refund, in a conversation of the same name."""

    def move_in() -> Tenant:
        tenant = library.add_tenant("Kettles Ltd", "kettles")
        keep(library.of(tenant.id), *(heard(turn) for turn in the_late_refund()))
        return tenant

    return move_in


def seen(library: Library, tenant: Tenant, statement: Executable) -> Found:
    with library.shelf(tenant.id).reading() as connection:
        return sorted(tuple(row) for row in connection.execute(statement))


def test_every_table_that_names_a_tenant_is_held_to_it() -> None:
    naming = {table.name for table in tables.metadata.sorted_tables if "tenant" in table.c}
    assert naming == {table.name for table in TENANTS_TABLES}


@pytest.mark.parametrize("table", TENANTS_TABLES, ids=lambda table: table.name)
def test_the_tenant_comes_first_in_every_key_index_and_reference(table: Table) -> None:
    unique = [found for found in table.constraints if isinstance(found, UniqueConstraint)]
    keys = [*unique, *table.foreign_key_constraints, table.primary_key]
    columns = [*(key.columns for key in keys), *(index.columns for index in table.indexes)]
    assert {next(iter(of_key)).name for of_key in columns} == {"tenant"}


STATEMENTS: dict[str, Any] = {
    "columns": select(turn.c.n),
    "an alias": select(turn.alias("said").c.n),
    "a count": select(func.count()).select_from(turn),
    "a join": select(turn.c.n, reading.c.n).join(reading, true()),
    "an outer join": select(turn.c.n, reading.c.n).outerjoin(reading, true()),
    "the left of an outer join": select(team.c.name, turn.c.n).select_from(turn.outerjoin(team, true())),
    "a join within a join": select(turn.c.n).select_from(turn.join(reading.join(conversation, true()), true())),
    "two tables": select(turn.c.n, reading.c.n).where(turn.c.n <= reading.c.n),
    "a subquery": select(select(turn.c.n).subquery()),
    "a value": select(select(func.count()).select_from(turn).scalar_subquery()),
    "a common table": select(select(turn.c.n).cte("said")),
    "a union": union_all(select(turn.c.n), select(reading.c.n)),
    "exists": select(turn.c.n).where(exists().where(reading.c.n == turn.c.n)),
    "in": select(turn.c.n).where(turn.c.n.in_(select(reading.c.n))),
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_tenant_sees_what_it_would_see_alone(
    library: Library, toasters: Tenant, kettles: Callable[[], Tenant], statement: Executable
) -> None:
    alone = seen(library, toasters, statement)
    assert alone
    assert seen(library, kettles(), statement) != alone
    assert seen(library, toasters, statement) == alone


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_with_the_filter_removed_postgresql_still_lets_nothing_through(
    library: Library,
    toasters: Tenant,
    kettles: Callable[[], Tenant],
    statement: Executable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = seen(library, toasters, statement)
    kettles()
    monkeypatch.setattr(tenancy, "only_mine", lambda _: ())
    library.database.engine.clear_compiled_cache()
    holds = seen(library, toasters, statement) == alone
    assert holds == (library.database.engine.dialect.name == "postgresql")


def test_an_outer_join_keeps_its_left_row_where_only_another_tenant_has_a_right_one(
    library: Library, toasters: Tenant, kettles: Callable[[], Tenant]
) -> None:
    kettles()
    with library.shelf(toasters.id).reading() as connection:
        joined = select(turn.c.n, reading.c.n).outerjoin(reading, reading.c.n == turn.c.n + 5)
        assert [tuple(row) for row in connection.execute(joined)] == [(0, None)]


CHANGES: dict[str, Update | Delete] = {
    "update": update(reading).values(emotion="calm"),
    "update where": update(reading).where(reading.c.n.in_(select(turn.c.n))).values(emotion="calm"),
    "delete": delete(turn),
    "delete of all that hangs on it": delete(conversation).where(conversation.c.id == "the-late-refund"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("filtered", [True, False])
def test_a_tenant_changes_and_removes_only_its_own(
    library: Library,
    toasters: Tenant,
    kettles: Callable[[], Tenant],
    change: Update | Delete,
    filtered: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = kettles()
    everything = select(turn.c.n, reading.c.emotion).join(reading)
    before = seen(library, other, everything)
    with monkeypatch.context() as patch:
        if not filtered:
            patch.setattr(tenancy, "only_mine", lambda _: ())
        with library.shelf(toasters.id).writing() as connection:
            connection.execute(change)
    library.database.engine.clear_compiled_cache()
    untouched = seen(library, other, everything) == before
    assert untouched == (filtered or library.database.engine.dialect.name == "postgresql")


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_added_belongs_to_the_tenant_of_the_transaction(library: Library, toasters: Tenant, rows: int) -> None:
    new = [{"id": new_id(), "name": f"Team {number}", "rollout": "off"} for number in range(rows)]
    with library.shelf(toasters.id).writing() as connection:
        connection.execute(insert(team), new)
    assert len(Teams(library.shelf(toasters.id)).all()) == 1 + rows
    assert len(Teams(library.shelf(library.first.id)).all()) == 1


def test_rows_that_are_copied_are_read_and_added_for_the_tenant_of_the_transaction(
    library: Library, toasters: Tenant
) -> None:
    copied = select(literal(new_id(), Id()), literal("Copy of ") + team.c.name, team.c.rollout)
    with library.shelf(library.first.id).writing() as connection:
        connection.execute(insert(team).from_select(["id", "name", "rollout"], copied))
    assert [found.name for found in Teams(library.shelf(library.first.id)).all()] == ["Our team", "Copy of Our team"]
    assert [found.name for found in Teams(library.shelf(toasters.id)).all()] == ["Toasters plc"]


def test_what_is_there_already_is_renewed_for_its_own_tenant(library: Library, toasters: Tenant) -> None:
    on_sqlite = library.database.engine.dialect.name == "sqlite"
    night = {"id": new_id(), "name": "Night", "rollout": "off"}
    for tenant, rollout in ((toasters, "on"), (library.first, "off"), (toasters, "shadow")):
        renewed = (sqlite.insert(team) if on_sqlite else postgresql.insert(team)).values(night | {"rollout": rollout})
        with library.shelf(tenant.id).writing() as connection:
            connection.execute(
                renewed.on_conflict_do_update(index_elements=["tenant", "name"], set_={"rollout": rollout})
            )
    assert [found.rollout for found in Teams(library.shelf(toasters.id)).all()] == ["on", "shadow"]
    assert [found.rollout for found in Teams(library.shelf(library.first.id)).all()] == ["on", "off"]


@pytest.mark.parametrize(
    "statement",
    [
        insert(team).values(tenant=new_id(), id=new_id(), name="Theirs", rollout="off"),
        update(team).values(tenant=new_id()),
        update(team).where(team.c.id == conversation.c.team).values(name="Ours"),
        delete(team).where(team.c.id == conversation.c.team),
        select(team).join(conversation, full=True),
        text("SELECT * FROM team"),
    ],
    ids=["a row of another", "giving away", "update from", "delete from", "a full join", "SQL as text"],
)
def test_what_cannot_be_held_to_one_tenant_is_refused(library: Library, statement: Executable) -> None:
    with library.shelf(library.first.id).writing() as connection, pytest.raises(NoTenant):
        connection.execute(statement)


def test_a_row_of_another_tenant_is_refused_however_it_is_named(library: Library, toasters: Tenant) -> None:
    row = {"tenant": toasters.id, "id": new_id(), "name": "Theirs", "rollout": "off"}
    with library.shelf(library.first.id).writing() as connection, pytest.raises(NoTenant):
        connection.execute(insert(team), row)


@pytest.mark.parametrize("statement", [select(team), delete(team), update(team).values(name="Ours")])
def test_a_tenants_table_cannot_be_spoken_of_for_nobody(library: Library, statement: Executable) -> None:
    with library.database.writing() as connection, pytest.raises(StatementError, match="NoTenant"):
        connection.execute(statement)
    assert Teams(library.shelf(library.first.id)).all()[0].name == "Our team"


def test_one_statement_serves_every_tenant_in_turn(
    library: Library, toasters: Tenant, kettles: Callable[[], Tenant]
) -> None:
    other, statement = kettles(), select(func.count()).select_from(turn)
    for _ in range(3):
        assert (seen(library, toasters, statement), seen(library, other, statement)) == ([(1,)], [(12,)])


def test_the_same_conversation_of_two_tenants_is_two_conversations(
    library: Library, toasters: Tenant, kettles: Callable[[], Tenant]
) -> None:
    other = library.of(kettles().id)
    assert len(other.timeline("the-late-refund")) == 12
    other.remove(["the-late-refund"])
    assert [said.turn.text for said in library.of(toasters.id).timeline("the-late-refund")] == ["Hello?"]


def test_a_team_is_known_by_its_name_within_its_tenant_only(library: Library, toasters: Tenant) -> None:
    ours, theirs = Teams(library.shelf(library.first.id)), Teams(library.shelf(toasters.id))
    night = ours.add("Night", Rollout.OFF)
    assert theirs.add("Night", Rollout.ON).rollout is Rollout.ON
    with pytest.raises(CannotKeep, match=r"(?i)unique"):
        ours.add("Night", Rollout.ON)
    ours.roll_out(night.id, Rollout.SHADOW)
    assert [(found.name, found.rollout) for found in ours.all()] == [("Our team", "on"), ("Night", "shadow")]
