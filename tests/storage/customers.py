"""A customer who said something that can be looked for in every file afterwards."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select

from levelhead.casework.follow_up import FOLLOW_UP, FollowUp, FollowUpMove, Occasion, Way
from levelhead.casework.item import Kind
from levelhead.casework.mail import MAIL, Address, Mail, MailMove, Of
from levelhead.casework.profile import Profile
from levelhead.casework.promise import PROMISE, Promised, PromiseMove
from levelhead.casework.survey import SURVEY, Answers, Survey, SurveyMove
from levelhead.conversation import Channel, Heard, Turn
from levelhead.live import events
from levelhead.live.engine import said
from levelhead.live.events import ConversationStarted
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.storage import sealed, tables
from levelhead.storage.books import Books, utc_now
from levelhead.storage.cases import Cases
from levelhead.storage.consents import Consents
from levelhead.storage.customers import Customers
from levelhead.storage.holds import Holds
from levelhead.storage.muting import Muting
from levelhead.storage.objections import Objections
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.profiles import Profiles
from levelhead.storage.records import CardAnswer
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


def leave_everywhere(books: Books, conversation: str = "the-late-refund") -> None:
    """Have Mr Quillfeather in every table that can hold something of a customer; his turns are there already."""
    shelf, vault = books.shelf, books.vault
    Consents(shelf).note(conversation, Purpose.TRANSCRIPTION, ConsentAnswer.GIVEN, "Amira")
    Objections(shelf).note(conversation, 0, "angry", "Amira", instead="anxious")
    books.answer_card(conversation, f"{conversation}:0", CardAnswer.WRONG)
    customer = Customers(shelf, vault).of(conversation)
    holds = Holds(shelf, vault)
    for known in ({"customer": customer}, {"conversation": conversation}):
        hold = holds.place("the claim of Mr Quillfeather", "Ms Adeyemi", **known)
        holds.lift(hold.id, "Ms Adeyemi")
    Muting(shelf).mute(conversation, muted=True)
    _leave_casework(books, conversation)
    Destinations(shelf, vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", utc_now())
    told = [ConversationStarted(conversation, Channel.CHAT, "en-GB")]
    with shelf.writing() as connection:
        events.written(told, utc_now())(connection)
        labels_end = {"conversation": conversation, "at": utc_now()}
        connection.execute(insert(tables.labels_end), labels_end)
        connection.execute(insert(tables.ending), {"conversation": conversation, "ended": "solved", "at": utc_now()})
    if customer is not None:
        Profiles(books).keep(customer, Profile(preferred_name="Quillfeather, never zanzibarquartz"))


def _leave_casework(books: Books, conversation: str) -> None:
    body = Promised(action="call Mr Quillfeather about the zanzibarquartz", due_text="by five", n=1)
    cases, key = Cases(books), f"{conversation}:1:0"
    begun = cases.opening(
        Kind.PROMISE, key, body, machine=PROMISE, move=PromiseMove.MAKE, conversation=conversation, due_at=utc_now()
    )
    cases.open(Kind.PROMISE, key, begun)
    _leave_follow_up(cases, conversation)


def _leave_follow_up(cases: Cases, conversation: str) -> None:
    """A mail about the zanzibarquartz on its way to Mr Quillfeather, and what he answered to a survey."""
    told = FollowUp(Way.MAIL, Occasion.NOTE, subject="The zanzibarquartz", text="Dear Mr Quillfeather")
    plan = FollowUpMove.PLAN
    keys: dict[str, Any] = {"conversation": conversation, "due_at": utc_now()}
    begun = cases.opening(Kind.FOLLOW_UP, conversation, told, machine=FOLLOW_UP, move=plan, **keys)
    item = cases.open(Kind.FOLLOW_UP, conversation, begun)
    mail = Mail(Of.FOLLOW_UP, item.id, Address(conversation, 1, 1), "The zanzibarquartz", "Dear Mr Quillfeather")
    said = Survey("en-GB", answers=Answers(utc_now(), 1, 1, "Quillfeather still waits"))
    cases.write(
        cases.opening(Kind.MAIL, conversation, mail, machine=MAIL, move=MailMove.LAY_OUT, **keys),
        cases.opening(Kind.SURVEY, conversation, said, machine=SURVEY, move=SurveyMove.PLAN, **keys),
    )


def anything_left(books: Books, conversations: Iterable[str], customer: UUID) -> dict[str, int]:
    """Rows that speak of these conversations or this customer, by table; tables without any are left out."""
    found = {}
    for table in tables.metadata.sorted_tables:
        about: list[ColumnElement[bool]] = []
        if "conversation" in table.c:
            about.append(table.c.conversation.in_(list(conversations)))
        if "customer" in table.c and table.name != "conversation":  # There it is the name that they gave.
            about.append(table.c.customer == customer)
        if table.name == "conversation":
            about.append(table.c.id.in_(list(conversations)))
        if table.name == "customer":
            about.append(table.c.id == customer)
        if about:
            with books.shelf.reading() as connection:
                found[table.name] = connection.scalar(select(func.count()).select_from(table).where(or_(*about))) or 0
    return {name: count for name, count in found.items() if count}
