"""What the owner of a PostgreSQL database does to it before Levelhead may use it."""

from sqlalchemy import Engine

from levelhead.storage import postgresql
from levelhead.storage.database import Database, located
from levelhead.storage.library import Library
from levelhead.storage.plainly import said_plainly
from levelhead.storage.refusals import NotOurs
from levelhead.storage.walls import bring_up


def prepare(owner: str, application: str) -> None:
    """Bring the tables to the newest form as the owner, and let the application's role in.

    All of it or none. Raises AlreadyOpen while a Levelhead writes there, NotOurs and CannotKeep.
    """
    where, applications = located(owner), located(application)
    if where.get_backend_name() != "postgresql":
        raise NotOurs("A SQLite file is brought up to date by `levelhead serve` itself; only PostgreSQL has an owner.")
    with said_plainly():
        claim = postgresql.only_writer(where, alone=True)
        try:
            engine = postgresql.engine_of(where)
            with engine.begin() as connection:
                bring_up(connection, applications)
            _furnish(engine)
            engine.dispose()
        finally:
            claim.close()


def _furnish(engine: Engine) -> None:
    Library(Database(engine, None)).furnish()
