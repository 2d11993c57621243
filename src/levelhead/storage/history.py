"""The contact history of a person: every conversation under whatever identity, over all channels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from levelhead.casework.note import Outcome
from levelhead.conversation import Channel
from levelhead.people.sight import Sight
from levelhead.storage import tables
from levelhead.storage.books import Write
from levelhead.storage.database import Shelf
from levelhead.storage.holding import in_sight
from levelhead.storage.identities import identities_of

MOST = 200
"""Conversations that a history tells of, the latest ones."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A conversation of the history; `at`: when its last turn arrived, `ended`: what another system says of its end."""

    conversation: str
    channel: Channel
    at: datetime
    team: UUID | None
    holder: UUID | None
    identity: UUID
    ended: Outcome = Outcome.UNSAID


def contacts_with(shelf: Shelf, customer: UUID) -> tuple[Contact, ...]:
    """The contacts of this person, the latest first."""
    held, known, ending = tables.customer_of.c, tables.conversation, tables.ending.c
    with shelf.reading() as connection:
        theirs = held.customer.in_(identities_of(connection, customer))
        joined = known.join(tables.customer_of, held.conversation == known.c.id)
        joined = joined.outerjoin(tables.ending, ending.conversation == known.c.id)
        columns = (known.c.id, known.c.channel, known.c.heard_at, known.c.team, known.c.holder)
        query = select(*columns, held.customer, ending.ended).select_from(joined).where(theirs)
        rows = connection.execute(query.order_by(known.c.heard_at.desc(), known.c.id).limit(MOST)).all()
    return tuple(
        Contact(
            row.id,
            Channel(row.channel),
            row.heard_at,
            row.team,
            row.holder,
            row.customer,
            Outcome(row.ended) if row.ended else Outcome.UNSAID,
        )
        for row in rows
    )


def ending(conversation: str, ended: Outcome, at: datetime) -> Write:
    """Writes how an imported conversation ended, in the transaction that it is handed to."""
    row = {"conversation": conversation, "ended": ended.value, "at": at}

    def write(connection: Connection) -> None:
        connection.execute(insert(tables.ending), row)

    return write


def ended_as(shelf: Shelf, conversation: str) -> Outcome:
    """What the system says of a conversation's end that it was imported from; UNSAID for any other."""
    kept = tables.ending.c
    with shelf.reading() as connection:
        found = connection.scalar(select(kept.ended).where(kept.conversation == conversation))
    return Outcome(found) if found else Outcome.UNSAID


def recent_conversations(shelf: Shelf, sight: Sight, most: int) -> Mapping[str, datetime]:
    """The conversations in sight with when their last turn came, the one heard last first."""
    row = tables.conversation.c
    seen = in_sight(tables.conversation, sight)
    latest = select(row.id, row.heard_at).where(seen).order_by(row.heard_at.desc(), row.id).limit(most)
    with shelf.reading() as connection:
        return {one.id: one.heard_at for one in connection.execute(latest)}


def hard_conversations(shelf: Shelf, team: UUID | None, least: int, most: int) -> Mapping[str, datetime]:
    """The latest conversations of a team in which a feeling reached this intensity, with when the last turn came."""
    row, read = tables.conversation.c, tables.reading.c
    own = row.team.is_(None) if team is None else row.team == team
    hard = row.id.in_(select(read.conversation).where(read.intensity >= least))
    latest = select(row.id, row.heard_at).where(own, hard).order_by(row.heard_at.desc(), row.id).limit(most)
    with shelf.reading() as connection:
        return {one.id: one.heard_at for one in connection.execute(latest)}
