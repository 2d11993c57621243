"""Whether cards are muted in a conversation. What is advised stays what it is; muting is about what is shown."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf


class Muting:
    """The muted conversations of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def is_muted(self, conversation: str) -> bool:
        """Whether cards are muted in it now; those about somebody's safety come all the same."""
        return self._shelf.once(("muted", conversation), lambda: conversation in self.among([conversation]))

    def among(self, conversations: Collection[str]) -> frozenset[str]:
        """Those of these conversations in which cards are muted now."""
        with self._shelf.reading() as connection:
            return muted_among(connection, conversations)

    def mute(self, conversation: str, *, muted: bool) -> None:
        """Mute the cards of a conversation, or show them again. Raises CannotKeep where it is not there."""
        now = self._clock()
        with self._shelf.writing() as connection:
            if (conversation in muted_among(connection, [conversation])) == muted:
                return
            row = {"id": new_id(), "conversation": conversation, "muted": int(muted), "at": now}
            connection.execute(insert(tables.card_mute), row)
            note(connection, Deed.CARDS_MUTED if muted else Deed.CARDS_UNMUTED, conversation=conversation, at=now)


_ROW = tables.card_mute.c
_OF_ANY = _ROW.conversation.in_(bindparam("conversations", expanding=True))
_SAID = select(_ROW.conversation, _ROW.muted).where(_OF_ANY).order_by(_ROW.id)


def muted_among(connection: Connection, conversations: Collection[str]) -> frozenset[str]:
    """Those of these conversations in which cards are muted."""
    said = connection.execute(_SAID, {"conversations": list(conversations)})
    last = {one.conversation: one.muted for one in said}
    return frozenset(conversation for conversation, muted in last.items() if muted)
