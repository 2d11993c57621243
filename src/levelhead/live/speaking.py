"""Which language the customer of a conversation has told us that they would rather have, and what follows from it."""

from contextlib import suppress

from levelhead.casework.spoken import writing
from levelhead.conversation import Timeline
from levelhead.storage.books import Books
from levelhead.storage.customers import customer_of
from levelhead.storage.keyring import KeyGone
from levelhead.storage.profiles import Profiles


def told_language(books: Books, conversation: str) -> str:
    """The tag in the profile of whoever the conversation is with; '' where none is known. Waits on the database."""
    with books.shelf.reading() as connection:
        customer = customer_of(connection, conversation)
    if customer is None:
        return ""
    with suppress(KeyGone):
        return Profiles(books).of(customer).language
    return ""


def written_in(books: Books, timeline: Timeline) -> str:
    """The tag that a letter to the customer of this conversation is written by. Waits on the database."""
    return writing(timeline, told_language(books, timeline[0].turn.conversation) if timeline else "")
