"""The outbox of one tenant: what happened, laid out for each destination in the transaction that made it happen.

Every destination has an order of its own: its rows carry a place that rises in the order in which the transactions
ended, and only the first that waits may be sent. Whoever sends claims the destination for a while; a claim that is not
renewed ends by itself.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Write
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.outbox_destinations import wants

REMOVED = "levelhead.conversation.removed.v1"
"""The kind of the last event of a conversation, which storage itself lays out: whoever removes one tells of it."""


class State(StrEnum):
    """Where an event stands on its way to one destination; `dead` waits for a person."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened; `told` is JSON of ids and labels. The id stays the same however often it is sent."""

    id: UUID
    kind: str
    conversation: str
    at: datetime
    told: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one destination."""

    destination: UUID
    place: int
    event: Told
    state: State
    attempts: int
    due_at: datetime
    settled_at: datetime | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How much lies in the outbox, and since when the oldest waits."""

    waiting: int
    dead: int
    oldest: datetime | None


class Outbox:
    """What is laid out for the destinations of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def due(self, now: datetime) -> tuple[UUID, ...]:
        """The destinations, claimed or not, whose first waiting event is due."""
        there, waits = tables.destination, tables.delivery
        first = _first_waiting().subquery()
        mine = (waits.c.destination == first.c.destination) & (waits.c.place == first.c.place)
        query = select(there.c.id).join(waits, waits.c.destination == there.c.id).join(first, mine)
        with self._shelf.reading() as connection:
            return tuple(connection.scalars(query.where(there.c.active == 1, waits.c.due_at <= now)))

    def claim(self, destinations: Iterable[UUID], by: UUID, now: datetime, until: datetime) -> tuple[UUID, ...]:
        """Those of the destinations that nobody else sends to, now ours until then."""
        there = tables.destination
        free = there.c.claimed_until.is_(None) | (there.c.claimed_until < now)
        query = select(there.c.id).where(there.c.id.in_(list(destinations)), free)
        with self._shelf.writing() as connection:
            # SQLite has one process that writes and knows no such locks; it leaves these words out.
            ours = tuple(connection.scalars(query.order_by(there.c.id).with_for_update(skip_locked=True)))
            values = {"claimed_by": by, "claimed_until": until}
            connection.execute(update(there).where(there.c.id.in_(ours)).values(values))
        return ours

    def release(self, destination: UUID, by: UUID) -> None:
        """Let others send to it."""
        there = tables.destination
        with self._shelf.writing() as connection:
            ours = (there.c.id == destination) & (there.c.claimed_by == by)
            connection.execute(update(there).where(ours).values(claimed_by=None, claimed_until=None))

    def release_all(self) -> None:
        """End every claim: for the start of a process that is the only one to write here."""
        values = {"claimed_by": None, "claimed_until": None}
        with self._shelf.writing() as connection:
            connection.execute(update(tables.destination).values(values))

    def first_waiting(self, destination: UUID) -> Delivery | None:
        """The next to be sent there; None where nothing waits."""
        mine = tables.delivery.c.destination == destination
        query = _deliveries().where(mine, tables.delivery.c.state == State.WAITING.value)
        with self._shelf.reading() as connection:
            row = connection.execute(query.order_by(tables.delivery.c.place).limit(1)).one_or_none()
        return None if row is None else _delivery(row)

    def note(self, delivery: Delivery, by: UUID, until: datetime) -> bool:
        """Keep how a delivery stands and renew the claim; False when the claim was lost meanwhile."""
        there, row = tables.destination, tables.delivery
        with self._shelf.writing() as connection:
            mine = (row.c.destination == delivery.destination) & (row.c.place == delivery.place)
            values: dict[str, object] = {
                "state": delivery.state.value,
                "attempts": delivery.attempts,
                "due_at": delivery.due_at,
            }
            values |= {"settled_at": delivery.settled_at, "trouble": delivery.trouble}
            connection.execute(update(row).where(mine).values(values))
            ours = (there.c.id == delivery.destination) & (there.c.claimed_by == by)
            return bool(connection.execute(update(there).where(ours).values(claimed_until=until)).rowcount)

    def listed(self, state: State | None = None, limit: int = 200) -> tuple[Delivery, ...]:
        """What lies here, the oldest first."""
        query = _deliveries().order_by(tables.delivery.c.event, tables.delivery.c.destination).limit(limit)
        if state is not None:
            query = query.where(tables.delivery.c.state == state.value)
        with self._shelf.reading() as connection:
            return tuple(_delivery(row) for row in connection.execute(query))

    def standing(self) -> Standing:
        """How much waits and how much is dead, of all destinations that are told anything."""
        row, there = tables.delivery, tables.destination
        query = select(row.c.state, func.count().label("how_many"), func.min(tables.event.c.at).label("oldest"))
        query = query.select_from(row).join(there, row.c.destination == there.c.id)
        query = query.join(tables.event, row.c.event == tables.event.c.id).where(there.c.active == 1)
        with self._shelf.reading() as connection:
            found = {found.state: found for found in connection.execute(query.group_by(row.c.state))}
        waiting, dead = found.get(State.WAITING.value), found.get(State.DEAD.value)
        return Standing(
            waiting=waiting.how_many if waiting else 0,
            dead=dead.how_many if dead else 0,
            oldest=waiting.oldest if waiting else None,
        )

    def resend(self, now: datetime, event: UUID | None = None, destination: UUID | None = None) -> int:
        """Have dead events sent again, all of them or those of one id or one destination; how many there are."""
        row = tables.delivery
        dead = [row.c.state == State.DEAD.value]
        dead += [row.c.event == event] if event else []
        dead += [row.c.destination == destination] if destination else []
        values = {"state": State.WAITING.value, "attempts": 0, "due_at": now, "settled_at": None}
        with self._shelf.writing() as connection:
            again = connection.execute(update(row).where(*dead).values(values)).rowcount
            if again:
                note(connection, Deed.EVENT_SENT_AGAIN, event or destination or "all")
        return again

    def forget(self, before: datetime) -> None:
        """Take out what was sent before that moment, and the events that no destination waits for any more."""
        row, event = tables.delivery, tables.event
        with self._shelf.writing() as connection:
            gone = (row.c.state == State.SENT.value) & (row.c.settled_at < before)
            connection.execute(delete(row).where(gone))
            still_there = select(row.c.event).where(row.c.event == event.c.id).correlate(event).exists()
            connection.execute(delete(event).where(event.c.at < before, ~still_there))


_WANTING = (
    select(tables.destination.c.id, tables.destination.c.kinds)
    .where(tables.destination.c.active == 1)
    .order_by(tables.destination.c.id)
)


def laid_out(events: Sequence[Told]) -> Write:
    """Lays the events out for every destination that wants them, after all that lies there already."""

    def write(connection: Connection) -> None:
        wanting = connection.execute(_WANTING)
        wanted = {row.id: [event for event in events if wants(row.kinds, event.kind)] for row in wanting}
        of_any = {event.id: event for some in wanted.values() for event in some}
        if not of_any:
            return
        connection.execute(insert(tables.event), [_row(event) for event in of_any.values()])
        for destination, some in wanted.items():
            if some:
                _lay_out(connection, destination, some)

    return write


def removed(conversations: Iterable[str], at: datetime) -> Write:
    """Takes out every event of these conversations, sent or not, and tells of each that it is gone: nothing else."""
    gone = list(conversations)
    last = [Told(new_id(), REMOVED, one, at, json.dumps({"conversation": one}, separators=(",", ":"))) for one in gone]

    def write(connection: Connection) -> None:
        connection.execute(delete(tables.event).where(tables.event.c.conversation.in_(gone)))
        laid_out(last)(connection)

    return write


def _lay_out(connection: Connection, destination: UUID, events: Sequence[Told]) -> None:
    there = tables.destination
    # Counting holds the destination's row until this transaction ends: places rise in the order of the commits.
    count = update(there).where(there.c.id == destination).values(places=there.c.places + len(events))
    last: int = connection.execute(count.returning(there.c.places)).scalar_one()
    rows = [
        {
            "destination": destination,
            "place": last - len(events) + number,
            "event": event.id,
            "state": State.WAITING.value,
            "attempts": 0,
            "due_at": event.at,
        }
        for number, event in enumerate(events, start=1)
    ]
    connection.execute(insert(tables.delivery), rows)


def _row(event: Told) -> dict[str, object]:
    at = {"at": event.at, "told": event.told}
    return {"id": event.id, "kind": event.kind, "conversation": event.conversation} | at


def _first_waiting() -> Select[tuple[UUID, int]]:
    row = tables.delivery
    first = select(row.c.destination, func.min(row.c.place).label("place"))
    return first.where(row.c.state == State.WAITING.value).group_by(row.c.destination)


def _deliveries() -> Select[tuple[object, ...]]:
    row, event = tables.delivery, tables.event
    told = (event.c.id, event.c.kind, event.c.conversation, event.c.at, event.c.told)
    return select(row, *told).join(event, row.c.event == event.c.id)


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    return Delivery(
        destination=row.destination,
        place=row.place,
        event=Told(row.id, row.kind, row.conversation, row.at, row.told),
        state=State(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        settled_at=row.settled_at,
        trouble=row.trouble,
    )
