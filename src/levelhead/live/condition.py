"""How this Levelhead is: what it cannot do right now, found out again and again, so that it recovers by itself."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog
from anyio import sleep, to_thread

from levelhead.listening.reader import Reader
from levelhead.live.opening import reader_or_none
from levelhead.storage import pulse
from levelhead.storage.database import Database
from levelhead.storage.refusals import CannotKeep

log = structlog.get_logger(__name__)

LOOK_S = 5.0
"""Between two looks: a person who made room sees the banner go before they look away."""
SELDOM = 12
"""Looks between two of what costs more, a minute: loading a missing model, comparing the version of the tables."""
_MEGABYTE = 2**20
OTHER_VERSION = "The tables are not those of this version; run `levelhead migrate` and start again."


class Part(StrEnum):
    """What Levelhead needs; without the model it keeps turns, without any other it does not."""

    DATABASE = "database"
    MIGRATIONS = "migrations"
    DISK = "disk"
    MODEL = "model"


@dataclass(slots=True)
class Condition:
    """What is wrong right now, each in one sentence; None where nothing is.

    `cannot_keep`: the last try to keep something failed; `cannot_read`: the model is missing; `disk_low_mb`: megabytes
    that are left on a disk which is nearly full.
    """

    cannot_keep: str | None = None
    cannot_read: str | None = None
    disk_low_mb: int | None = None
    other_version: str | None = None

    @property
    def troubles(self) -> dict[Part, str | None]:
        """What is wrong with each part."""
        low = None if self.disk_low_mb is None else f"The disk is nearly full: {self.disk_low_mb} MB are left."
        return {
            Part.DATABASE: self.cannot_keep,
            Part.MIGRATIONS: self.other_version,
            Part.DISK: low,
            Part.MODEL: self.cannot_read,
        }

    @property
    def is_ready(self) -> bool:
        """Whether turns can be kept."""
        return self.cannot_keep is None and self.other_version is None


class Readers(Protocol):
    """Whoever reads with the model: is given one that came late."""

    @property
    def reader(self) -> Reader | None:
        """What is read with; None while there is none."""

    def read_with(self, reader: Reader) -> None:
        """Read with this from now on."""


class Watch:
    """Looks after the condition until it is cancelled."""

    def __init__(
        self,
        condition: Condition,
        database: Database,
        readers: Readers,
        *,
        disk_low_mb: int,
        load: Callable[[], Reader | None] = reader_or_none,
    ) -> None:
        self._condition = condition
        self._database = database
        self._readers = readers
        self._disk_low_mb = disk_low_mb
        self._load = load

    async def run(self) -> None:
        """Look, for ever."""
        looks = 0
        while True:
            await sleep(LOOK_S)
            looks += 1
            await to_thread.run_sync(self.look)
            if looks % SELDOM == 0:
                await to_thread.run_sync(self.look_closer)

    def look(self) -> None:
        """Find out how the database and its disk are. In doubt something is written, else only read."""
        condition, was = self._condition, self._condition.cannot_keep
        try:
            if was is None:
                pulse.check_answers(self._database)
            else:
                pulse.check_takes(self._database)
            condition.cannot_keep = None
        except CannotKeep as refused:
            condition.cannot_keep = str(refused)
        free = pulse.free_bytes(self._database)
        low = free is not None and free < self._disk_low_mb * _MEGABYTE
        condition.disk_low_mb = free // _MEGABYTE if free is not None and low else None
        if condition.cannot_keep != was:
            log.warning("The condition of the database has changed", trouble=condition.cannot_keep)

    def look_closer(self) -> None:
        """Find out whether the tables are still ours, and read again where a missing model has come back."""
        with suppress(CannotKeep):
            newest = pulse.is_of_this_version(self._database)
            self._condition.other_version = None if newest else OTHER_VERSION
        reader = self._load() if self._readers.reader is None else None
        if reader is not None:
            self._readers.read_with(reader)
            self._condition.cannot_read = None
            log.warning("The reading model is there, so turns are read again")
