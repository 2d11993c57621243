"""Consent of one tenant's conversations, and what the tenant has settled about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from levelhead.people.audit import Deed
from levelhead.privacy.consent import Consent, ConsentAnswer, ConsentRules, Gate, Purpose, gate
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.rules import rules_under, settle

UNASKED, KEEPS_UNREAD = "consent.unasked", "consent.keeps_unread"
_ROW = tables.consent.c
_NOTED = select(tables.consent).where(_ROW.conversation == bindparam("conversation")).order_by(_ROW.id)


@dataclass(frozen=True, slots=True)
class Noted:
    """One answer: to what, who wrote it down, and when (UTC)."""

    purpose: Purpose
    answer: ConsentAnswer
    noted_by: str
    at: datetime


class Consents:
    """What customers have agreed to. Nothing is overwritten: a withdrawn consent was once given, and both are known."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def note(self, conversation: str, purpose: Purpose, answer: ConsentAnswer, noted_by: str) -> None:
        """Write down what the customer said; it holds from the next turn on."""
        row = {"id": new_id(), "conversation": conversation, "purpose": purpose.value, "answer": answer.value}
        with self._shelf.writing() as connection:
            connection.execute(insert(tables.consent), row | {"noted_by": noted_by, "at": self._clock()})
            note(connection, Deed.CONSENT_NOTED, purpose, conversation=conversation, at=self._clock())

    def of(self, conversation: str) -> Consent:
        """What stands now."""
        return Consent({noted.purpose: noted.answer for noted in self.history(conversation)})

    def history(self, conversation: str) -> tuple[Noted, ...]:
        """Everything that was said about it, oldest first."""
        with self._shelf.reading() as connection:
            return noted_in(connection, conversation)

    def gate(self, conversation: str) -> Gate:
        """What may be done with the next turn of this conversation."""
        with self._shelf.reading() as connection:
            said = Consent({noted.purpose: noted.answer for noted in noted_in(connection, conversation)})
            return gate(said, _rules(connection))

    def rules(self) -> ConsentRules:
        """What the tenant has settled."""
        with self._shelf.reading() as connection:
            return _rules(connection)

    def settle(self, rules: ConsentRules) -> None:
        """Settle what holds while nobody was asked."""
        with self._shelf.writing() as connection:
            settle(connection, UNASKED, ",".join(sorted(rules.unasked)))
            settle(connection, KEEPS_UNREAD, "yes" if rules.keeps_unread else "no")
            note(connection, Deed.CONSENT_SETTLED)


def noted_in(connection: Connection, conversation: str) -> tuple[Noted, ...]:
    """What was said about consent in a conversation, oldest first."""
    rows = connection.execute(_NOTED, {"conversation": conversation})
    return tuple(Noted(Purpose(row.purpose), ConsentAnswer(row.answer), row.noted_by, row.at) for row in rows)


def _rules(connection: Connection) -> ConsentRules:
    known = rules_under(connection, "consent.")
    unasked = known.get(UNASKED)
    allowed = frozenset(Purpose) if unasked is None else frozenset(map(Purpose, filter(None, unasked.split(","))))
    return ConsentRules(allowed, known.get(KEEPS_UNREAD, "yes") == "yes")
