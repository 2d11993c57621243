"""What was granted: to a customer within a month, which limits what can still be; by a team, which is the precedent."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, select

from levelhead.casework.item import Kind
from levelhead.casework.remedy import Remedied, RemedyState
from levelhead.storage import tables
from levelhead.storage.books import Books, Write
from levelhead.storage.customers import customer_of
from levelhead.storage.identities import first_of, identities_of
from levelhead.storage.keyring import KeyGone
from levelhead.storage.stored import from_stored

LOOKED_AT: Final = 50
"""Grants of a team that make a precedent, the latest ones: each is opened with its customer's key."""


class Granting:
    """The grants of one tenant."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def precedents(self, team: UUID | None, wrong: str, since: datetime) -> Mapping[str, int]:
        """How often this team granted each remedy for this wrong lately; of what is of no team there are none."""
        if team is None:
            return {}
        row = tables.case_item.c
        mine = (row.team == team) & (row.changed_at >= since)
        with self._books.shelf.reading() as connection:
            query = select(tables.case_item).where(_is_granted(), mine)
            rows = connection.execute(query.order_by(row.changed_at.desc(), row.id.desc()).limit(LOOKED_AT)).all()
        return Counter(body.granted.chosen.key for body in self._bodies(rows) if body.granted and body.wrong == wrong)

    def given(self, conversation: str, currency: str, since: datetime) -> int:
        """What the customer of this conversation was given since then, in all of theirs, in minor units."""
        with self._books.shelf.reading() as connection:
            customer = customer_of(connection, conversation)
            return self._given(connection, customer, currency, since) if customer else 0

    def checked(self, customer: UUID, currency: str, since: datetime, check: Callable[[int], None]) -> Write:
        """Asks `check` about what the customer was given, in the transaction that grants: it may raise.

        Two grants to one customer wait for each other, so that both together stay within what may be given.
        """

        def look(connection: Connection) -> None:
            known = tables.customer.c.id
            connection.execute(select(known).where(known == first_of(connection, customer)).with_for_update()).all()
            check(self._given(connection, customer, currency, since))

        return look

    def _given(self, connection: Connection, customer: UUID, currency: str, since: datetime) -> int:
        row = tables.case_item.c
        mine = row.customer.in_(identities_of(connection, customer)) & (row.changed_at >= since)
        rows = connection.execute(select(tables.case_item).where(_is_granted(), mine)).all()
        costs = (body.granted.chosen.cost for body in self._bodies(rows) if body.granted)
        return sum(cost.minor for cost in costs if cost and cost.currency == currency)

    def _bodies(self, rows: Iterable[Row[Any]]) -> list[Remedied]:
        found = []
        for row in rows:
            with suppress(KeyGone):  # The customer was erased meanwhile.
                words = self._books.words_of(row.customer)
                found.append(from_stored(Remedied, words.give(row.body, "case", row.id)))
        return found


def _is_granted() -> ColumnElement[bool]:
    row = tables.case_item.c
    return (row.kind == Kind.REMEDY.value) & (row.state == RemedyState.GRANTED.value)
