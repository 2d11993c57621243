"""The database: opened safely, of the newest tables. One process hears turns; commands may write beside it."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import ModuleType
from typing import Protocol, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from levelhead.storage import postgresql, sqlite
from levelhead.storage.migrating import is_newest, migrate
from levelhead.storage.plainly import said_plainly
from levelhead.storage.refusals import NotOurs
from levelhead.storage.tenancy import TENANT, speak_for_one

Found = TypeVar("Found")


class Held(Protocol):
    """What keeps other processes from writing."""

    def close(self) -> object:
        """Let another process write."""


class Database:
    """An open database; `writing` and `reading` are its only doors.

    Behind them, statements reach the rows of the tenant that the door was opened for, and of no other (`tenancy.py`);
    without a tenant, only the tables that belong to nobody.
    """

    def __init__(self, engine: Engine, held: Held | None) -> None:
        speak_for_one(engine)
        self.engine = engine
        self._held = held
        self._make_good = _nothing
        if isinstance(held, postgresql.Claim):
            held.watch(engine)
            self._make_good = held.make_good
        self._is_sqlite = engine.dialect.name == "sqlite"
        # SQLite polls for its write lock with growing pauses; waiting for our own threads here is fair and quicker.
        self._turn_to_write: AbstractContextManager[object] = threading.Lock() if self._is_sqlite else nullcontext()

    @contextmanager
    def writing(self, tenant: UUID | None = None) -> Iterator[Connection]:
        """One transaction: all of it is on disk when this ends, or none of it (CannotKeep)."""
        _moment.set(None)  # Whoever writes in the middle of a moment reads afterwards what was written.
        with self._turn_to_write, said_plainly(), self.engine.connect() as connection:
            self._make_good()
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with self._begun(connection, tenant):
                yield connection

    @contextmanager
    def reading(self, tenant: UUID | None = None) -> Iterator[Connection]:
        """A view of one moment of the database: that of `at_one_moment` within it, else one of its own."""
        moment = _moment.get()
        if moment is not None and moment.is_of(self, tenant):
            yield moment.connection
            return
        with said_plainly(), self.engine.connect() as connection:
            if not self._is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with self._begun(connection, tenant):
                yield connection

    @contextmanager
    def at_one_moment(self, tenant: UUID | None = None) -> Iterator[None]:
        """Have everything that is read within see the same moment, in one transaction, until something is written.

        For one thread alone: no `await` within. A page that asks thirty things begins one transaction instead of
        thirty, and shows nothing that never was so at once.
        """
        with self.reading(tenant) as connection:
            around = _moment.get()
            if around is not None and around.is_of(self, tenant):
                yield
                return
            token = _moment.set(_Moment(self, tenant, connection))
            try:
                yield
            finally:
                _moment.reset(token)

    def once(self, tenant: UUID | None, what: Hashable, look: Callable[[], Found]) -> Found:
        """What `look` finds; within `at_one_moment` it is looked for once, since it cannot be otherwise there."""
        moment = _moment.get()
        if moment is None or not moment.is_of(self, tenant):
            return look()
        if what not in moment.known:
            moment.known[what] = look()
        return cast(Found, moment.known[what])

    def shelf(self, tenant: UUID) -> "Shelf":
        """The part of the database that is this tenant's."""
        return Shelf(self, tenant)

    def close(self) -> None:
        """Let another process write."""
        self.engine.dispose()
        if self._held is not None:
            self._held.close()

    @contextmanager
    def _begun(self, connection: Connection, tenant: UUID | None) -> Iterator[None]:
        connection.execution_options(**{TENANT: tenant})
        with connection.begin():
            if not self._is_sqlite:
                postgresql.speak_for(connection, tenant)
            yield


class Shelf:
    """One tenant's rows: whatever is read or written through these two doors is of this tenant."""

    def __init__(self, database: Database, tenant: UUID) -> None:
        self.tenant = tenant
        self.database = database

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction: all of it is on disk when this ends, or none of it (CannotKeep)."""
        return self.database.writing(self.tenant)

    def reading(self) -> AbstractContextManager[Connection]:
        """A view of one moment."""
        return self.database.reading(self.tenant)

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Have everything that is read within, by this thread, see the same moment, until something is written."""
        return self.database.at_one_moment(self.tenant)

    def once(self, what: Hashable, look: Callable[[], Found]) -> Found:
        """What `look` finds; within `at_one_moment` it is looked for once. `what` names it, and nothing else."""
        return self.database.once(self.tenant, what, look)


