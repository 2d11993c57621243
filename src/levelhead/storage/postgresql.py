"""PostgreSQL: one process that writes, by a role that row-level security holds to one tenant a transaction."""

from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, Engine, NullPool, Pool, QueuePool, create_engine, event, func, select, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import OperationalError

from levelhead.storage.refusals import AlreadyOpen, CannotKeep, NotOurs

SETTING = "levelhead.tenant"
"""The setting that row-level security compares every row's tenant with; it lasts for one transaction."""
CONNECT_TIMEOUT_S = 5
CLAIM_TIMEOUT_S = 3  # A process that was killed is found out within moments; one that lives does not let go.
_CLAIM = 0x1E7E1_4EAD  # Ours among the advisory locks of the database.
_LOCKED = "55P03"  # lock_not_available


class Claim:
    """The right to write, held by one process until it lets go or ends, however it ends.

    A server that was restarted knows nothing of it any more, so it is made good before the next transaction.
    """

    def __init__(self, where: URL) -> None:
        self._where = where
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
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.execute(text(f"SET lock_timeout = '{CLAIM_TIMEOUT_S}s'"))
            connection.execute(select(func.pg_advisory_lock(_CLAIM)))
        except BaseException as error:
            connection.close()
            if isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) == _LOCKED:
                raise AlreadyOpen(
                    f"Another Levelhead is writing to {self._where.render_as_string()}. Only one may. Stop it first."
                ) from None
            raise
        return connection


def engine_of(where: URL, *, read_only: bool = False, pool: type[Pool] = QueuePool) -> Engine:
    """An engine for this URL; raises NotOurs when the driver is not installed."""
    options = "-c default_transaction_read_only=on" if read_only else ""
    try:
        return create_engine(
            where.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            poolclass=pool,
            pool_pre_ping=True,  # The server may have been restarted since.
            connect_args={"application_name": "levelhead", "connect_timeout": CONNECT_TIMEOUT_S, "options": options},
        )
    except ModuleNotFoundError as error:
        raise NotOurs("PostgreSQL needs a driver; type: pip install 'levelhead[postgresql]'") from error


def only_writer(where: URL) -> Claim:
    """The claim of this process; raises AlreadyOpen when another one holds it."""
    return Claim(where)


def speak_for(connection: Connection, tenant: UUID | None) -> None:
    """Let row-level security see this tenant's rows, and no others, until the transaction ends."""
    if tenant is not None:
        connection.execute(select(func.set_config(SETTING, str(tenant), True)))


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
