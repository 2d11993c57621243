"""Identities: one person may be known under several, as by phone and by mail, until somebody says that they are one.

Conversations, casework and words stay where they are, each under the key of the identity that they came under;
whatever is asked of a person, or done to one, is of all their identities (docs/decisions/0019).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from levelhead.storage import tables
from levelhead.storage.customers import conversations_with


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity of a person; `same_as` is the one it was merged into, None for the first."""

    id: UUID
    same_as: UUID | None
    same_since: datetime | None


_ROW = tables.customer.c
_IDENTITIES = select(_ROW.id, _ROW.same_as, _ROW.same_since).order_by(_ROW.id)
_THESE = _IDENTITIES.where(_ROW.id.in_(bindparam("asked", expanding=True)))
_SAME = _IDENTITIES.where(_ROW.same_as.in_(bindparam("asked", expanding=True)))
_INTO = select(_ROW.same_as).where(_ROW.id == bindparam("found"))


def person_of(connection: Connection, customer: UUID) -> tuple[Identity, ...]:
    """All identities of the person that this one is of, the one that the others were merged into at the front.

    An identity that nobody knows is alone.
    """
    first = first_of(connection, customer)
    found: dict[UUID, Identity] = {}
    asked = [first]
    while asked:
        rows = connection.execute(_SAME if found else _THESE, {"asked": asked}).all()
        new = [Identity(one.id, one.same_as, one.same_since) for one in rows if one.id not in found]
        found |= {one.id: one for one in new}
        asked = [one.id for one in new]
    return tuple(found.values()) or (Identity(customer, None, None),)


def identities_of(connection: Connection, customer: UUID) -> tuple[UUID, ...]:
    """The ids of `person_of`."""
    return tuple(one.id for one in person_of(connection, customer))


def conversations_of_person(connection: Connection, customer: UUID) -> tuple[str, ...]:
    """The conversations under all identities, in order of their ids."""
    known = identities_of(connection, customer)
    return tuple(sorted(name for one in known for name in conversations_with(connection, one)))


def first_of(connection: Connection, customer: UUID) -> UUID:
    """The identity that this one was merged into, over any number of others; one that is gone leads nowhere."""
    passed = {customer}
    found = customer
    while True:
        into = connection.scalar(_INTO, {"found": found})
        if into is None or into in passed or not _is_there(connection, into):
            return found
        passed.add(into)
        found = into


def _is_there(connection: Connection, customer: UUID) -> bool:
    return connection.scalar(select(tables.customer.c.id).where(tables.customer.c.id == customer)) is not None
