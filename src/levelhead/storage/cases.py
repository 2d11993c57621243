"""Casework as it is kept: opened once, moved only as its machine allows, every change written beside it.

Bodies and reasons are sealed under the customer's key, as turns are, and go with their conversation or customer.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar, final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, false, insert, literal, select, tuple_, update

from levelhead.casework.bodies import BODIES
from levelhead.casework.item import NO_REASON, Change, Item, Kind, Reason
from levelhead.casework.machine import Machine, NotPossible
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import who_acts
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.columns import Id, Moment, new_id
from levelhead.storage.customers import customer_of
from levelhead.storage.database import Shelf
from levelhead.storage.holding import in_sight
from levelhead.storage.identities import identities_of
from levelhead.storage.refusals import Refused
from levelhead.storage.stored import from_stored, to_stored
from levelhead.storage.vault import Words

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
MOST = 500
"""Items that a list holds at most."""


class UnknownItem(Refused):
    """There is no such piece of casework, or it went with its conversation."""


class NotNow(Refused):
    """Its state does not allow this move; somebody else may have been quicker."""


@final
class Same:
    """Says that something stays as it is, where None would say that there is none."""


SAME: Final = Same()


class Cases:
    """One tenant's casework."""

    def __init__(self, books: Books, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._clock = clock

    @property
    def books(self) -> Books:
        """The tenant's books, which its casework is kept with."""
        return self._books

    @property
    def shelf(self) -> Shelf:
        """The tenant's rows, for what is settled beside its casework."""
        return self._books.shelf

    def now(self) -> datetime:
        """The moment that changes are written with."""
        return self._clock()

    def opening(
        self,
        kind: Kind,
        key: str,
        body: object,
        *,
        machine: Machine[State, Move],
        move: Move,
        conversation: str | None,
        customer: UUID | None = None,
        team: UUID | None = None,
        owner: UUID | None = None,
        due_at: datetime | None = None,
        reason: Reason = NO_REASON,
    ) -> Write:
        """Opens an item in the transaction that it is handed to; where its key is taken, nothing is written.

        `customer` may be left out where a conversation is named whose customer is known by then. Whoever acts is
        looked up now, not then.
        """
        who, now, state = who_acts(), self._clock(), machine.begin(move)

        def write(connection: Connection) -> None:
            whose = customer or (customer_of(connection, conversation) if conversation else None)
            if whose is None:
                raise UnknownItem("Nobody knows whose piece of casework this would be.")
            item = Item(
                new_id(), kind, key, state.value, whose, conversation, team, owner, due_at, now, now, body
            )  # fmt: skip
            if not _is_taken(connection, kind, key):
                self._insert(connection, item, Change(move.value, None, state.value, who, now, reason))

        return write

    def open(self, kind: Kind, key: str, write: Write) -> Item[Any]:
        """Do what `opening` made, in a transaction of its own; the item of this key, which may have been there."""
        with self._books.shelf.writing() as connection:
            write(connection)
        return self.keyed(kind, key)

    def moving(
        self,
        item: UUID,
        machine: Machine[State, Move],
        states: type[State],
        move: Move,
        *,
        reason: Reason = NO_REASON,
        body: object = SAME,
        owner: UUID | Same | None = SAME,
        due_at: datetime | Same | None = SAME,
    ) -> Write:
        """Moves an item in the transaction that it is handed to; that raises UnknownItem or NotNow.

        `body` is the new one, or a function that makes it of the one that stands then.
        """
        who, now = who_acts(), self._clock()

        def write(connection: Connection) -> None:
            was = self._get(connection, tables.case_item.c.id == item, moves=True)
            try:
                state = machine.after(states(was.state), move)
            except NotPossible as why:
                raise NotNow(str(why)) from None
            changed = replace(
                was,
                state=state.value,
                body=was.body if body is SAME else body(was.body) if callable(body) else body,
                owner=was.owner if isinstance(owner, Same) else owner,
                due_at=was.due_at if isinstance(due_at, Same) else due_at,
                changed_at=now,
            )
            self._update(connection, changed, Change(move.value, was.state, state.value, who, now, reason))

        return write

    def write(self, *writes: Write) -> None:
        """Do what `opening` and `moving` made, all in one transaction or none of it."""
        with self._books.shelf.writing() as connection:
            for write in writes:
                write(connection)

    def get(self, item: UUID) -> Item[Any]:
        """The item of this id. Raises UnknownItem."""
        with self._books.shelf.reading() as connection:
            return self._get(connection, tables.case_item.c.id == item)

    def keyed(self, kind: Kind, key: str) -> Item[Any]:
        """The item of this key. Raises UnknownItem."""
        row = tables.case_item.c
        with self._books.shelf.reading() as connection:
            return self._get(connection, (row.kind == kind.value) & (row.key == key))

    def of_conversation(self, conversation: str, *kinds: Kind) -> tuple[Item[Any], ...]:
        """The casework of a conversation, oldest first; of these kinds, or of all."""
        mine = tables.case_item.c.conversation == conversation
        return _of_kinds(self.shelf.once(("casework", conversation), lambda: self._listed(mine, ())), kinds)

    def of_customer(self, customer: UUID, *kinds: Kind) -> tuple[Item[Any], ...]:
        """The casework of a customer, under whatever identity, oldest first; of these kinds, or of all."""
        return _of_kinds(self.shelf.once(("casework", customer), lambda: self._of_customer(customer)), kinds)

    def of_same_customer(self, conversation: str, *kinds: Kind) -> tuple[Item[Any], ...]:
        """The casework of this conversation's customer, in all of theirs; of these kinds, or of all."""
        with self._books.shelf.reading() as connection:
            whose = customer_of(connection, conversation)
        return self.of_customer(whose, *kinds) if whose else ()

    def standing(
        self,
        kind: Kind,
        states: Iterable[StrEnum],
        *,
        sight: Sight = EVERYTHING,
        owners: Collection[UUID] = (),
        conversations: Collection[str] | None = None,
        due_before: datetime | None = None,
        due_after: datetime | None = None,
        changed_after: datetime | None = None,
        behind: Item[Any] | None = None,
        history: bool = True,
    ) -> tuple[Item[Any], ...]:
        """Items in these states of conversations in sight, and those of `owners`; due first first, at most MOST.

        `conversations`: of these alone.
        `behind`: those that come after this one, for whoever wants them all; it has to have a time. Without `history`
        those are left out whose time was over when they were opened.
        """
        row, known = tables.case_item.c, tables.conversation
        talks = row.conversation.in_(select(known.c.id).where(in_sight(known, sight)))
        seen = talks | _of_team(sight) | _own(sight) | row.owner.in_(owners)
        chosen = row.state.in_([state.value for state in states]) & (
            seen if not sight.everything else row.id.is_not(None)
        )
        if conversations is not None:
            chosen &= row.conversation.in_(conversations)
        if due_before is not None:
            chosen &= row.due_at <= due_before
        if due_after is not None:
            chosen &= row.due_at > due_after
        if changed_after is not None:
            chosen &= row.changed_at > changed_after
        if not history:
            chosen &= row.due_at.is_(None) | (row.due_at > row.opened_at)
        if behind is not None:
            chosen &= tuple_(row.due_at, row.id) > tuple_(literal(behind.due_at, Moment), literal(behind.id, Id))
        return self._listed(chosen, (kind,), by_due=True)

    def changes(self, item: UUID) -> tuple[Change, ...]:
        """What became of an item, oldest first."""
        change = tables.case_change.c
        with self._books.shelf.reading() as connection:
            words = self._words(self._get(connection, tables.case_item.c.id == item).customer)
            rows = connection.execute(select(tables.case_change).where(change.item == item).order_by(change.id))
            return tuple(_change(row, words) for row in rows)

    def _of_customer(self, customer: UUID) -> tuple[Item[Any], ...]:
        with self._books.shelf.reading() as connection:
            known = identities_of(connection, customer)
        return self._listed(tables.case_item.c.customer.in_(known), ())

    def _words(self, customer: UUID) -> Words:
        return self._books.words_of(customer)

    def _get(self, connection: Connection, which: ColumnElement[bool], *, moves: bool = False) -> Item[Any]:
        # Who means to move it keeps others from moving it meanwhile; a mere look takes no lock.
        query = select(tables.case_item).where(which)
        row = connection.execute(query.with_for_update() if moves else query).one_or_none()
        if row is None:
            raise UnknownItem("There is no such piece of casework, or it is gone.")
        return _item(row, self._words(row.customer))

    def _listed(
        self, which: ColumnElement[bool], kinds: tuple[Kind, ...], *, by_due: bool = False
    ) -> tuple[Item[Any], ...]:
        row = tables.case_item.c
        query = select(tables.case_item).where(which)
        if kinds:
            query = query.where(row.kind.in_([kind.value for kind in kinds]))
        order = (row.due_at.is_(None), row.due_at, row.id) if by_due else (row.id,)
        with self._books.shelf.reading() as connection:
            rows = connection.execute(query.order_by(*order).limit(MOST)).all()
        return tuple(_item(row, self._words(row.customer)) for row in rows)

    def _insert(self, connection: Connection, item: Item[Any], change: Change) -> None:
        row: dict[str, Any] = {"id": item.id, "kind": item.kind.value, "key": item.key, "customer": item.customer}
        row |= {"conversation": item.conversation, "team": item.team, "opened_at": item.opened_at}
        connection.execute(insert(tables.case_item), row | self._standing(item))
        self._note(connection, item, change)

    def _update(self, connection: Connection, item: Item[Any], change: Change) -> None:
        mine = tables.case_item.c.id == item.id
        connection.execute(update(tables.case_item).where(mine).values(self._standing(item)))
        self._note(connection, item, change)

    def _standing(self, item: Item[Any]) -> dict[str, Any]:
        body = self._words(item.customer).keep(to_stored(item.body), "case", item.id)
        return {
            "state": item.state,
            "owner": item.owner,
            "due_at": item.due_at,
            "changed_at": item.changed_at,
            "body": body,
        }

    def _note(self, connection: Connection, item: Item[Any], change: Change) -> None:
        reason = self._words(item.customer).keep(to_stored(change.reason), "reason", item.id)
        row = {"id": new_id(), "item": item.id, "move": change.move, "was": change.was, "now": change.now}
        connection.execute(insert(tables.case_change), row | {"who": change.who, "at": change.at, "reason": reason})
        note(
            connection,
            Deed.CASE_CHANGED,
            f"{item.kind}:{item.id}:{change.now}",
            conversation=item.conversation or "",
            who=change.who,
            at=change.at,
        )


def _of_kinds(items: tuple[Item[Any], ...], kinds: tuple[Kind, ...]) -> tuple[Item[Any], ...]:
    return tuple(item for item in items if item.kind in kinds) if kinds else items


def where_possible(writes: Sequence[Write]) -> Write:
    """All of these, as far as the first that is not possible any more: for what must not undo what it comes with."""

    def write(connection: Connection) -> None:
        with suppress(NotNow, UnknownItem):
            for one in writes:
                one(connection)

    return write


def items_of(connection: Connection, books: Books, customer: UUID) -> tuple[dict[str, Any], ...]:
    """Everything of a customer's casework with its changes, for an export: what is kept, in plain words."""
    row, change = tables.case_item, tables.case_change
    words = books.words_of(customer)
    kept = connection.execute(select(row).where(row.c.customer == customer).order_by(row.c.id)).all()
    made = connection.execute(select(change).join(row).where(row.c.customer == customer).order_by(change.c.id)).all()
    return tuple(
        {
            "kind": one.kind,
            "conversation": one.conversation,
            "state": one.state,
            "opened_at": one.opened_at.isoformat(),
            "body": json.loads(words.give(one.body, "case", one.id)),
            "changes": [
                {"move": it.move, "now": it.now, "who": it.who, "at": it.at.isoformat()}
                | {"reason": json.loads(words.give(it.reason, "reason", one.id))}
                for it in made
                if it.item == one.id
            ],
        }
        for one in kept
    )


def remove_items(connection: Connection, customer: UUID) -> None:
    """Take out all casework of a customer, of conversations and of none."""
    connection.execute(delete(tables.case_item).where(tables.case_item.c.customer == customer))


def _is_taken(connection: Connection, kind: Kind, key: str) -> bool:
    row = tables.case_item.c
    return connection.scalar(select(row.id).where(row.kind == kind.value, row.key == key)) is not None


def _of_team(sight: Sight) -> ColumnElement[bool]:
    """What is of no conversation is seen by its team."""
    row = tables.case_item.c
    return row.conversation.is_(None) & row.team.in_(sight.teams)


def _own(sight: Sight) -> ColumnElement[bool]:
    """What somebody has to see to themselves they see, whoever holds its conversation now."""
    return tables.case_item.c.owner == sight.holder if sight.holder else false()


def _item(row: Row[Any], words: Words) -> Item[Any]:
    kind = Kind(row.kind)
    return Item(
        row.id,
        kind,
        row.key,
        row.state,
        row.customer,
        row.conversation,
        row.team,
        row.owner,
        row.due_at,
        row.opened_at,
        row.changed_at,
        from_stored(BODIES[kind], words.give(row.body, "case", row.id)),
    )


def _change(row: Row[Any], words: Words) -> Change:
    reason = from_stored(Reason, words.give(row.reason, "reason", row.item))
    return Change(row.move, row.was, row.now, row.who, row.at, reason)
