"""Whose customers are: theirs who hold one of their conversations, and the teams' that have had one."""

from collections.abc import Mapping
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Whose
from levelhead.people.team import Rollout
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers, UnknownCustomer
from levelhead.storage.database import Shelf
from levelhead.storage.history import Contact, contacts_with
from levelhead.web.gate import Who
from levelhead.web.seeing import rollouts
from levelhead.web.things import named_in
from levelhead.web.workplace import workplace_of


async def customer(request: Request, who: Who) -> Whose | None:
    """Of the customer that the address names."""
    named = named_in(request, "customer")
    return await to_thread.run_sync(whose_customer, books_of(request, who), named, who) if named else None


def books_of(request: Request, who: Who) -> Books:
    """The books of the caller's tenant."""
    return workplace_of(request).desks.of(who.tenant).books


def whose_customer(books: Books, named: UUID, who: Who) -> Whose | None:
    """Whose this customer is for the caller, None where there is none.

    One without any conversation is of the organisation as a whole.
    """
    try:
        if Customers(books.shelf, books.vault).get(named).erased_at is not None:
            return None
    except UnknownCustomer:
        return None
    contacts = contacts_with(books.shelf, named)
    team = next((one.team for one in contacts if one.team in _teams_of(who)), None)
    owns = isinstance(who, Person) and any(_is_theirs(books.shelf, one, who) for one in contacts)
    return Whose(books.tenant, team or next((one.team for one in contacts), None), who.id if owns else None)


def readable(shelf: Shelf, contacts: tuple[Contact, ...], who: Who) -> frozenset[str]:
    """The conversations of a history whose words the caller is shown: their own and their teams', read and shown."""
    told = rollouts(shelf)
    whole = isinstance(who, ApiToken) and who.team is None
    return frozenset(
        one.conversation
        for one in contacts
        if _shows(told, one) and (whole or one.team is None or one.team in _teams_of(who) or one.holder == who.id)
    )


def note_seen(shelf: Shelf, customer: UUID, whose: Whose, who: Who) -> None:
    """Note that somebody looked who holds none of the customer's conversations; who cannot be noted is not answered."""
    if whose.owner != who.id:
        with shelf.writing() as connection:
            note(connection, Deed.CUSTOMER_SEEN, customer)


def _shows(told: Mapping[UUID | None, Rollout], contact: Contact) -> bool:
    return told.get(contact.team, Rollout.OFF).shows


def _teams_of(who: Who) -> frozenset[UUID | None]:
    return frozenset({who.team} if isinstance(who, ApiToken) else who.teams)


def _is_theirs(shelf: Shelf, contact: Contact, who: Person) -> bool:
    if contact.holder is not None:
        return contact.holder == who.id
    return may(who, Action.TAKE_CONVERSATION, Whose(shelf.tenant, contact.team))
