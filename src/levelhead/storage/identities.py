"""Identities: one person may be known under several, as by phone and by mail, until somebody says that they are one.

Conversations, casework and words stay where they are, each under the key of the identity that they came under;
whatever is asked of a person, or done to one, is of all their identities (docs/decisions/0019).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from levelhead.storage import tables
from levelhead.storage.customers import conversations_with


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity of a person; `same_as` is the one it was merged into, None for the first."""

    id: UUID
    same_as: UUID | None
    same_since: datetime | None


def person_of(connection: Connection, customer: UUID) -> tuple[Identity, ...]:
    """All identities of the person that this one is of, the one that the others were merged into at the front.

    An identity that nobody knows is alone.
    """
    first = first_of(connection, customer)
    found: dict[UUID, Identity] = {}
    asked = [first]
    while asked:
        row = tables.customer.c
        same = row.id.in_(asked) if not found else row.same_as.in_(asked)
        rows = connection.execute(select(row.id, row.same_as, row.same_since).where(same).order_by(row.id)).all()
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
    row = tables.customer.c
    passed = {customer}
    found = customer
    while True:
        known = select(row.same_as).where(row.id == found)
        into = connection.scalar(known)
        if into is None or into in passed or not _is_there(connection, into):
            return found
        passed.add(into)
        found = into


def _is_there(connection: Connection, customer: UUID) -> bool:
    return connection.scalar(select(tables.customer.c.id).where(tables.customer.c.id == customer)) is not None
