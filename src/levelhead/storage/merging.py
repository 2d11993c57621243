"""Merging two identities of one person, and splitting them again: audited, exact, and never under a legal hold."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.customers import check_known
from levelhead.storage.database import Shelf, in_turn
from levelhead.storage.holds import check_free
from levelhead.storage.identities import Identity, conversations_of_person, first_of, person_of
from levelhead.storage.refusals import Refused


class CannotMerge(Refused):
    """These two cannot be made one person, or parted; the text says why."""


class Merging:
    """Who is the same as whom, among the customers of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def of(self, customer: UUID) -> tuple[Identity, ...]:
        """All identities of this person, the first at the front."""
        with self._shelf.reading() as connection:
            return person_of(connection, customer)

    def merge(self, customer: UUID, into: UUID) -> None:
        """Say that both are one person, who is known by the profile of `into`.

        Raises UnknownCustomer, UnderHold, or CannotMerge where they are one person already.
        """
        with self._shelf.writing() as connection:
            # Two merges at a time could make a ring.
            in_turn(connection, "identities")
            for one in (customer, into):
                check_known(connection, one)
                check_free(connection, one, conversations_of_person(connection, one))
            first, other = first_of(connection, into), first_of(connection, customer)
            if first == other:
                raise CannotMerge("These are one person already.")
            known = {"same_as": first, "same_since": self._clock()}
            connection.execute(update(tables.customer).where(tables.customer.c.id == other).values(known))
            note(connection, Deed.CUSTOMERS_MERGED, f"{other}:{first}", at=self._clock())

    def split(self, customer: UUID) -> None:
        """Say that this identity, with those that were merged into it, is another person than the rest.

        Raises UnknownCustomer, UnderHold, or CannotMerge for an identity that was merged into none.
        """
        with self._shelf.writing() as connection:
            in_turn(connection, "identities")
            check_known(connection, customer)
            check_free(connection, customer, conversations_of_person(connection, customer))
            was = connection.scalar(select(tables.customer.c.same_as).where(tables.customer.c.id == customer))
            if was is None:
                raise CannotMerge("This identity was not merged into another one, so there is nothing to split.")
            apart = {"same_as": None, "same_since": None}
            connection.execute(update(tables.customer).where(tables.customer.c.id == customer).values(apart))
            note(connection, Deed.CUSTOMERS_SPLIT, f"{customer}:{was}", at=self._clock())
