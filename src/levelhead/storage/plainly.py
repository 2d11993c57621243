"""What a database says when it refuses, in the sentence that a person sees."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from levelhead.storage.refusals import CannotKeep

GONE = "The database cannot be reached, so this was not kept. Send it again when it is back."
_WHY = {
    "full": "The disk is full, so this was not kept. Make room and send it again.",
    "No space left": "The disk is full, so this was not kept. Make room and send it again.",
    "locked": "The database is busy, so this was not kept. Send it again in a moment.",
    "lock timeout": "The database is busy, so this was not kept. Send it again in a moment.",
    "readonly": "The database is write-protected, so this was not kept.",
    "read-only": "The database is write-protected, so this was not kept.",
}


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn what a database says into CannotKeep.

    PostgreSQL repeats the row that it refused, which holds customers' words, so its own error is not passed on.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise CannotKeep(_why(error)) from None


def _why(error: DBAPIError | sqlite3.Error) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    diagnosis = getattr(original, "diag", None)
    said = str(original) if diagnosis is None else diagnosis.message_primary
    known = next((why for sign, why in _WHY.items() if said and sign in said), None)
    if known:
        return known
    if diagnosis is not None and isinstance(error, OperationalError | InterfaceError):
        return GONE
    return f"The database refused, so this was not kept: {said}."
