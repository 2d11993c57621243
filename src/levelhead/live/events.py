"""What the outside is told: one frozen record a kind, of ids and labels only. What anyone said is in none of them.

They become rows of the outbox in the transaction of what they tell of (`storage/outbox.py`); `docs/events.md` and
`docs/events.schema.json` are made from them. A kind ends in its version: a field may be added to it, and anything else
makes a new version beside it. Those of casework are in `casework_events.py`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

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
from levelhead.live.casework_events import (
    BoundaryChanged,
    ComplaintClosed,
    ComplaintDueSoon,
    ComplaintLimitReached,
    ComplaintOpened,
    FollowUpChanged,
    HelpChanged,
    NoteSealed,
    PlanChanged,
    PromiseBroken,
    PromiseDueSoon,
    PromiseKept,
    PromiseLate,
    RemedyChanged,
    RestrictionChanged,
)
from levelhead.live.event_kinds import WHILE_HIDDEN, ConversationId, Hidden, Kind, Number
from levelhead.storage.books import Write
from levelhead.storage.columns import new_id
from levelhead.storage.outbox import Told, laid_out
from levelhead.storage.records import CardAnswer

__all__ = [
    "WHILE_HIDDEN",
    "BoundaryChanged",
    "CardAnswered",
    "CardShown",
    "ComplaintClosed",
    "ComplaintDueSoon",
    "ComplaintLimitReached",
    "ComplaintOpened",
    "ConversationRemoved",
    "ConversationStarted",
    "Event",
    "FollowUpChanged",
    "HelpChanged",
    "Hidden",
    "Kind",
    "Needed",
    "NoteSealed",
    "PlanChanged",
    "PromiseBroken",
    "PromiseDueSoon",
    "PromiseHeard",
    "PromiseKept",
    "PromiseLate",
    "RemedyChanged",
    "RestrictionChanged",
    "SupervisorAsked",
    "SupervisorNeeded",
    "TurnHeard",
    "is_told",
    "of_turn",
    "told",
    "written",
]

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
    | FollowUpChanged
    | BoundaryChanged
    | RestrictionChanged
    | PlanChanged
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
