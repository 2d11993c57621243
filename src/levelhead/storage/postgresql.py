"""PostgreSQL: one process that writes, by a role that row-level security holds to one tenant a transaction."""

from threading import Lock
from uuid import UUID

from sqlalchemy import (
    Connection,
    Engine,
    Function,
    NullPool,
    Pool,
    QueuePool,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import OperationalError

from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs

SETTING = "levelhead.tenant"
"""The setting that row-level security compares every row's tenant with; it lasts for one transaction."""
CONNECT_TIMEOUT_S = 5
CONNECTIONS, MORE = 24, 24
"""Kept open, and opened beside them for a moment: what closes after each use costs the server a process each time."""
CLAIM_TIMEOUT_S = 3  # A process that was killed is found out within moments; one that lives does not let go.
_CLAIM = 0x1E7E1_4EAD  # Ours among the advisory locks of the database.
_GUESTS = _CLAIM + 1  # Shared by the commands that write beside a running Levelhead.
_LOCKED = "55P03"  # lock_not_available
_AT_WORK = "A levelhead command that must not be disturbed is still at work"


class Claim:
    """The right to write, held by one process until it lets go or ends, however it ends.

    A server that was restarted knows nothing of it any more, so it is made good before the next transaction.
    """

    def __init__(self, where: URL, *, alone: bool = False) -> None:
        self._where = where
        self._alone = alone
        self._engine = engine_of(where, pool=NullPool)
        self._renewing = Lock()
        self._lost = False
        self._connection = self._claimed()

    def watch(self, engine: Engine) -> None:
        """Notice when this engine loses the server."""
        event.listen(engine, "handle_error", self._notice)

    def make_good(self) -> None:
        """Claim again what was lost; raises CannotKeep when another process was quicker."""
        with self._renewing:
            if not self._lost:
                return
            if not self._connection.closed:
                self._connection.invalidate()
                self._connection.close()
            try:
                self._connection = self._claimed()
            except AlreadyOpen as taken:
                raise CannotKeep(f"{taken} Until then, nothing is kept here.") from taken
            self._lost = False

    def close(self) -> None:
        """Let another process write."""
        self._connection.close()

    def _notice(self, context: ExceptionContext) -> None:
        self._lost = self._lost or context.is_disconnect

    def _claimed(self) -> Connection:
        name = self._where.render_as_string()
        taken = f"Another Levelhead is writing to {name}. Only one may. Stop it first."
        if self._alone:
            taken = f"Levelhead is running on {name}. This needs it stopped: stop it, then try again."
        connection = _locked(self._engine, func.pg_advisory_lock(_CLAIM), taken)
        if self._alone:
            try:
                _lock(connection, func.pg_advisory_lock(_GUESTS), f"{_AT_WORK} on {name}.")
            except BaseException:
                connection.close()
                raise
        return connection


class Guest:
    """The right of a command to write beside a running Levelhead: many have it, but none beside one that is `alone`."""

    def __init__(self, where: URL) -> None:
        refusal = f"{_AT_WORK} on {where.render_as_string()} with Levelhead stopped."
        engine = engine_of(where, pool=NullPool)
        self._connection = _locked(engine, func.pg_advisory_lock_shared(_GUESTS), refusal)

    def close(self) -> None:
        """Have been here."""
        self._connection.close()


def _locked(engine: Engine, lock: Function[object], refusal: str) -> Connection:
    """A connection that holds the lock as long as it is open; raises AlreadyOpen."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        connection.execute(text(f"SET lock_timeout = '{CLAIM_TIMEOUT_S}s'"))
        _lock(connection, lock, refusal)
    except BaseException:
        connection.close()
        raise
    return connection


def _lock(connection: Connection, lock: Function[object], refusal: str) -> None:
    try:
        connection.execute(select(lock))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCKED:
            raise
        raise AlreadyOpen(refusal) from None


def engine_of(where: URL, *, read_only: bool = False, pool: type[Pool] = QueuePool) -> Engine:
    """An engine for this URL; raises NotOurs when the driver is not installed."""
    options = "-c default_transaction_read_only=on" if read_only else ""
    kept = {"pool_size": CONNECTIONS, "max_overflow": MORE} if pool is QueuePool else {}
    try:
        return create_engine(
            where.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            poolclass=pool,
            **kept,
            pool_pre_ping=True,  # The server may have been restarted since.
            connect_args={"application_name": "levelhead", "connect_timeout": CONNECT_TIMEOUT_S, "options": options},
        )
    except ModuleNotFoundError as error:
        raise NotOurs("PostgreSQL needs a driver; type: pip install 'levelhead[postgresql]'") from error


def only_writer(where: URL, *, alone: bool = False) -> Claim:
    """The claim of this process; raises AlreadyOpen when another one holds it. `alone`: no command beside it either."""
    return Claim(where, alone=alone)


def guest(where: URL) -> Guest:
    """The right of a command to write beside a running Levelhead; raises AlreadyOpen beside one that must be alone."""
    return Guest(where)


_SPEAK_FOR = select(func.set_config(SETTING, bindparam("tenant", type_=Text), True))


def speak_for(connection: Connection, tenant: UUID | None) -> None:
    """Let row-level security see this tenant's rows, and no others, until the transaction ends."""
    if tenant is not None:
        connection.execute(_SPEAK_FOR, {"tenant": str(tenant)})


def in_turn(connection: Connection, what: str) -> None:
    """Hold what is called so until the transaction ends; whoever wants it too waits."""
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))


def check_walls(connection: Connection) -> None:
    """Raises NotOurs unless row-level security holds every tenant's table, and holds us."""
    role, above = connection.execute(text(_ABOVE)).one()
    if above:
        raise NotOurs(
            f"The role {role} owns the tables or may pass row-level security. Give Levelhead a role of its own in "
            "LEVELHEAD_DATABASE, and run `levelhead migrate` with the owner's."
        )
    open_to_all = connection.scalars(text(_WITHOUT_A_WALL)).all()
    if open_to_all:
        raise NotOurs(f"Row-level security is not in force for {', '.join(open_to_all)}; run `levelhead migrate`.")


_ABOVE = """
SELECT current_user, r.rolbypassrls OR EXISTS (
    SELECT FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = current_user
"""

TENANTS_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
"""

_WITHOUT_A_WALL = f"{TENANTS_TABLES} AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
