"""The kinds of events, what becomes of each while nothing is shown, and the fields that all of them have."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from levelhead.storage.outbox import REMOVED


class Kind(StrEnum):
    """What an event tells of: the `type` of its CloudEvent."""

    CONVERSATION_STARTED = "levelhead.conversation.started.v1"
    TURN_HEARD = "levelhead.turn.heard.v1"
    CARD_SHOWN = "levelhead.card.shown.v1"
    CARD_ANSWERED = "levelhead.card.answered.v1"
    PROMISE_HEARD = "levelhead.promise.heard.v1"
    PROMISE_DUE_SOON = "levelhead.promise.due_soon.v1"
    PROMISE_LATE = "levelhead.promise.late.v1"
    PROMISE_BROKEN = "levelhead.promise.broken.v1"
    PROMISE_KEPT = "levelhead.promise.kept.v1"
    SUPERVISOR_ASKED = "levelhead.supervisor.asked.v1"
    SUPERVISOR_NEEDED = "levelhead.supervisor.needed.v1"
    HELP_CHANGED = "levelhead.help.changed.v1"
    NOTE_SEALED = "levelhead.note.sealed.v1"
    BOUNDARY_CHANGED = "levelhead.boundary.changed.v1"
    RESTRICTION_CHANGED = "levelhead.restriction.changed.v1"
    PLAN_CHANGED = "levelhead.plan.changed.v1"
    REMEDY_CHANGED = "levelhead.remedy.changed.v1"
    FOLLOW_UP_CHANGED = "levelhead.follow_up.changed.v1"
    COMPLAINT_OPENED = "levelhead.complaint.opened.v1"
    COMPLAINT_DUE_SOON = "levelhead.complaint.due_soon.v1"
    COMPLAINT_LIMIT_REACHED = "levelhead.complaint.limit_reached.v1"
    COMPLAINT_CLOSED = "levelhead.complaint.closed.v1"
    CONVERSATION_REMOVED = REMOVED


class Hidden(StrEnum):
    """What becomes of an event while the agents of its team are not shown what was read: it is off, or in shadow."""

    TOLD = "told as ever"
    BARE = "told with `readable` false and without findings"
    SILENT = "not told"


WHILE_HIDDEN: Final[Mapping[Kind, Hidden]] = {
    Kind.CONVERSATION_STARTED: Hidden.TOLD,
    Kind.TURN_HEARD: Hidden.BARE,
    Kind.CARD_SHOWN: Hidden.SILENT,
    Kind.CARD_ANSWERED: Hidden.SILENT,
    Kind.PROMISE_HEARD: Hidden.SILENT,
    Kind.PROMISE_DUE_SOON: Hidden.SILENT,
    Kind.PROMISE_LATE: Hidden.SILENT,
    Kind.PROMISE_BROKEN: Hidden.SILENT,
    Kind.PROMISE_KEPT: Hidden.SILENT,
    Kind.SUPERVISOR_ASKED: Hidden.SILENT,
    Kind.SUPERVISOR_NEEDED: Hidden.SILENT,
    Kind.HELP_CHANGED: Hidden.TOLD,
    Kind.NOTE_SEALED: Hidden.TOLD,
    Kind.BOUNDARY_CHANGED: Hidden.SILENT,
    Kind.RESTRICTION_CHANGED: Hidden.TOLD,
    Kind.PLAN_CHANGED: Hidden.TOLD,
    Kind.REMEDY_CHANGED: Hidden.TOLD,
    Kind.FOLLOW_UP_CHANGED: Hidden.TOLD,
    Kind.COMPLAINT_OPENED: Hidden.TOLD,
    Kind.COMPLAINT_DUE_SOON: Hidden.TOLD,
    Kind.COMPLAINT_LIMIT_REACHED: Hidden.TOLD,
    Kind.COMPLAINT_CLOSED: Hidden.TOLD,
    Kind.CONVERSATION_REMOVED: Hidden.TOLD,
}
"""Who is told an event may show it to an agent a moment later, so a program is told no more than an agent is shown."""

ConversationId = Annotated[str, Field(description="The conversation's id, as the channel gave it.")]
Number = Annotated[int, Field(description="The number of the turn in its conversation.", ge=0)]
