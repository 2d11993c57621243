"""Finds a customer by a value they gave, by what another system calls them, or by a conversation."""

from collections.abc import Mapping
from uuid import UUID

from levelhead.storage.books import Books
from levelhead.storage.customers import Customers
from levelhead.storage.sealed import SealedFacts


def customers_with(books: Books, value: str) -> Mapping[UUID, tuple[str, ...]]:
    """The customers whom this very value names, each with their conversations. Nothing like it is found, only it."""
    customers = Customers(books.shelf, books.vault)
    named = {customers.referred(value), customers.of(value)}
    named |= {customers.of(conversation) for conversation in SealedFacts(books).with_value(value)}
    return {one: customers.conversations(one) for one in sorted(filter(None, named))}
