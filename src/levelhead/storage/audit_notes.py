"""What is done is noted in the transaction that does it: both are on disk, or neither.

The row has no place in the chain yet; sealing gives it one a moment later (`audit.py`), so that no turn waits for it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import actor_of, who_acts
from levelhead.people.audit_looks import look_of
from levelhead.people.permission import Action
from levelhead.people.person import Person, Whose
from levelhead.storage import tables
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf

MOST_SUBJECT = 200
_NOTE, _WAITS = insert(tables.audit), insert(tables.audit_waiting)


class NotAnId(ValueError):
    """A subject with spaces would be words, and words do not belong into the audit: a fault of ours."""


def note(
    connection: Connection,
    deed: Deed,
    subject: object = "",
    *,
    conversation: str = "",
    who: str | None = None,
    at: datetime | None = None,
) -> None:
    """Note a deed of whoever acts (`audit_actor.py`), or of `who`.

    `subject` is what it was done to, by id, number or name of a setting. Raises NotAnId.
    """
    told = str(subject)
    own = told.removeprefix(
        conversation
    )  # A card's id begins with its conversation's, which is as the channel gave it.
    if len(own) > MOST_SUBJECT or any(sign.isspace() for sign in own):
        raise NotAnId("the audit takes ids and no words")
    row = new_id()
    noted_row = {"id": row, "at": at or datetime.now(UTC), "who": who or who_acts(), "deed": deed.value}
    connection.execute(_NOTE, noted_row | {"conversation": conversation, "subject": told})
    connection.execute(_WAITS, {"audit": row})


def noted(deed: Deed, subject: object = "", *, conversation: str = "") -> Callable[[Connection], None]:
    """Notes a deed of whoever acts now, in the transaction that it is handed to."""
    who = who_acts()
    return lambda connection: note(connection, deed, subject, conversation=conversation, who=who)


def note_look(
    shelf: Shelf,
    who: Person | ApiToken,
    action: Action,
    whose: Whose,
    conversation: str | None = None,
    part: str = "",
) -> None:
    """Note a look before it is answered, where it is one of those that are noted; raises CannotKeep.

    `part` says by numbers which part of the conversation is looked at, where it is not the whole.
    """
    deed = look_of(who, action, whose, conversation)
    if deed is not None:
        with shelf.writing() as connection:
            note(connection, deed, part or action.value, conversation=conversation or "", who=actor_of(who))
