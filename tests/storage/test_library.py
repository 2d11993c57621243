"""One database holds the books of every tenant, and each is asked for by its own."""

import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.columns import new_id
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep, NotOurs, UnknownTenant
from levelhead.storage.teams import Teams


def test_a_first_tenant_and_its_team_are_there_from_the_first_start_and_made_once(database_url: str) -> None:
    for _ in range(2):
        library = Library.open(database_url)
        (tenant,) = library.tenants()
        (team,) = Teams(library.shelf(tenant.id)).all()
        assert (library.first, tenant.slug, team.rollout) == (tenant, "default", Rollout.ON)
        library.close()


def test_a_tenant_is_known_by_its_slug(library: Library) -> None:
    kettles = library.add_tenant("Kettles Ltd", "kettles")
    assert library.tenant("kettles") == kettles
    with pytest.raises(UnknownTenant, match="no tenant 'toasters'"):
        library.tenant("toasters")
    with pytest.raises(CannotKeep, match=r"(?i)unique"):
        library.add_tenant("Other kettles", "kettles")
    assert [tenant.name for tenant in library.tenants()] == ["Our team", "Kettles Ltd"]


def test_a_tenants_books_are_always_the_same_ones(library: Library) -> None:
    kettles = library.add_tenant("Kettles Ltd", "kettles")
    assert library.of(kettles.id) is library.of(kettles.id)
    assert library.of(kettles.id) is not library.of(library.first.id)


def test_ids_sort_in_the_order_in_which_they_were_made() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(library: Library, hours: int) -> None:
    moment = datetime(2026, 11, 22, 23, 59, 59, 1, tzinfo=timezone(timedelta(hours=hours)))
    row = {"id": new_id(), "name": "Kettles Ltd", "slug": "kettles", "made_at": moment}
    with library.database.writing() as connection:
        connection.execute(insert(tables.tenant), row)
    with library.database.reading() as connection:
        found = connection.scalar(select(tables.tenant.c.made_at).where(tables.tenant.c.slug == "kettles"))
    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(library: Library) -> None:
    row = {"id": new_id(), "name": "Kettles Ltd", "slug": "kettles", "made_at": datetime(2026, 11, 22)}  # noqa: DTZ001
    with library.database.writing() as connection, pytest.raises(StatementError, match="without a zone"):
        connection.execute(insert(tables.tenant), row)


def test_without_the_driver_it_is_said_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NotOurs, match="needs a driver; type: pip install"):
        Library.open("postgresql://levelhead@localhost/levelhead")
