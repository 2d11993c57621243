"""What is wrong is found out without a turn, and is over as soon as it is over."""

from collections.abc import Callable
from contextlib import suppress

import anyio
import pytest

from levelhead.listening.reader import Reader
from levelhead.live.condition import Condition, Part, Watch
from levelhead.models import load
from levelhead.storage import pulse
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep
from tests.postgresql import PostgreSQL


class Readers:
    """Desks without a model, as far as the watch can tell."""

    reader: Reader | None = None

    def read_with(self, reader: Reader) -> None:
        self.reader = reader


def watch(library: Library, condition: Condition, disk_low_mb: int = 0, readers: Readers | None = None) -> Watch:
    return Watch(condition, library.database, readers or Readers(), disk_low_mb=disk_low_mb, load=load)


def test_a_healthy_database_has_no_trouble(library: Library) -> None:
    condition = Condition()
    watch(library, condition).look()
    assert set(condition.troubles.values()) == {None}
    assert condition.is_ready


def test_after_a_refusal_trouble_lasts_until_the_database_takes_something_again(library: Library) -> None:
    condition = Condition(cannot_keep="The disk is full.")
    assert not condition.is_ready
    watch(library, condition).look()
    assert condition.cannot_keep is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_trouble_stays_while_the_disk_is_full(library: Library, full_disk: Callable[[bool], None]) -> None:
    condition = Condition(cannot_keep="The disk is full.")
    full_disk(True)
    watch(library, condition).look()
    assert condition.cannot_keep is not None
    assert condition.cannot_keep.startswith("The disk is full")
    full_disk(False)
    watch(library, condition).look()
    assert condition.is_ready


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_is_found_out_without_a_turn_and_so_is_its_return(
    library: Library, postgresql: PostgreSQL
) -> None:
    condition = Condition()
    postgresql.stop()
    watch(library, condition).look()
    assert condition.troubles[Part.DATABASE] is not None
    postgresql.start()
    watch(library, condition).look()
    assert condition.is_ready


def test_what_is_written_to_find_out_is_taken_away_again(library: Library) -> None:
    pulse.check_takes(library.database)
    with library.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT length(weight) FROM pulse").scalar_one() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_disk_that_is_nearly_full_is_said_and_turns_are_kept(library: Library) -> None:
    condition = Condition()
    watch(library, condition, disk_low_mb=10**9).look()
    assert "The disk is nearly full" in str(condition.troubles[Part.DISK])
    assert condition.is_ready
    watch(library, condition, disk_low_mb=0).look()
    assert condition.troubles[Part.DISK] is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_model_that_comes_back_is_read_with(library: Library) -> None:
    condition, readers = Condition(cannot_read="The model is missing."), Readers()
    watch(library, condition, readers=readers).look_closer()
    assert readers.reader is not None
    assert condition.troubles[Part.MODEL] is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_tables_of_another_version_make_it_unready(library: Library) -> None:
    condition, readers = Condition(), Readers()
    readers.reader = load()
    with library.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    watch(library, condition, readers=readers).look_closer()
    assert condition.troubles[Part.MIGRATIONS] is not None
    assert not condition.is_ready


def test_the_watch_looks_until_it_is_stopped(library: Library) -> None:
    condition = Condition(cannot_keep="The disk is full.")
    looked = watch(library, condition)

    async def until_ready() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(looked.run)
            with anyio.fail_after(60):
                while not condition.is_ready:
                    await anyio.lowlevel.checkpoint()
            tasks.cancel_scope.cancel()

    with suppress(CannotKeep):
        anyio.run(until_ready)
    assert condition.is_ready
