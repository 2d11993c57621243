"""A backup holds what the database held at one moment, is read again before it counts, and comes back whole."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from levelhead.conversation import Timeline
from levelhead.storage import backup_postgresql, backup_sqlite
from levelhead.storage.backup import back_up, restore
from levelhead.storage.library import Library
from levelhead.storage.refusals import AlreadyOpen, CannotKeep, Differs, NotOurs
from tests.people import mr_doyle, the_late_refund
from tests.postgresql import PostgreSQL
from tests.storage.test_books import heard, keep

REFUND = "the-late-refund"


@dataclass(frozen=True, slots=True)
class Place:
    """A database: where the application finds it, and where who may see all of it does."""

    application: str
    owner: str


@pytest.fixture
def place(request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A database that has heard the late refund, its Levelhead stopped."""
    library = Library.open(database_url)
    keep(library.of(library.first.id), *(heard(turn) for turn in the_late_refund()))
    name = library.database.engine.url.database
    library.close()
    if database_url.startswith("sqlite"):
        return Place(database_url, database_url)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    monkeypatch.setenv("PATH", str(server.bin), prepend=":")
    return Place(database_url, server.owner(str(name)))


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Place]:
    """A second place of the same kind, with nothing in it."""
    if place.owner.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'elsewhere' / 'levelhead.db'}"
        yield Place(url, url)
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.empty()
    yield Place(server.application(name), server.owner(name))
    server.drop(name)


def refund_at(place: Place) -> Timeline:
    library = Library.open(place.application)
    with closing(library):
        return library.of(library.first.id).timeline(REFUND)


def test_a_backup_of_a_running_levelhead_comes_back_elsewhere(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    library = Library.open(place.application)
    rows = back_up(place.owner, copy)
    keep(library.of(library.first.id), heard(mr_doyle("After the backup", 99)))
    library.close()
    assert (rows["turn"], rows["team"], rows["alembic_version"]) == (12, 1, 1)
    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    assert restore(copy, elsewhere.owner, elsewhere.application) == rows
    assert [kept.turn for kept in refund_at(elsewhere)] == list(the_late_refund())
    assert len(refund_at(place)) == 13


def test_a_restore_replaces_only_what_it_is_told_to(place: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(place.owner, copy)
    library = Library.open(place.application)
    keep(library.of(library.first.id), heard(mr_doyle("After the backup", 99)))
    library.add_tenant("Kettles Ltd", "kettles")
    with pytest.raises(AlreadyOpen):
        restore(copy, place.owner, place.application, replace=True)
    library.close()
    with pytest.raises(NotOurs, match="Give --replace"):
        restore(copy, place.owner, place.application)
    assert len(refund_at(place)) == 13
    restore(copy, place.owner, place.application, replace=True)
    assert len(refund_at(place)) == 12


def test_a_backup_never_takes_the_place_of_a_file(place: Place, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("my diary")
    with pytest.raises(NotOurs, match="is there already"):
        back_up(place.owner, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "my diary"


def test_what_is_no_backup_is_not_put_in_place_of_anything(place: Place, tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="There is no backup at"):
        restore(tmp_path / "nothing", place.owner, place.application, replace=True)
    (tmp_path / "diary").write_text("Dear diary, " * 1000)
    with pytest.raises(NotOurs, match="is no "):
        restore(tmp_path / "diary", place.owner, place.application, replace=True)
    assert len(refund_at(place)) == 12


def test_a_backup_that_lacks_a_row_is_thrown_away(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = backup_sqlite if place.owner.startswith("sqlite") else backup_postgresql
    counted: Callable[[Any], dict[str, int]] = module._rows
    calls: list[object] = []

    def one_more_at_first(connection: object) -> dict[str, int]:
        calls.append(connection)
        rows = counted(connection)
        return rows | {"turn": rows["turn"] + 1} if len(calls) == 1 else rows

    monkeypatch.setattr(module, "_rows", one_more_at_first)
    with pytest.raises(Differs, match="thrown away"):
        back_up(place.owner, tmp_path / "copy")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("copy")]


def test_a_backup_that_cannot_be_written_is_said_plainly(place: Place, tmp_path: Path) -> None:
    with pytest.raises(CannotKeep, match="cannot be written: No such file"):
        back_up(place.owner, tmp_path / "no" / "such" / "folder" / "copy")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_file_is_not_backed_up_as_if_it_were_whole(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "levelhead.db"
    with closing(sqlite3.connect(file)) as broken:
        broken.execute("PRAGMA foreign_keys = OFF")
        broken.execute("DELETE FROM conversation")
        broken.commit()
    with pytest.raises(Differs, match="is damaged"):
        back_up(place.owner, tmp_path / "copy")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_log_of_the_replaced_file_does_not_reach_into_the_new_one(place: Place, tmp_path: Path) -> None:
    back_up(place.owner, tmp_path / "copy")
    (tmp_path / "killed").mkdir()
    library = Library.open(place.application)
    keep(library.of(library.first.id), heard(mr_doyle("After the backup", 99)))
    for path in tmp_path.glob("levelhead.db*"):  # As kill -9 leaves them, the newest turn in the log only.
        shutil.copy(path, tmp_path / "killed" / path.name)
    library.close()
    assert (tmp_path / "killed" / "levelhead.db-wal").stat().st_size
    killed = f"sqlite:///{tmp_path / 'killed' / 'levelhead.db'}"
    restore(tmp_path / "copy", killed, killed, replace=True)
    assert len(refund_at(Place(killed, killed))) == 12


def test_a_file_that_is_not_there_cannot_be_backed_up(tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="no Levelhead database"):
        back_up(f"sqlite:///{tmp_path / 'levelhead.db'}", tmp_path / "copy")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_role_that_sees_one_tenant_at_a_time_cannot_back_up(place: Place, tmp_path: Path) -> None:
    with pytest.raises(NotOurs, match="The role levelhead_app cannot see every tenant's rows"):
        back_up(place.application, tmp_path / "copy")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_missing_programs_are_named(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotOurs, match="pg_dump is not there; install PostgreSQL's client programs"):
        back_up(place.owner, tmp_path / "copy")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restore_that_breaks_off_leaves_everything_as_it_was(
    place: Place, postgresql: PostgreSQL, tmp_path: Path
) -> None:
    back_up(place.owner, tmp_path / "copy")
    name = place.owner.split("/")[-1].split("?")[0]
    postgresql.say(
        "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;"
        "CREATE EVENT TRIGGER no ON ddl_command_end WHEN TAG IN ('CREATE POLICY') EXECUTE FUNCTION no()",
        name,
    )
    with pytest.raises(CannotKeep, match=r"psql could not do it: .*not now"):
        restore(tmp_path / "copy", place.owner, place.application, replace=True)
    assert len(refund_at(place)) == 12
