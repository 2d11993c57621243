"""Customers: who a conversation is with. One that no channel can name is a customer of that conversation alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from levelhead.conversation import Turn
from levelhead.storage import tables
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused
from levelhead.storage.vault import Vault, Words


class UnknownCustomer(Refused):
    """There is no such customer, or it was erased."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A person the tenant talks with. `reference` is what another system calls them; an erased one has no name."""

    id: UUID
    name: str | None
    reference: str | None
    made_at: datetime
    erased_at: datetime | None


class Customers:
    """The customers of one tenant."""

    def __init__(self, shelf: Shelf, vault: Vault) -> None:
        self._shelf = shelf
        self._vault = vault

    def get(self, customer: UUID) -> Customer:
        """The one of this id, erased or not. Raises UnknownCustomer."""
        with self._shelf.reading() as connection:
            row = connection.execute(select(tables.customer).where(tables.customer.c.id == customer)).one_or_none()
        if row is None:
            raise UnknownCustomer(f"There is no customer {customer}.")
        words = self._vault.words_of(self._shelf.tenant, row.id)
        name, reference = (
            kept and words.give(kept, kind, row.id) for kept, kind in ((row.name, "name"), (row.reference, "reference"))
        )
        return Customer(row.id, name, reference, row.made_at, row.erased_at)

    def referred(self, reference: str) -> UUID | None:
        """The customer whom another system calls so."""
        with self._shelf.reading() as connection:
            return referred_in(connection, self._vault, self._shelf.tenant, reference)

    def of(self, conversation: str) -> UUID | None:
        """Whose conversation it is."""
        with self._shelf.reading() as connection:
            return customer_of(connection, conversation)

    def conversations(self, customer: UUID) -> tuple[str, ...]:
        """The conversations with this customer."""
        with self._shelf.reading() as connection:
            return conversations_with(connection, customer)


_CUSTOMER_OF = select(tables.customer_of.c.customer).where(
    tables.customer_of.c.conversation == bindparam("conversation")
)


def customer_of(connection: Connection, conversation: str) -> UUID | None:
    """Whose conversation it is; None where it is not known."""
    found: UUID | None = connection.scalar(_CUSTOMER_OF, {"conversation": conversation})
    return found


def check_known(connection: Connection, customer: UUID) -> None:
    """Raises UnknownCustomer where there is no such customer, or not any more."""
    row = tables.customer.c
    if connection.scalar(select(row.id).where(row.id == customer, row.erased_at.is_(None))) is None:
        raise UnknownCustomer(f"There is no customer {customer}, or it was erased.")


def conversations_with(connection: Connection, customer: UUID) -> tuple[str, ...]:
    """The conversations with this customer, in order of their ids."""
    held = tables.customer_of.c
    rows = select(held.conversation).where(held.customer == customer).order_by(held.conversation)
    return tuple(connection.scalars(rows))


class Met(NamedTuple):
    """The words of the customer whom a turn is about, and whether the conversation is known to be theirs."""

    words: Words
    held: bool


def met(connection: Connection, vault: Vault, tenant: UUID, turn: Turn, now: datetime) -> Met:
    """Whom this turn is about: known by the conversation, by the reference, or new."""
    holder = customer_of(connection, turn.conversation)
    known = holder
    if known is None:
        by_reference = referred_in(connection, vault, tenant, turn.customer_ref) if turn.customer_ref else None
        known = by_reference or _new(connection, vault, tenant, turn, now)
    return Met(vault.words_of(tenant, known), held=holder is not None)


def named(connection: Connection, words: Words, name: str) -> None:
    """Have the customer of these words be called so from now on."""
    mine = tables.customer.c.id == words.customer
    connection.execute(update(tables.customer).where(mine).values(name=words.keep(name, "name", words.customer)))


def hold(connection: Connection, conversation: str, words: Words) -> None:
    """Have the conversation belong to the customer of these words."""
    connection.execute(insert(tables.customer_of), {"conversation": conversation, "customer": words.customer})


def referred_in(connection: Connection, vault: Vault, tenant: UUID, reference: str) -> UUID | None:
    """The customer whom another system calls so, in a transaction that is open."""
    token = reference_token(vault, tenant, reference)
    found: UUID | None = connection.scalar(select(tables.customer.c.id).where(tables.customer.c.token == token))
    return found


def _new(connection: Connection, vault: Vault, tenant: UUID, turn: Turn, now: datetime) -> UUID:
    customer, reference = new_id(), turn.customer_ref
    row = {"id": customer, "made_at": now, "token": None, "reference": None}
    if reference:
        words = vault.words_of(tenant, customer)
        row |= {
            "token": reference_token(vault, tenant, reference),
            "reference": words.keep(reference, "reference", customer),
        }
    connection.execute(insert(tables.customer), row)
    return customer


def reference_token(vault: Vault, tenant: UUID, reference: str) -> str:
    """What finds the customer of a reference, without saying what it is."""
    return vault.token(tenant, f"reference:{reference}")
