"""Brings the tables to the newest form, and knows whether they are."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def migrate(connection: Connection, to: str = "head") -> None:
    """Run what is missing, in the transaction of this connection: all of it or none."""
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def is_newest(connection: Connection) -> bool:
    """Whether the tables are those that this version speaks of."""
    found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_alembic()).get_current_head()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
