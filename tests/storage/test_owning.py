"""What the owner of a PostgreSQL database sets up, and what Levelhead refuses to work without."""

import traceback
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import make_url

from levelhead.people.team import Rollout
from levelhead.storage.library import Library
from levelhead.storage.owning import prepare
from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs
from levelhead.storage.teams import Teams
from tests.postgresql import PostgreSQL


@pytest.fixture
def empty(postgresql: PostgreSQL) -> Iterator[str]:
    name = postgresql.empty()
    yield name
    postgresql.drop(name)


@pytest.fixture
def ready(postgresql: PostgreSQL) -> Iterator[str]:
    name = postgresql.ready()
    yield name
    postgresql.drop(name)


def test_a_database_nobody_prepared_is_refused(postgresql: PostgreSQL, empty: str) -> None:
    with pytest.raises(NotOurs, match="run `levelhead migrate`"):
        Library.open(postgresql.application(empty))


def test_preparing_again_changes_nothing(postgresql: PostgreSQL, ready: str) -> None:
    for _ in range(2):
        prepare(postgresql.owner(ready), postgresql.application(ready))
    library = Library.open(postgresql.application(ready))
    assert [tenant.slug for tenant in library.tenants()] == ["default"]
    library.close()


def test_an_owner_who_is_held_by_the_walls_too_can_prepare_and_migrate(postgresql: PostgreSQL, empty: str) -> None:
    owner = f"owner_of_{empty}"
    postgresql.say(f"CREATE ROLE {owner} LOGIN CREATEROLE; ALTER DATABASE {empty} OWNER TO {owner}")
    url = make_url(postgresql.owner(empty)).set(username=owner).render_as_string()
    application = make_url(postgresql.application(empty)).set(username=f"app_of_{empty}", password="a'b\"c\\ 1")
    for _ in range(2):
        prepare(url, application.render_as_string(hide_password=False))
    library = Library.open(application.render_as_string(hide_password=False))
    assert len(library.tenants()) == 1
    library.close()


@pytest.mark.parametrize("whose", ["superuser", "owner", "one of the owners", "one who passes"])
def test_a_role_that_could_pass_the_walls_is_refused(postgresql: PostgreSQL, ready: str, whose: str) -> None:
    role = f"{whose.replace(' ', '_')}_{ready}"
    url = make_url(postgresql.owner(ready)).set(username=role).render_as_string()
    postgresql.say(f"CREATE ROLE {role} LOGIN {'SUPERUSER' if whose == 'superuser' else ''}", ready)
    prepare(postgresql.owner(ready), url)
    if whose == "owner":
        postgresql.say(f"ALTER TABLE turn OWNER TO {role}", ready)
    if whose == "one of the owners":
        postgresql.say(f"GRANT postgres TO {role}", ready)
    if whose == "one who passes":
        postgresql.say(f"ALTER ROLE {role} BYPASSRLS", ready)
    with pytest.raises(NotOurs, match="may pass row-level security"):
        Library.open(url)
    if whose == "owner":
        postgresql.say("ALTER TABLE turn OWNER TO postgres", ready)


@pytest.mark.parametrize("wall", ["NO FORCE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"])
def test_a_wall_that_was_taken_down_is_missed(postgresql: PostgreSQL, ready: str, wall: str) -> None:
    postgresql.say(f"ALTER TABLE reading {wall}", ready)
    with pytest.raises(NotOurs, match="not in force for reading"):
        Library.open(postgresql.application(ready))
    prepare(postgresql.owner(ready), postgresql.application(ready))
    Library.open(postgresql.application(ready)).close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET deed = 'nothing'",
        "DELETE FROM audit",
        "TRUNCATE turn",
        "DROP POLICY of_one_tenant ON turn",
        "ALTER TABLE turn DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (id int)",
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM tenant",
        "SET ROLE postgres",
    ],
)
def test_the_application_may_not_do_what_it_never_has_to(postgresql: PostgreSQL, ready: str, statement: str) -> None:
    with psycopg.connect(postgresql.application(ready)) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


def test_nobody_prepares_a_database_while_a_levelhead_writes_there(postgresql: PostgreSQL, ready: str) -> None:
    library = Library.open(postgresql.application(ready))
    with pytest.raises(AlreadyOpen, match="Another Levelhead is writing to postgresql://levelhead_app@/"):
        Library.open(postgresql.application(ready))
    with pytest.raises(AlreadyOpen):
        prepare(postgresql.owner(ready), postgresql.application(ready))
    beside = Library.open(postgresql.application(ready), read_only=True)
    with pytest.raises(CannotKeep, match="write-protected"):
        beside.add_tenant("Kettles Ltd", "kettles")
    beside.close()
    library.close()
    Library.open(postgresql.application(ready)).close()


def add_team(library: Library, name: str) -> None:
    Teams(library.shelf(library.first.id)).add(name, Rollout.ON)


def test_after_the_server_was_restarted_the_same_process_writes_on_and_no_other(
    postgresql: PostgreSQL, ready: str
) -> None:
    url = postgresql.application(ready)
    library = Library.open(url)
    postgresql.stop()
    with pytest.raises(CannotKeep, match="cannot be reached, so this was not kept"):
        add_team(library, "Day")
    postgresql.start()
    add_team(library, "Night")
    with pytest.raises(AlreadyOpen):
        Library.open(url)
    library.close()


def test_a_claim_that_another_took_meanwhile_is_not_written_over(postgresql: PostgreSQL, ready: str) -> None:
    url = postgresql.application(ready)
    library = Library.open(url)
    postgresql.stop()
    postgresql.start()
    other = Library.open(url)
    with pytest.raises(CannotKeep, match="Until then, nothing is kept here"):
        add_team(library, "Day")
    other.close()
    add_team(library, "Night")
    library.close()


def test_a_refusal_repeats_nothing_of_the_row(postgresql: PostgreSQL, ready: str) -> None:
    library = Library.open(postgresql.application(ready))
    add_team(library, "Mr Doyle")
    for name in ("Mr Doyle", "Mr Doyle\0"):
        with pytest.raises(CannotKeep, match="so this was not kept") as refused:
            add_team(library, name)
        assert "Doyle" not in "".join(traceback.format_exception(refused.value))
    library.close()


def test_a_server_that_is_not_there_is_said_plainly(postgresql: PostgreSQL) -> None:
    with pytest.raises(CannotKeep, match="cannot be reached"):
        Library.open("postgresql://levelhead@127.0.0.1:1/levelhead")


def test_the_password_itself_is_never_sent(postgresql: PostgreSQL, ready: str) -> None:
    postgresql.say(f"ALTER DATABASE {ready} SET log_statement = 'all'")
    url = make_url(postgresql.application(ready)).set(username=f"sealed_{ready}", password="correct horse battery")
    prepare(postgresql.owner(ready), url.render_as_string(hide_password=False))
    assert "ALTER ROLE" in postgresql.log
    assert "horse" not in postgresql.log
    with psycopg.connect(postgresql.owner(ready)) as connection:
        sealed = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (f"sealed_{ready}",))
        assert str(sealed.fetchone()).startswith("('SCRAM-SHA-256$")


def test_only_postgresql_has_an_owner() -> None:
    with pytest.raises(NotOurs, match="brought up to date by `levelhead serve` itself"):
        prepare("sqlite:////srv/levelhead.db", "sqlite:////srv/levelhead.db")
