"""What the outside is told of casework: promises, help, notes, boundaries, plans, remedies, complaints and so on."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from levelhead.casework.boundary import BoundaryMove, BoundaryState
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.follow_up import FollowUpState
from levelhead.casework.follow_up import Way as AskedBy
from levelhead.casework.handover import HandoverMove, HandoverState
from levelhead.casework.plan import PlanState
from levelhead.casework.remedy import RemedyState
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.casework.restriction import RestrictionState
from levelhead.casework.standing_in import Whom
from levelhead.conversation import Abuse
from levelhead.live.event_kinds import ConversationId, Kind

PromiseId = Annotated[str, Field(description="The promise's id; the API knows the rest.")]
DueAt = Annotated[str, Field(description="By when (ISO 8601, UTC).")]
Reminded = Annotated[
    Whom, Field(description="Who is to be reminded: its owner, who stands in for them, or anybody of the team.")
]
Somebody = Annotated[str | None, Field(description="The id of the person who sees to it; null where anybody may.")]


@dataclass(frozen=True, slots=True)
class PromiseDueSoon:
    """A promise is due within two working hours."""

    kind: ClassVar = Kind.PROMISE_DUE_SOON
    conversation: ConversationId
    promise: PromiseId
    due: DueAt
    whom: Reminded
    colleague: Somebody


@dataclass(frozen=True, slots=True)
class PromiseLate:
    """The time of a promise is over, and nobody has said that it was kept."""

    kind: ClassVar = Kind.PROMISE_LATE
    conversation: ConversationId
    promise: PromiseId
    due: DueAt
    whom: Reminded
    colleague: Somebody


@dataclass(frozen=True, slots=True)
class PromiseBroken:
    """A promise that somebody had confirmed has been late for a working day."""

    kind: ClassVar = Kind.PROMISE_BROKEN
    conversation: ConversationId
    promise: PromiseId
    due: DueAt


@dataclass(frozen=True, slots=True)
class PromiseKept:
    """Somebody has said that a promise was kept. That can be taken back; the API knows how it stands."""

    kind: ClassVar = Kind.PROMISE_KEPT
    conversation: ConversationId
    promise: PromiseId
    in_time: Annotated[bool, Field(description="Whether it was kept before it was due.")]


@dataclass(frozen=True, slots=True)
class HelpChanged:
    """Help was asked for, seen, given, withdrawn or dropped after its time; a conversation was handed over."""

    kind: ClassVar = Kind.HELP_CHANGED
    conversation: ConversationId
    move: Annotated[HandoverMove, Field(description="What was done.")]
    state: Annotated[HandoverState, Field(description="Where the call for help stands now.")]
    person: Annotated[str | None, Field(description="The id of who helps, or to whom it was offered; null where none.")]


@dataclass(frozen=True, slots=True)
class NoteSealed:
    """A person has confirmed the note of a conversation; the API has its words, as JSON, text or Markdown."""

    kind: ClassVar = Kind.NOTE_SEALED
    conversation: ConversationId
    note: Annotated[str, Field(description="The note's id.")]


@dataclass(frozen=True, slots=True)
class FollowUpChanged:
    """A customer was asked whether it worked, has answered, or is not asked; the API has the words."""

    kind: ClassVar = Kind.FOLLOW_UP_CHANGED
    conversation: ConversationId
    follow_up: Annotated[str, Field(description="The id of the follow-up; the API knows the rest.")]
    state: Annotated[FollowUpState, Field(description="Where it stands now. It is never left at `not_worked`.")]
    way: Annotated[AskedBy, Field(description="How the customer is asked.")]


@dataclass(frozen=True, slots=True)
class BoundaryChanged:
    """An agent has said a rung of the boundary ladder, set it aside or ended the contact; or things have calmed."""

    kind: ClassVar = Kind.BOUNDARY_CHANGED
    conversation: ConversationId
    move: Annotated[BoundaryMove, Field(description="What was done.")]
    state: Annotated[BoundaryState, Field(description="Where it stands now.")]
    abuse: Annotated[Abuse, Field(description="What was read last.")]


@dataclass(frozen=True, slots=True)
class RestrictionChanged:
    """A restriction was approved or refused, told, looked at again, appealed against, lifted, or has ended."""

    kind: ClassVar = Kind.RESTRICTION_CHANGED
    conversation: ConversationId
    restriction: Annotated[str, Field(description="The id of the restriction; the API knows the rest.")]
    state: Annotated[RestrictionState, Field(description="Where it stands now. It holds `in_force` and `appealed`.")]
    ends: Annotated[str, Field(description="When it ends by itself (ISO 8601).")]


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A plan for a customer was agreed or refused, told, given to another contact, looked at again, objected to, or has
    ended: for whoever leads contacts to people. A customer with a plan is never turned away; a plan only says who knows
    the case."""

    kind: ClassVar = Kind.PLAN_CHANGED
    conversation: Annotated[str, Field(description="The customer's latest conversation, as the channel gave its id.")]
    plan: Annotated[str, Field(description="The id of the plan; the API knows the rest.")]
    state: Annotated[
        PlanState, Field(description="Where it stands now. It holds `in_force`, `under_review` and `objected`.")
    ]
    contact: Annotated[str, Field(description="The id of the person who looks after the customer.")]
    ends: Annotated[str, Field(description="When it ends by itself (ISO 8601).")]


