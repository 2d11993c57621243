"""What the owner of a PostgreSQL database sets up: tables, the walls between tenants, the role that they hold.

Alembic makes the tables; the walls are put up anew from the tables' own description after every migration, so that no
migration can forget one.
"""

from sqlalchemy import Connection, Table, text
from sqlalchemy.engine import URL

from levelhead.storage import tables
from levelhead.storage.migrating import migrate
from levelhead.storage.postgresql import SETTING, TENANTS_TABLES
from levelhead.storage.schema import APPEND_ONLY
from levelhead.storage.tenancy import OF_A_TENANT

_POLICY = f"tenant = nullif(current_setting('{SETTING}', true), '')::uuid"


def bring_up(connection: Connection, application: URL) -> None:
    """Migrate as the owner, and let the role of `application` in behind the walls; all of it or none."""
    for table in connection.scalars(text(TENANTS_TABLES)).all():
        # Moving rows is the one thing that concerns all tenants at once.
        connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    migrate(connection)
    put_up_walls(connection)
    if application.username:
        let_in(connection, application.username, None if application.password is None else str(application.password))


def put_up_walls(connection: Connection) -> None:
    """Row-level security on every tenant's table, for its owner too."""
    for table in connection.scalars(text(TENANTS_TABLES)).all():
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS of_one_tenant ON {table}",
            f"CREATE POLICY of_one_tenant ON {table} USING ({_POLICY})",
        ):
            connection.execute(text(statement))


def let_in(connection: Connection, role: str, password: str | None) -> None:
    """Make the role where it is missing, and give it exactly what the application needs."""
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    if not connection.scalar(text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)"), {"role": role}):
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
    if password is not None:
        connection.exec_driver_sql(f"ALTER ROLE {name} PASSWORD '{_sealed(connection, role, password)}'")
    connection.execute(text(f"GRANT USAGE ON SCHEMA {connection.dialect.default_schema_name} TO {name}"))
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {name}"))
    for table in tables.metadata.sorted_tables:
        connection.execute(text(f"REVOKE ALL ON {table.name} FROM {name}"))
        connection.execute(text(f"GRANT {_allowed(table)} ON {table.name} TO {name}"))


def _allowed(table: Table) -> str:
    if table.info.get(APPEND_ONLY):
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE, DELETE" if OF_A_TENANT in table.info else "SELECT, INSERT, UPDATE"


def _sealed(connection: Connection, role: str, password: str) -> str:
    """As PostgreSQL keeps it (SCRAM), so that the password itself reaches no log of the server."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connection that is open has one
    sealed: bytes = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sealed.decode("ascii")
