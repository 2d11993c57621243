"""Retention: what is old enough goes, kind by kind, unless a legal hold keeps it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from levelhead.casework.item import Kind
from levelhead.casework.plan import OPEN
from levelhead.people.audit import Deed
from levelhead.privacy.retention import DEFAULTS, Kept, of_days
from levelhead.storage import outbox, tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books, utc_now
from levelhead.storage.columns import Moment
from levelhead.storage.expiry import expire, with_labels
from levelhead.storage.holds import held, held_people
from levelhead.storage.rules import rules_under, settle


@dataclass(frozen=True, slots=True)
class Due:
    """The conversations of which a kind is due, and those that a legal hold keeps; heard before `until`."""

    kind: Kept
    now: datetime
    until: datetime
    conversations: tuple[str, ...]
    held: tuple[str, ...]


class Retention:
    """What one tenant keeps for how long."""

    def __init__(self, books: Books, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._clock = clock

    def days(self) -> Mapping[Kept, int | None]:
        """The days in force; None keeps a kind for as long as the conversation is there."""
        with self._books.shelf.reading() as connection:
            return _days(connection)

    def keep_for(self, kind: Kept, days: int | None) -> None:
        """Settle the days of a kind. Raises ValueError below one day."""
        with self._books.shelf.writing() as connection:
            settle(connection, f"retention.{kind}", of_days(days))
            note(connection, Deed.RETENTION_CHANGED, kind, at=self._clock())

    def due(self) -> tuple[Due, ...]:
        """What a run would remove now; nothing is changed."""
        with self._books.shelf.reading() as connection:
            return tuple(self._due(connection))

    def run(self) -> tuple[Due, ...]:
        """Remove what is due, in one transaction, and say what it was."""
        with self._books.shelf.writing() as connection:
            found = tuple(self._due(connection))
            # Turns come last: nothing can be taken out of a conversation that is gone.
            for due in sorted(found, key=lambda one: one.kind is Kept.TURNS):
                if due.conversations:
                    _REMOVES[due.kind](connection, self._books, due)
                    note(connection, Deed.RETENTION_RUN, due.kind, at=due.now)
                if due.kind is Kept.TURNS:
                    _remove_plans_that_are_over(connection, due.until)
                    _forget_customers_without_conversation(connection, due.until)
        self._books.forget(name for due in found for name in due.conversations)
        return found

    def _due(self, connection: Connection) -> Iterator[Due]:
        keeps, now = held(connection), self._clock()
        for kind, days in _days(connection).items():
            if days is None:
                continue
            until = now - timedelta(days=days)
            old: tuple[str, ...] = tuple(connection.scalars(_OLD[kind](until)))
            yield Due(
                kind,
                now,
                until,
                tuple(name for name in old if name not in keeps),
                tuple(name for name in old if name in keeps),
            )


def _days(connection: Connection) -> Mapping[Kept, int | None]:
    settled = rules_under(connection, "retention.")
    known = {kind: settled.get(f"retention.{kind}") for kind in Kept}
    return {kind: DEFAULTS[kind] if value is None else (int(value) if value else None) for kind, value in known.items()}


Old = Callable[[datetime], Select[Any]]
Remove = Callable[[Connection, Books, Due], None]


def _heard_before(until: datetime) -> Select[Any]:
    """Conversations whose last turn came before then: a conversation goes as a whole or stays."""
    conversation = tables.conversation.c
    return select(conversation.id).where(conversation.heard_at < until).order_by(conversation.id)


def _of_old(table_name: str) -> Old:
    def old(until: datetime) -> Select[Any]:
        named = tables.metadata.tables[table_name].c.conversation
        return _heard_before(until).where(tables.conversation.c.id.in_(select(named)))

    return old


def _consent_before(until: datetime) -> Select[Any]:
    """As of anything else; and of conversations that never came, where consent was asked for and nothing was said."""
    consent, conversation = tables.consent.c, tables.conversation.c
    last = func.max(func.coalesce(conversation.heard_at, consent.at, type_=Moment()))
    asked = tables.consent.outerjoin(tables.conversation, conversation.id == consent.conversation)
    named = select(consent.conversation).select_from(asked).group_by(consent.conversation)
    return named.having(last < until).order_by(consent.conversation)


def _events_before(until: datetime) -> Select[Any]:
    event = tables.event.c
    return select(event.conversation).where(event.at < until).distinct().order_by(event.conversation)


def _remove_turns(connection: Connection, books: Books, due: Due) -> None:
    remove_conversations(connection, due.conversations)


def _remove_labels(connection: Connection, books: Books, due: Due) -> None:
    for name in due.conversations:
        expire(connection, books, name, due.now)


def _remove_from(table_name: str) -> Remove:
    def remove(connection: Connection, books: Books, due: Due) -> None:
        table = tables.metadata.tables[table_name]
        for name in due.conversations:
            connection.execute(delete(table).where(table.c.conversation == name))

    return remove


def _remove_events(connection: Connection, books: Books, due: Due) -> None:
    event = tables.event.c
    for name in due.conversations:
        connection.execute(delete(tables.event).where(event.conversation == name, event.at < due.until))


def remove_conversations(connection: Connection, conversations: Collection[str]) -> None:
    """Take conversations out with all that speaks of them, but for the audit, which holds none of their words."""
    for name in conversations:
        connection.execute(delete(tables.consent).where(tables.consent.c.conversation == name))
        connection.execute(delete(tables.conversation).where(tables.conversation.c.id == name))
        note(connection, Deed.CONVERSATION_REMOVED, conversation=name)
    outbox.removed(conversations, utc_now())(connection)
    _forget_customers_without_conversation(connection)
    _forget_holds_that_are_over(connection, tuple(conversations))


def _remove_plans_that_are_over(connection: Connection, until: datetime) -> None:
    """A plan goes with no conversation: it hangs on a customer alone, and goes once it has long been over."""
    row = tables.case_item.c
    over = (row.kind == Kind.PLAN.value) & row.state.not_in([one.value for one in OPEN]) & (row.changed_at < until)
    connection.execute(delete(tables.case_item).where(over, row.customer.not_in(held_people(connection))))


def _forget_customers_without_conversation(connection: Connection, profiled_before: datetime | None = None) -> None:
    """Those of whom nothing else is left; a profile goes where it has not been changed since `profiled_before`."""
    customer, other = tables.customer.c, tables.customer.alias("other").c
    met, has_casework = select(tables.customer_of.c.customer), select(tables.case_item.c.customer)
    merged_into = select(other.same_as).where(other.same_as.is_not(None))
    nobody = customer.id.not_in(met) & customer.id.not_in(has_casework) & customer.id.not_in(merged_into)
    bare = customer.profiled_at.is_(None)
    old = bare if profiled_before is None else bare | (customer.profiled_at < profiled_before)
    on_hold = select(tables.legal_hold.c.customer).where(tables.legal_hold.c.lifted_at.is_(None))
    free = customer.id.not_in(on_hold.where(tables.legal_hold.c.customer.is_not(None)))
    connection.execute(delete(tables.customer).where(customer.erased_at.is_(None), nobody, old, free))


def _forget_holds_that_are_over(connection: Connection, gone: Collection[str]) -> None:
    """Their reasons may say whom they were about; that there were holds is in the audit."""
    hold, customer = tables.legal_hold.c, tables.customer.c
    known = select(customer.id).where(customer.erased_at.is_(None))
    of_nobody = hold.conversation.in_(gone) | (hold.customer.is_not(None) & hold.customer.not_in(known))
    connection.execute(delete(tables.legal_hold).where(hold.lifted_at.is_not(None), of_nobody))


_OLD: Mapping[Kept, Old] = {
    Kept.TURNS: _heard_before,
    Kept.LABELS: with_labels,
    Kept.SEALED: _of_old("sealed"),
    Kept.CONSENT: _consent_before,
    Kept.EVENTS: _events_before,
}
_REMOVES: Mapping[Kept, Remove] = {
    Kept.TURNS: _remove_turns,
    Kept.LABELS: _remove_labels,
    Kept.SEALED: _remove_from("sealed"),
    Kept.CONSENT: _remove_from("consent"),
    Kept.EVENTS: _remove_events,
}