@dataclass(slots=True)
class _Moment:
    """What a thread reads from for a while, and what it has found there by then."""

    database: Database
    tenant: UUID | None
    connection: Connection
    known: dict[Hashable, object] = field(default_factory=dict)

    def is_of(self, database: Database, tenant: UUID | None) -> bool:
        return self.database is database and self.tenant == tenant


_moment: ContextVar[_Moment | None] = ContextVar("moment", default=None)


def in_turn(connection: Connection, what: str) -> None:
    """Wait until no other transaction of this tenant, of whatever process, is at the same, and keep others waiting.

    For what is looked up first and written then: a name that has to be free, an admin who has to be left. SQLite lets
    one transaction write at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        postgresql.in_turn(connection, f"{connection.get_execution_options().get(TENANT)}:{what}")


class Access(StrEnum):
    """What somebody opens a database for, and whom they leave room for."""

    SERVE = "serve"
    """To write for as long as it lives, as the only one who hears turns; commands may write beside it."""
    BESIDE = "beside"
    """To write a little, whether a Levelhead is running there or not."""
    ALONE = "alone"
    """To write what nobody else may see half done, or keeps in memory: with Levelhead stopped."""
    LOOK = "look"
    """To read only."""


def open_database(url: str, access: Access = Access.SERVE, *, read_only: bool = False) -> Database:
    """Open the database; a SQLite file is created or migrated unless one only looks (`read_only`).

    Raises AlreadyOpen when another process is there that leaves no room, NotOurs when it cannot be used as it is,
    CannotKeep when the disk refuses.
    """
    where, access = located(url), Access.LOOK if read_only else access
    kind = sqlite if where.get_backend_name() == "sqlite" else postgresql
    with said_plainly(), ExitStack() as undone:
        if access is Access.BESIDE and kind is sqlite and not _is_ready(where):
            access = Access.SERVE  # Nobody runs there yet, or somebody of another version, which the lock says.
        held = undone.enter_context(closing(_held(kind, where, access))) if access is not Access.LOOK else None
        engine = kind.engine_of(where, read_only=access is Access.LOOK)
        undone.callback(engine.dispose)
        if kind is sqlite and access in (Access.SERVE, Access.ALONE):
            _migrate(engine)
        else:
            _check(engine, where)
        undone.pop_all()  # Nothing went wrong, so nothing is undone.
    return Database(engine, held)


def _held(kind: ModuleType, where: URL, access: Access) -> Held:
    held: Held = kind.guest(where) if access is Access.BESIDE else kind.only_writer(where, alone=access is Access.ALONE)
    return held


def _is_ready(where: URL) -> bool:
    """Whether a SQLite file is there that is of this version."""
    if not sqlite.is_there(where):
        return False
    engine = sqlite.engine_of(where, read_only=True)
    try:
        with engine.connect() as connection:
            return is_newest(connection)
    finally:
        engine.dispose()


def located(url: str) -> URL:
    """Where the database is: `postgresql://…`, `sqlite:///…`, or the path of a SQLite file. Raises NotOurs."""
    try:
        where = make_url(f"sqlite:///{url}" if _is_path(url) else url)
        where.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise NotOurs(
            "The database is not one that can be opened; try /path/to/levelhead.db or postgresql://role@host/name"
        ) from error
    if where.get_backend_name() not in {"sqlite", "postgresql"}:
        raise NotOurs("The database is not one that can be opened; Levelhead knows SQLite and PostgreSQL")
    if where.get_backend_name() == "sqlite" and where.database in {None, "", ":memory:"}:
        raise NotOurs("Levelhead needs a database file; in memory nothing would be kept")
    return where


def _nothing() -> None:
    """A file's lock is held until we let go of it."""


def _is_path(url: str) -> bool:
    return "://" not in url and ("/" in url or url.endswith(".db"))


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        migrate(connection)


def _check(engine: Engine, where: URL) -> None:
    with engine.connect() as connection:
        if not is_newest(connection):
            how = (
                "run `levelhead migrate` on it"
                if engine.dialect.name == "postgresql"
                else "start `levelhead serve` on it once"
            )
            raise NotOurs(f"{where.render_as_string()} is not of this version; {how}")
        if engine.dialect.name == "postgresql":
            postgresql.check_walls(connection)
