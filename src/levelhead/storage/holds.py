"""Legal holds: what must not be removed, of a customer or of one conversation, until somebody lifts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.customers import customer_of
from levelhead.storage.database import Shelf
from levelhead.storage.identities import identities_of
from levelhead.storage.refusals import Refused
from levelhead.storage.vault import Vault, Words

_REASON = "reason of hold"


class UnderHold(Refused):
    """A legal hold keeps this; lift it first."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold, on exactly one of `customer` and `conversation`."""

    id: UUID
    customer: UUID | None
    conversation: str | None
    reason: str
    placed_by: str
    placed_at: datetime


class Holds:
    """The holds of one tenant."""

    def __init__(self, shelf: Shelf, vault: Vault, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._vault = vault
        self._clock = clock

    def place(
        self, reason: str, placed_by: str, *, customer: UUID | None = None, conversation: str | None = None
    ) -> Hold:
        """Keep what there is of this customer or conversation, and what comes; ValueError for both or neither."""
        if (customer is None) == (conversation is None):
            raise ValueError("a hold is on a customer or on a conversation")
        hold = Hold(new_id(), customer, conversation, reason, placed_by, self._clock())
        row = {"id": hold.id, "customer": customer, "conversation": conversation, "placed_by": placed_by}
        with self._shelf.writing() as connection:
            # A reason may say what the customer did, so it is theirs to be forgotten.
            kept = self._words(connection, customer, conversation).keep(reason, _REASON, hold.id)
            connection.execute(insert(tables.legal_hold), row | {"reason": kept, "placed_at": hold.placed_at})
            note(connection, Deed.HOLD_PLACED, hold.id, conversation=conversation or "", at=hold.placed_at)
        return hold

    def lift(self, hold: UUID, lifted_by: str) -> None:
        """Let go of what it kept; who and when stays on record."""
        with self._shelf.writing() as connection:
            known = {"lifted_by": lifted_by, "lifted_at": self._clock()}
            connection.execute(update(tables.legal_hold).where(tables.legal_hold.c.id == hold).values(known))
            note(connection, Deed.HOLD_LIFTED, hold, at=self._clock())

    def standing(self) -> tuple[Hold, ...]:
        """The holds in force, oldest first."""
        with self._shelf.reading() as connection:
            standing = tables.legal_hold.c.lifted_at.is_(None)
            rows = connection.execute(select(tables.legal_hold).where(standing).order_by(tables.legal_hold.c.id))
            return tuple(self._hold(connection, row) for row in rows.all())

    def _hold(self, connection: Connection, row: Row[Any]) -> Hold:
        reason = self._words(connection, row.customer, row.conversation).give(row.reason, _REASON, row.id)
        return Hold(row.id, row.customer, row.conversation, reason, row.placed_by, row.placed_at)

    def _words(self, connection: Connection, customer: UUID | None, conversation: str | None) -> Words:
        whose = customer or customer_of(connection, conversation or "")
        return self._vault.words_of(self._shelf.tenant, whose)


def held(connection: Connection) -> frozenset[str]:
    """The conversations that a hold keeps, its own or its customer's, under whatever identity."""
    hold, of = tables.legal_hold.c, tables.customer_of.c
    own = select(hold.conversation).where(hold.lifted_at.is_(None), hold.conversation.is_not(None))
    theirs = select(of.conversation).where(of.customer.in_(held_people(connection)))
    return frozenset((*connection.scalars(own), *connection.scalars(theirs)))


def held_people(connection: Connection) -> frozenset[UUID]:
    """The customers that a hold keeps, under whatever identity."""
    hold = tables.legal_hold.c
    on = connection.scalars(select(hold.customer).where(hold.lifted_at.is_(None), hold.customer.is_not(None))).all()
    return frozenset(identity for customer in on for identity in identities_of(connection, customer))


def check_free(connection: Connection, customer: UUID, conversations: tuple[str, ...]) -> None:
    """Raises UnderHold where this customer, under whatever identity, or one of these conversations must be kept."""
    hold = tables.legal_hold.c
    theirs = hold.customer.in_(identities_of(connection, customer))
    on_customer = connection.scalar(select(hold.id).where(theirs, hold.lifted_at.is_(None)).limit(1))
    if on_customer is not None or held(connection).intersection(conversations):
        raise UnderHold("A legal hold keeps this customer's data. Lift the hold first.")
