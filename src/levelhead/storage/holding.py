"""Who holds a conversation, and which team it is of."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, false, or_, select, true, update

from levelhead.people.audit import Deed
from levelhead.people.audit_actor import who_acts
from levelhead.people.person import Whose
from levelhead.people.sight import Sight
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.database import Shelf

_CONVERSATION = tables.conversation.c
_WHOSE = select(_CONVERSATION.team, _CONVERSATION.holder).where(_CONVERSATION.id == bindparam("conversation"))


class Holding:
    """Who holds the conversations of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def whose(self, conversation: str) -> Whose | None:
        """Whose the conversation is; None where there is none of this id."""
        return self._shelf.once(("whose", conversation), lambda: self._whose(conversation))

    def whose_of(self, conversations: Sequence[str]) -> Mapping[str, Whose]:
        """Whose these conversations are; without those that are not there."""
        known = tables.conversation.c
        with self._shelf.reading() as connection:
            rows = connection.execute(select(known.id, known.team, known.holder).where(known.id.in_(conversations)))
            return {row.id: Whose(self._shelf.tenant, row.team, row.holder) for row in rows}

    def hold(self, conversation: str, person: UUID | None) -> None:
        """Have this person, or nobody, hold the conversation."""
        with self._shelf.writing() as connection:
            held_by(connection, conversation, person)
            note(connection, Deed.CONVERSATION_TAKEN, person or "nobody", conversation=conversation)

    def take(self, conversation: str, person: UUID) -> bool:
        """Have this person hold it unless somebody does; whether they hold it now."""
        known = tables.conversation.c
        free = (known.id == conversation) & (known.holder.is_(None) | (known.holder == person))
        with self._shelf.writing() as connection:
            taken = connection.execute(update(tables.conversation).where(free).values(holder=person)).rowcount == 1
            if taken:
                note(connection, Deed.CONVERSATION_TAKEN, person, conversation=conversation)
        return taken

    def give(self, conversation: str, person: UUID | None) -> None:
        """Have this person hold it, or nobody, whoever did until now."""
        with self._shelf.writing() as connection:
            held_by(connection, conversation, person)
            note(connection, Deed.CONVERSATION_GIVEN, person or "nobody", conversation=conversation)

    def let_go(self, conversation: str, person: UUID) -> bool:
        """Have nobody hold it where this person does; whether they did."""
        known = tables.conversation.c
        theirs = (known.id == conversation) & (known.holder == person)
        with self._shelf.writing() as connection:
            gone = connection.execute(update(tables.conversation).where(theirs).values(holder=None)).rowcount == 1
            if gone:
                note(connection, Deed.CONVERSATION_LET_GO, person, conversation=conversation)
        return gone

    def _whose(self, conversation: str) -> Whose | None:
        with self._shelf.reading() as connection:
            row = connection.execute(_WHOSE, {"conversation": conversation}).first()
        return Whose(self._shelf.tenant, row.team, row.holder) if row else None


def giving(conversation: str, person: UUID) -> Callable[[Connection], None]:
    """Has this person hold it, whoever did until now, in the transaction that it is handed to."""
    who = who_acts()

    def write(connection: Connection) -> None:
        held_by(connection, conversation, person)
        note(connection, Deed.CONVERSATION_GIVEN, person, conversation=conversation, who=who)

    return write


def held_by(connection: Connection, conversation: str, person: UUID | None) -> None:
    """Have this person, or nobody, hold the conversation."""
    mine = tables.conversation.c.id == conversation
    connection.execute(update(tables.conversation).where(mine).values(holder=person))


def in_sight(conversation: FromClause, sight: Sight) -> ColumnElement[bool]:
    """That a row of conversations is one that they see."""
    if sight.everything:
        return true()
    known = conversation.c
    seen: list[ColumnElement[bool]] = []
    if sight.teams:
        seen.append(known.team.in_(sight.teams))
    if sight.holder:
        seen.append(known.holder == sight.holder)
    if sight.open_to:
        seen.append(known.holder.is_(None) & known.team.in_(sight.open_to))
    return or_(false(), *seen)
