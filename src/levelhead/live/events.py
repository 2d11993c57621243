"""What the outside is told: one frozen record a kind, of ids and labels only. What anyone said is in none of them.

They become rows of the outbox in the transaction of what they tell of (`storage/outbox.py`); `docs/events.md` and
`docs/events.schema.json` are made from this module. A kind ends in its version: a field may be added to it, and
anything else makes a new version beside it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field

from levelhead.casework.boundary import BoundaryMove, BoundaryState
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.handover import HandoverMove, HandoverState
from levelhead.casework.remedy import RemedyState
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.casework.restriction import RestrictionState
from levelhead.casework.standing_in import Whom
from levelhead.conversation import (
    Abuse,
    Advice,
    Card,
    CardKind,
    Channel,
    Cue,
    DueKind,
    Emotion,
    Heard,
    Likely,
    Reading,
    Speaker,
    Turn,
)
from levelhead.storage.books import Write
from levelhead.storage.columns import new_id
from levelhead.storage.outbox import REMOVED, Told, laid_out
from levelhead.storage.records import CardAnswer


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
    REMEDY_CHANGED = "levelhead.remedy.changed.v1"
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
    Kind.REMEDY_CHANGED: Hidden.TOLD,
    Kind.COMPLAINT_OPENED: Hidden.TOLD,
    Kind.COMPLAINT_DUE_SOON: Hidden.TOLD,
    Kind.COMPLAINT_LIMIT_REACHED: Hidden.TOLD,
    Kind.COMPLAINT_CLOSED: Hidden.TOLD,
    Kind.CONVERSATION_REMOVED: Hidden.TOLD,
}
"""Who is told an event may show it to an agent a moment later, so a program is told no more than an agent is shown."""

ConversationId = Annotated[str, Field(description="The conversation's id, as the channel gave it.")]
Number = Annotated[int, Field(description="The number of the turn in its conversation.", ge=0)]
CardId = Annotated[str, Field(description="The card's id: the conversation's and the number of the turn it came from.")]
Probability = Annotated[float, Field(description="How sure that is, 0 to 1.", ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    """The first turn of a conversation was kept."""

    kind: ClassVar = Kind.CONVERSATION_STARTED
    conversation: ConversationId
    channel: Annotated[Channel, Field(description="How it is held.")]
    locale: Annotated[str, Field(description="Its language tag, such as `en-GB`.")]


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """A turn was kept; what it shows, without its words."""

    kind: ClassVar = Kind.TURN_HEARD
    conversation: ConversationId
    n: Number
    speaker: Annotated[Speaker, Field(description="Who said it.")]
    late: Annotated[bool, Field(description="Whether a later turn had been kept before it.")]
    language: Annotated[str, Field(description="The code of its language; empty where it is not known.")]
    readable: Annotated[
        bool, Field(description="Whether what was read is told; if not, the labels say nothing about the turn.")
    ]
    emotion: Annotated[Emotion | None, Field(description="On a customer's turn: what the words express.")]
    intensity: Annotated[int | None, Field(description="On a customer's turn: how strongly, 0 to 3.", ge=0, le=3)]
    abuse: Annotated[Abuse | None, Field(description="On a customer's turn: the worst abuse in it.")]
    labels: Annotated[tuple[str, ...], Field(description="Every label over its threshold (glossary).")]
    cause: Annotated[str | None, Field(description="What gave rise to the conversation; null while not clear.")]
    issue: Annotated[str | None, Field(description="What it is about, as a short name; null while not clear.")]


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card was put in front of the agent."""

    kind: ClassVar = Kind.CARD_SHOWN
    conversation: ConversationId
    card: CardId
    n: Number
    card_kind: Annotated[CardKind, Field(description="What the card is about.")]
    rule: Annotated[str, Field(description="The rule of the pack that raised it.")]
    pack: Annotated[str, Field(description="The pack and its version.")]
    safety: Annotated[bool, Field(description="Whether someone's safety is at stake.")]
    because: Annotated[tuple[int, ...], Field(description="The turns that it rests on.")]


@dataclass(frozen=True, slots=True)
class CardAnswered:
    """The agent said what became of a card."""

    kind: ClassVar = Kind.CARD_ANSWERED
    conversation: ConversationId
    card: CardId
    answer: Annotated[CardAnswer, Field(description="`not_now` and `wrong` took the card off the screen.")]


