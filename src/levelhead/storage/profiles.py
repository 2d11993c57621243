"""Profiles: what customers have told us for the next time, sealed under the key of the identity that it was said of."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, insert, select, update

from levelhead.casework.profile import EMPTY, Profile, together
from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books, utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.customers import check_known, reference_token, referred_in
from levelhead.storage.identities import Identity, first_of, person_of
from levelhead.storage.stored import from_stored, to_stored

_PROFILE = "profile"


class Profiles:
    """The profiles of one tenant's customers."""

    def __init__(self, books: Books, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._clock = clock

    def of(self, customer: UUID) -> Profile:
        """What is known of this person, under whatever identity; EMPTY where nothing is.

        What was said of the first identity is right, and where it was settled after a merge, it alone.
        """
        with self._books.shelf.reading() as connection:
            identities = person_of(connection, customer)
            rows = {row.id: row for row in connection.execute(_rows(identities)).all()}
            return self._shown(identities[0].id, identities, rows)

    def keep(self, customer: UUID, profile: Profile) -> None:
        """Have this be what is known of the person. Raises UnknownCustomer."""
        with self._books.shelf.writing() as connection:
            first = first_of(connection, customer)
            self._write(connection, first, profile)

    def imported(self, reference: str, name: str | None, profile: Profile) -> bool:
        """Keep what another system says of the customer that it calls so; whether anything is new by it.

        The profile is of this identity alone, whoever it was merged with.
        """
        with self._books.shelf.writing() as connection:
            customer = referred_in(connection, self._books.vault, self._books.tenant, reference)
            if customer is None:
                customer = self._new(connection, reference)
                self._name(connection, customer, name)
                self._write(connection, customer, profile)
                return True
            row = connection.execute(select(tables.customer).where(tables.customer.c.id == customer)).one()
            words = self._books.words_of(customer)
            is_named = name is None or (row.name is not None and words.give(row.name, "name", customer) == name)
            if not is_named:
                self._name(connection, customer, name)
            if self._own(row) != profile:
                self._write(connection, customer, profile)
                return True
            return not is_named

    def known(self, reference: str, name: str | None, profile: Profile) -> bool:
        """Whether importing this would change nothing."""
        with self._books.shelf.reading() as connection:
            customer = referred_in(connection, self._books.vault, self._books.tenant, reference)
            if customer is None:
                return False
            row = connection.execute(select(tables.customer).where(tables.customer.c.id == customer)).one()
            named = row.name and self._books.words_of(customer).give(row.name, "name", customer)
            return self._own(row) == profile and name in (None, named)

    def _shown(self, one: UUID, identities: tuple[Identity, ...], rows: dict[UUID, Row[Any]]) -> Profile:
        settled = rows[one].profiled_at if one in rows else None
        others = (
            self._shown(other.id, identities, rows)
            for other in identities
            if other.same_as == one
            and (settled is None or (other.same_since is not None and settled < other.same_since))
        )
        return together(self._own(rows[one]) if one in rows else EMPTY, *others)

    def _own(self, row: Row[Any]) -> Profile:
        if row.profile is None:
            return EMPTY
        return from_stored(Profile, self._books.words_of(row.id).give(row.profile, _PROFILE, row.id))

    def _write(self, connection: Connection, customer: UUID, profile: Profile) -> None:
        check_known(connection, customer)  # First: asking for a key makes one.
        kept = self._books.words_of(customer).keep(to_stored(profile), _PROFILE, customer)
        known = {"profile": kept, "profiled_at": self._clock()}
        connection.execute(update(tables.customer).where(tables.customer.c.id == customer).values(known))
        note(connection, Deed.PROFILE_CHANGED, customer, at=self._clock())

    def _new(self, connection: Connection, reference: str) -> UUID:
        customer = new_id()
        kept = self._books.words_of(customer).keep(reference, "reference", customer)
        token = reference_token(self._books.vault, self._books.tenant, reference)
        row = {"id": customer, "made_at": self._clock(), "token": token, "reference": kept}
        connection.execute(insert(tables.customer), row)
        return customer

    def _name(self, connection: Connection, customer: UUID, name: str | None) -> None:
        kept = self._books.words_of(customer).keep(name, "name", customer) if name else None
        connection.execute(update(tables.customer).where(tables.customer.c.id == customer).values(name=kept))


def told_of(connection: Connection, books: Books, customer: UUID) -> dict[str, Any]:
    """What is kept of one identity, for an export: in plain words."""
    row = connection.execute(select(tables.customer).where(tables.customer.c.id == customer)).one()
    words = books.words_of(customer)
    profile = row.profile and json.loads(words.give(row.profile, _PROFILE, customer))
    return {
        "id": str(customer),
        "name": row.name and words.give(row.name, "name", customer),
        "reference": row.reference and words.give(row.reference, "reference", customer),
        "same_as": row.same_as and str(row.same_as),
        "profile": profile,
    }


def _rows(identities: tuple[Identity, ...]) -> Select[Any]:
    return select(tables.customer).where(tables.customer.c.id.in_([one.id for one in identities]))