@dataclass(frozen=True, slots=True)
class RemedyChanged:
    """A remedy was offered, accepted, declined, asked for, approved, refused or granted. Levelhead pays nothing: what
    is `granted` a person has granted, and whoever pays or sends does so on this event, once for each remedy."""

    kind: ClassVar = Kind.REMEDY_CHANGED
    conversation: ConversationId
    remedy: Annotated[str, Field(description="The id of the remedy; the API knows the rest.")]
    state: Annotated[RemedyState, Field(description="Where it stands now.")]
    wrong: Annotated[str, Field(description="What went wrong, by its key in the remedies pack.")]
    option: Annotated[
        str | None, Field(description="Which option of that wrong, by its key; null before one is chosen.")
    ]
    remedy_kind: Annotated[RemedyKind | None, Field(description="What it is; null before one is chosen.")]
    amount: Annotated[int | None, Field(description="In minor units; null where it costs no money.", ge=0)]
    currency: Annotated[str | None, Field(description="ISO 4217 code; null where it costs no money.")]
    law: Annotated[str | None, Field(description="The key of the law in the pack that owes it; null for goodwill.")]
    pack: Annotated[str, Field(description="The pack and its version.")]


ComplaintId = Annotated[str, Field(description="The complaint's id; the API knows the rest.")]
Asked = Annotated[Duty, Field(description="What the limit asks for.")]
LastMoment = Annotated[str, Field(description="The last moment for it (ISO 8601, UTC).")]


@dataclass(frozen=True, slots=True)
class ComplaintOpened:
    """Somebody has said that this is a complaint, or has taken one up again. What was only proposed is not told."""

    kind: ClassVar = Kind.COMPLAINT_OPENED
    conversation: ConversationId
    complaint: ComplaintId
    rules: Annotated[str, Field(description="The name of the rule set that it falls under.")]


@dataclass(frozen=True, slots=True)
class ComplaintDueSoon:
    """A limit of a complaint is near, and what it asks for has not been done."""

    kind: ClassVar = Kind.COMPLAINT_DUE_SOON
    conversation: ConversationId
    complaint: ComplaintId
    duty: Asked
    due: LastMoment


@dataclass(frozen=True, slots=True)
class ComplaintLimitReached:
    """A limit of a complaint was reached, and what it asks for has not been done."""

    kind: ClassVar = Kind.COMPLAINT_LIMIT_REACHED
    conversation: ConversationId
    complaint: ComplaintId
    duty: Asked
    due: LastMoment


@dataclass(frozen=True, slots=True)
class ComplaintClosed:
    """A complaint is over. It can be taken up again, which is told as opened."""

    kind: ClassVar = Kind.COMPLAINT_CLOSED
    conversation: ConversationId
    complaint: ComplaintId
    in_time: Annotated[bool, Field(description="Whether none of its limits was reached before what it asks for.")]
