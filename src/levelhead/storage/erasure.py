"""Export and erasure: everything that is kept of one customer, to be handed over, or to be gone."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select, update

from levelhead.conversation import Reading
from levelhead.people.audit import Deed
from levelhead.privacy.objections import Mark, as_marked
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import items_of, remove_items
from levelhead.storage.consents import noted_in
from levelhead.storage.customers import Customers, UnknownCustomer, conversations_with
from levelhead.storage.holds import check_free
from levelhead.storage.identities import identities_of
from levelhead.storage.marks import marks_of
from levelhead.storage.profiles import told_of
from levelhead.storage.retention import remove_conversations
from levelhead.storage.scrubbing import scrub
from levelhead.storage.sealed import values_of
from levelhead.storage.stored import from_stored, to_stored

OF_TURNS = ("turn", "reading", "advice")
_OF_CUSTOMER = ("token", "reference", "name", "profile", "profiled_at", "same_as", "same_since")


@dataclass(frozen=True, slots=True)
class Erased:
    """What went: the customer's conversations. `scrubbed` is False where freed pages may still hold their words."""

    customer: UUID
    conversations: tuple[str, ...]
    scrubbed: bool


class Erasure:
    """Hands over or removes what one tenant keeps of a customer."""

    def __init__(self, books: Books, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._clock = clock

    def export(self, customer: UUID) -> str:
        """Everything kept of this customer as JSON, what was inferred included. Raises UnknownCustomer or KeyGone."""
        known = Customers(self._books.shelf, self._books.vault).get(customer)
        if known.erased_at is not None:
            raise UnknownCustomer(f"Customer {customer} was erased on {known.erased_at:%Y-%m-%d}; nothing is left.")
        with self._books.shelf.reading() as connection:
            identities = identities_of(connection, customer)
            told = {
                "customer": {"id": str(customer), "name": known.name, "reference": known.reference},
                "identities": [told_of(connection, self._books, one) for one in identities],
                "conversations": [
                    self._conversation(connection, name, one)
                    for one in identities
                    for name in conversations_with(connection, one)
                ],
                "casework": [item for one in identities for item in items_of(connection, self._books, one)],
            }
        with self._books.shelf.writing() as connection:  # Before it is handed over: no export goes unnoticed.
            note(connection, Deed.CUSTOMER_EXPORTED, customer, at=self._clock())
        return json.dumps(told, ensure_ascii=False, indent=2, default=str)

    def erase(self, customer: UUID, also: Iterable[Write] = ()) -> Erased:
        """Remove everything of this customer, under whatever identity, then destroy the keys.

        Raises UnknownCustomer, UnderHold or CannotKeep. The rows go first: should the machine stop in between, asking
        again finishes it, and nothing of another customer is touched. After the keys are gone, no backup of the
        database gives these words back.
        """
        return self._erase(customer, also)

    def _erase(self, customer: UUID, also: Iterable[Write] = (), *, alone: bool = False) -> Erased:
        with self._books.shelf.writing() as connection:
            _check_known(connection, customer)
            identities = (customer,) if alone else identities_of(connection, customer)
            names = tuple(sorted(name for one in identities for name in conversations_with(connection, one)))
            check_free(connection, customer, names)
            gone = dict.fromkeys(_OF_CUSTOMER) | {"erased_at": self._clock()}
            for one in identities:
                connection.execute(update(tables.customer).where(tables.customer.c.id == one).values(gone))
                remove_items(connection, one)
                note(connection, Deed.CUSTOMER_ERASED, one, at=self._clock())
            remove_conversations(connection, names)
            for write in also:
                write(connection)
        for one in identities:
            self._books.vault.destroy(self._books.tenant, one)
        self._books.forget(names)
        return Erased(customer, names, scrub(self._books.shelf.database))

    def again(self) -> tuple[Erased, ...]:
        """Erase anew whom a restored backup brought back: their keys are gone, so they can only be in the way."""
        ring = self._books.vault.ring
        destroyed = [UUID(holder) for holder in ring.destroyed(self._books.tenant)] if ring else []
        customer = tables.customer.c
        with self._books.shelf.reading() as connection:
            back = tuple(
                connection.scalars(select(customer.id).where(customer.id.in_(destroyed), customer.erased_at.is_(None)))
            )
        # Each alone: the backup may be from before somebody else was split off.
        return tuple(self._erase(one, alone=True) for one in back)

    def _conversation(self, connection: Connection, name: str, customer: UUID) -> dict[str, Any]:
        row = connection.execute(select(tables.conversation).where(tables.conversation.c.id == name)).one()
        words = self._books.words_of(customer)
        turns = [
            {
                kind: json.loads(words.give(kept, kind, name, made.n))
                for kind, kept in zip(OF_TURNS, (made.turn, made.reading, made.advice), strict=True)
            }
            for made in _made_of(connection, name)
        ]
        for n, marks in marks_of(connection, (name,)).get(name, {}).items():
            for turn in (one for one in turns if one["turn"]["n"] == n):
                turn["shown"] = _shown(turn["reading"], marks)
        sealed = values_of(connection, self._books, name)
        return {
            "id": name,
            "channel": row.channel,
            "locale": row.locale,
            "heard_at": row.heard_at.isoformat(),
            "turns": turns,
            "sealed": [{"n": n, "place": p, "kind": kind, "value": value} for (n, p), (kind, value) in sealed.items()],
            "consent": [
                {"purpose": one.purpose, "answer": one.answer, "noted_by": one.noted_by, "at": one.at.isoformat()}
                for one in noted_in(connection, name)
            ],
            "objections": list(_rows_of(connection, tables.label_mark, name)),
            "ended": connection.scalar(select(tables.ending.c.ended).where(tables.ending.c.conversation == name)),
            "card_answers": list(_rows_of(connection, tables.card_answer, name)),
            "audit": list(_rows_of(connection, tables.audit, name)),
        }


def _shown(reading: dict[str, Any], marks: tuple[Mark, ...]) -> dict[str, Any]:
    """What is shown instead of what was read, since the customer has put it right."""
    shown: dict[str, Any] = json.loads(to_stored(as_marked(from_stored(Reading, json.dumps(reading)), marks)))
    return shown


def _check_known(connection: Connection, customer: UUID) -> None:
    if connection.scalar(select(tables.customer.c.id).where(tables.customer.c.id == customer)) is None:
        raise UnknownCustomer(f"There is no customer {customer}.")


def _made_of(connection: Connection, name: str) -> Sequence[Any]:
    turn, reading, advice = tables.turn, tables.reading, tables.advice
    query = select(turn.c.n, turn.c.turn, reading.c.reading, advice.c.advice).join(reading).join(advice)
    return connection.execute(query.where(turn.c.conversation == name).order_by(turn.c.n)).all()


def _rows_of(connection: Connection, table: Table, name: str) -> Iterator[dict[str, Any]]:
    rows = connection.execute(select(table).where(table.c.conversation == name).order_by(table.c.id)).mappings()
    return ({key: value for key, value in row.items() if key not in {"tenant", "id"}} for row in rows)
