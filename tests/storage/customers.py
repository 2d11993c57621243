"""A customer who said something that can be looked for in every file afterwards."""

from levelhead.conversation import Heard, Turn
from levelhead.live.engine import said
from levelhead.storage import sealed
from levelhead.storage.books import Books
from tests.people import mr_doyle
from tests.storage.test_books import heard

PLANTED = ("Quillfeather", "zanzibarquartz", "+447700900123", "q.doyle@zanzibar.example", "crm-918273645")
"""Words of one customer: a name, a word, a phone number, an e-mail address, a reference. Nobody else says them."""


def planted(conversation: str = "the-late-refund", **known: object) -> tuple[Turn, ...]:
    """Two turns of Mr Quillfeather, with everything planted in them."""
    known = {"conversation": conversation, "customer": "Mr Quillfeather", "customer_ref": "crm-918273645"} | known
    return (
        mr_doyle("My zanzibarquartz kettle is late again, and I'm furious.", 0, **known),
        mr_doyle("Ring me on 07700 900123 or write to q.doyle@zanzibar.example.", 1, **known),
    )


def keep_said(books: Books, *turns: Turn) -> tuple[Heard, ...]:
    """Keep turns as the desk does, with what is sealed in them."""
    for turn in turns:
        clean = said(turn, [])
        with books.turn_of(turn.conversation) as book:
            book.keep(heard(clean.turn))
            book.also(sealed.written(books, clean))
    return books.timeline(turns[0].conversation)
