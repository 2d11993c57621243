"""What a database says when it refuses, in the sentence that a person sees."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from levelhead.storage.refusals import CannotKeep, Unfit

FULL = "The disk is full, so this was not kept. Make room and send it again."
BUSY = "The database is busy, so this was not kept. Send it again in a moment."
PROTECTED = "The database is write-protected, so this was not kept."
GONE = "The database cannot be reached, so this was not kept. Send it again when it is back."
REFUSED = "The database refused, so this was not kept: {}."
UNFIT = REFUSED.format("a value has a form that it cannot hold")

_OF_SQLITE = {"full": FULL, "locked": BUSY, "readonly": PROTECTED}
"""Words of its message."""
_OF_POSTGRESQL = {"53100": FULL, "55P03": BUSY, "40": BUSY, "25006": PROTECTED, "22": UNFIT, "08": GONE, "57": GONE}
"""SQLSTATE, or its class: PostgreSQL manual, appendix A."""


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn what a database says into CannotKeep.

    PostgreSQL repeats the row that it refused, which holds customers' words, so its own error is not passed on.
    """
    try:
        yield
    except UnicodeEncodeError:
        raise Unfit(UNFIT) from None
    except (DBAPIError, sqlite3.Error) as error:
        why = _why(error)
        raise (Unfit(why) if why == UNFIT else CannotKeep(why)) from None


def _why(error: DBAPIError | sqlite3.Error) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    diagnosis = getattr(original, "diag", None)
    if diagnosis is None:
        said = str(original)
        return next((why for sign, why in _OF_SQLITE.items() if sign in said), REFUSED.format(said))
    if diagnosis.sqlstate:
        state: str = diagnosis.sqlstate
        known = _OF_POSTGRESQL.get(state) or _OF_POSTGRESQL.get(state[:2])
        return known or REFUSED.format(diagnosis.message_primary)
    if isinstance(error, OperationalError | InterfaceError):  # Of the connection: nobody's words were in it yet.
        return f"{GONE} ({str(original).partition(chr(10))[0]})"
    return UNFIT