@dataclass(frozen=True, slots=True)
class PromiseHeard:
    """Someone promised something; what it was is in the conversation."""

    kind: ClassVar = Kind.PROMISE_HEARD
    conversation: ConversationId
    n: Number
    promise: Annotated[int, Field(description="Which promise of that turn, from 0.", ge=0)]
    who: Annotated[Speaker, Field(description="Who promised.")]
    due: Annotated[str | None, Field(description="By when (ISO 8601); null where the words bind to no moment.")]
    due_kind: Annotated[DueKind, Field(description="How exactly that was said.")]


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
class SupervisorAsked:
    """The customer asked for a supervisor."""

    kind: ClassVar = Kind.SUPERVISOR_ASKED
    conversation: ConversationId
    n: Number
    p: Probability


class Needed(StrEnum):
    """Why an agent wants a supervisor beside them."""

    SAFETY = "safety"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class SupervisorNeeded:
    """The agent has asked for a supervisor, or told one."""

    kind: ClassVar = Kind.SUPERVISOR_NEEDED
    conversation: ConversationId
    why: Annotated[Needed, Field(description="`safety`: somebody may be in danger; `boundary`: abuse or a threat.")]


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


@dataclass(frozen=True, slots=True)
class ConversationRemoved:
    """A conversation was removed with all its turns, as when its customer was erased or its days were over. What was
    still to be told of it was dropped; remove what you keep of it, too."""

    kind: ClassVar = Kind.CONVERSATION_REMOVED
    conversation: ConversationId


Event = (
    ConversationStarted
    | TurnHeard
    | CardShown
    | CardAnswered
    | PromiseHeard
    | PromiseDueSoon
    | PromiseLate
    | PromiseBroken
    | PromiseKept
    | SupervisorAsked
    | SupervisorNeeded
    | HelpChanged
    | NoteSealed
    | BoundaryChanged
    | RestrictionChanged
    | RemedyChanged
    | ComplaintOpened
    | ComplaintDueSoon
    | ComplaintLimitReached
    | ComplaintClosed
    | ConversationRemoved
)


def of_turn(heard: Heard, *, first: bool, late: bool, shows: bool = True) -> Iterator[Event]:
    """What there is to tell of a turn, in order; `shows`: whether agents of its team are shown what was read."""
    if not shows:
        bare = replace(heard, reading=Reading(language="", readable=False), advice=Advice(steps={}))
        yield from (event for event in of_turn(bare, first=first, late=late) if is_told(event.kind, shows=False))
        return
    turn, reading, card = heard.turn, heard.reading, heard.advice.card
    if first:
        yield ConversationStarted(turn.conversation, turn.channel, turn.locale)
    yield _heard(heard, late=late)
    for number, promise in enumerate(reading.promises):
        due = promise.due.isoformat() if promise.due else None
        yield PromiseHeard(turn.conversation, turn.n, number, turn.speaker, due, promise.due_kind)
    if reading.of_customer and reading.shows(Cue.ASKS_SUPERVISOR):
        yield SupervisorAsked(turn.conversation, turn.n, round(float(reading.of_customer.cues[Cue.ASKS_SUPERVISOR]), 4))
    if card:
        yield _shown(turn, card, heard.advice.pack)


def is_told(kind: Kind, *, shows: bool) -> bool:
    """Whether an event of this kind is told of a team that is, or is not, shown what was read."""
    return shows or WHILE_HIDDEN[kind] is not Hidden.SILENT


def written(events: Iterable[Event], at: datetime) -> Write:
    """Lays the events out for whoever is to be told, in the transaction of what they tell of."""
    return laid_out([told(event, at) for event in events])


def told(event: Event, at: datetime) -> Told:
    """The event as the outbox keeps it, with the id that it is known by from now on."""
    return Told(new_id(), event.kind.value, event.conversation, at, json.dumps(asdict(event), separators=(",", ":")))


def _heard(heard: Heard, *, late: bool) -> TurnHeard:
    turn, reading, shown = heard.turn, heard.reading, heard.reading.of_customer
    return TurnHeard(
        conversation=turn.conversation,
        n=turn.n,
        speaker=turn.speaker,
        late=late,
        language=reading.language,
        readable=reading.readable,
        emotion=shown.emotion if shown else None,
        intensity=shown.intensity if shown else None,
        abuse=shown.abuse if shown else None,
        labels=reading.fired,
        cause=_name(reading.cause),
        issue=_name(reading.issue),
    )


def _name(likely: Likely | None) -> str | None:
    return likely.name if likely else None


def _shown(turn: Turn, card: Card, pack: str) -> CardShown:
    return CardShown(
        conversation=turn.conversation,
        card=card.id,
        n=turn.n,
        card_kind=card.kind,
        rule=card.rule,
        pack=pack,
        safety=card.safety,
        because=tuple(because.turn for because in card.because),
    )
