"""Which looks the audit notes: those at a conversation by someone who does not hold it."""

from typing import Final

from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Relation, Whose

_LOOKS: Final = frozenset(
    {
        Action.READ_CONVERSATION,
        Action.SEE_FORECASTS,
        Action.CHECK_DRAFT,
        Action.ASK_FOR_HELP,
        Action.READ_NOTE,
        Action.SEE_CUSTOMER,
        Action.SEE_BRIEF,
        Action.SEE_REMEDIES,
    }
)
"""What shows something of a conversation without changing it; what changes it is noted as a change."""
_LISTS: Final = frozenset(
    {
        Action.DECIDE_RESTRICTION,
        Action.READ_CONVERSATION,
        Action.APPROVE_REMEDY,
        Action.SEE_SUPERVISOR_LIST,
        Action.SEE_PROMISES,
        Action.SEE_FOLLOW_UPS,
        Action.SEE_COMPLAINTS,
    }
)


def look_of(who: Person | ApiToken, action: Action, whose: Whose, conversation: str | None) -> Deed | None:
    """What to note before they are answered; None where there is nothing. Without a conversation it is a list.

    Sealed facts are noted for whoever sees them, the holder too.
    """
    if action is Action.SEE_SEALED:
        return Deed.SEALED_SEEN
    if conversation is None:
        sees_others = action in _LISTS and reach_of(who, action) in {Relation.TEAM, Relation.TENANT}
        return Deed.LIST_SEEN if sees_others else None
    holds = isinstance(who, Person) and whose.owner == who.id
    return Deed.CONVERSATION_SEEN if action in _LOOKS and not holds else None
