"""Where mail to a customer could go: addresses that they gave, kept sealed, each with a hint and never the value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from levelhead.casework.mail import Address
from levelhead.conversation import Speaker
from levelhead.privacy.kinds import SealedKind
from levelhead.storage.books import Books
from levelhead.storage.customers import conversations_with
from levelhead.storage.identities import identities_of
from levelhead.storage.sealed import SealedFacts

MOST_CONVERSATIONS: Final = 20
"""Older ones are not looked through: an address from back then is as likely to be another one by now."""


@dataclass(frozen=True, slots=True)
class Reach:
    """An address without the address: where it stands, and a hint such as "…@example.org"."""

    address: Address
    hint: str


def reaches(books: Books, customer: UUID, conversation: str | None) -> tuple[Reach, ...]:
    """The addresses that this person gave, those of this conversation first, and of each the latest first."""
    with books.shelf.reading() as connection:
        known = [name for one in identities_of(connection, customer) for name in conversations_with(connection, one)]
    others = [name for name in known if name != conversation][-MOST_CONVERSATIONS:]
    names = ([conversation] if conversation in known else []) + others[::-1]
    return tuple(reach for name in names for reach in _given_in(books, name or ""))


def _given_in(books: Books, conversation: str) -> Iterator[Reach]:
    """What the customer gave: an address in our own words may be anybody's."""
    facts = [one for one in SealedFacts(books).of(conversation) if one.kind is SealedKind.EMAIL]
    if not facts:
        return
    theirs = {heard.turn.n for heard in books.timeline(conversation) if heard.turn.speaker is Speaker.CUSTOMER}
    for one in reversed(facts):
        if one.n in theirs:
            yield Reach(Address(conversation, one.n, one.place), one.hint)
