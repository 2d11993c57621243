"""The shapes of the API for help: what is asked and given, the packet, and a supervisor's list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.asked_again import Again
from levelhead.casework.handover import HandoverState, Why
from levelhead.casework.packet import Packet
from levelhead.casework.quoting import Quote
from levelhead.casework.remedy import RemedyState
from levelhead.casework.where_to_help import AnswerMove, GroundKind, Line
from levelhead.casework.whisper import LONGEST
from levelhead.conversation import Emotion, FactKind
from levelhead.web.help_forms import MOST_CAPACITY, MOST_CONTACT

Text = Annotated[str, Field(max_length=LONGEST)]
Contact = Annotated[str, Field(max_length=MOST_CONTACT, description="How the customer reaches them.")]


class WhisperOut(BaseModel):
    """A short text to the one who answers; the customer never sees it. `n` is the last turn heard by then."""

    words: str
    by: UUID
    at: datetime
    n: int | None


class HelperOut(BaseModel):
    """A supervisor of the team who has a page open, and what they say of themselves."""

    person: UUID
    shown_as: str
    free: bool


class HelpOut(BaseModel):
    """Help in a conversation: the call that came last (`state` null: there was none), and who is here.

    `until` is when it is dropped if nobody comes. `sentence` tells the customer who comes next and why.
    """

    state: HandoverState | None
    line: str
    until: datetime | None
    asked_by: UUID | None
    helper: UUID | None
    to: UUID | None
    sentence: str
    over_after: int | None
    whispers: list[WhisperOut]
    here: list[HelperOut]
    reading_along: int


class HandIn(BaseModel):
    """What it is about, in a line; may be left out."""

    model_config = ConfigDict(extra="forbid")
    line: Text = ""


class HandOverIn(BaseModel):
    """To whom the conversation is to go, and why. Nobody has it before they take it over."""

    model_config = ConfigDict(extra="forbid")
    to: UUID
    why: Why
    contact: Contact = ""


class WhisperIn(BaseModel):
    """What to say to the one who answers."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]


class GroundsIn(BaseModel):
    """Which reasons of a line are acknowledged or disagreed with, or for which that is taken back."""

    model_config = ConfigDict(extra="forbid")
    answer: AnswerMove
    grounds: Annotated[list[GroundKind], Field(min_length=1, max_length=len(GroundKind))]


class RoomIn(BaseModel):
    """What a supervisor says of themselves; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    free: bool | None = None
    capacity: Annotated[int, Field(ge=1, le=MOST_CAPACITY)] | None = None
    contact: Contact | None = None


class RoomOut(BaseModel):
    """Free for a hand-over or not, how many conversations at a time, and how customers reach them."""

    free: bool
    capacity: int
    contact: str


class QuoteOut(BaseModel):
    """Words of turn `n`."""

    n: int
    words: str


class GivenOut(BaseModel):
    """A fact that was given in turn `n`."""

    n: int
    kind: FactKind
    value: str


class PledgeOut(BaseModel):
    """An open promise."""

    n: int | None
    action: str
    due: datetime | None
    due_text: str


class SettledOut(BaseModel):
    """A remedy that was spoken of, and where it stands."""

    name: str
    state: RemedyState


class MoodOut(BaseModel):
    """What the customer's words expressed in turn `n`."""

    n: int
    emotion: Emotion
    intensity: int


class AvoidOut(BaseModel):
    """What had better not be said, and where it went wrong before."""

    what: str
    where: list[QuoteOut]


class AgainOut(BaseModel):
    """A fact of turn `given` that the customer had to say again in turn `again`, asked in turn `asked`."""

    kind: FactKind
    value: str
    given: int
    asked: int
    again: int


class PacketOut(BaseModel):
    """All that goes along with a hand-over: only what was said. After one, `asked_again` counts what was not read."""

    issue: str | None
    cause: str | None
    wanted: QuoteOut | None
    asked_for: QuoteOut | None
    facts: list[GivenOut]
    tried: list[QuoteOut]
    promises: list[PledgeOut]
    remedies: list[SettledOut]
    declined: list[QuoteOut]
    turned_down: list[QuoteOut]
    questions: list[QuoteOut]
    course: list[MoodOut]
    avoid: list[AvoidOut]
    asked_again: list[AgainOut]


class GroundOut(BaseModel):
    """Why a conversation stands in the list."""

    kind: GroundKind
    n: int | None
    words: str
    until: datetime | None
    p: float | None


class LineOut(BaseModel):
    """A conversation of the list, its weightiest reason first."""

    conversation: str
    grounds: list[GroundOut]


class ListOut(BaseModel):
    """Where a supervisor can help: what fits, what comes after it, what was answered; counts of the last seven days."""

    now: list[LineOut]
    later: list[LineOut]
    answered: list[LineOut]
    room: RoomOut
    dropped: int
    disagreed: dict[GroundKind, int]
    handed_over: int
    asked_again: int


def packet_out(made: Packet, again: Iterable[Again]) -> PacketOut:
    """The packet as it is answered."""
    return PacketOut(
        issue=made.issue,
        cause=made.cause,
        wanted=_quote(made.wanted),
        asked_for=_quote(made.asked_for),
        facts=[GivenOut(n=one.n, kind=one.kind, value=one.value) for one in made.facts],
        tried=_quotes(made.tried),
        promises=[PledgeOut(n=one.n, action=one.action, due=one.due, due_text=one.due_text) for one in made.promises],
        remedies=[SettledOut(name=one.name, state=one.state) for one in made.remedies],
        declined=_quotes(made.declined),
        turned_down=_quotes(made.turned_down),
        questions=_quotes(made.questions),
        course=[MoodOut(n=one.n, emotion=one.emotion, intensity=one.intensity) for one in made.course],
        avoid=[AvoidOut(what=one.what, where=_quotes(one.where)) for one in made.avoid],
        asked_again=[_again(one) for one in again],
    )


def _again(one: Again) -> AgainOut:
    return AgainOut(kind=one.kind, value=one.value, given=one.given, asked=one.asked, again=one.again)


def _quote(quote: Quote | None) -> QuoteOut | None:
    return QuoteOut(n=quote.n, words=quote.words) if quote else None


def _quotes(quotes: Iterable[Quote]) -> list[QuoteOut]:
    return [QuoteOut(n=one.n, words=one.words) for one in quotes]


def line_out(line: Line) -> LineOut:
    """A line of the list as it is answered."""
    grounds = [GroundOut(kind=one.kind, n=one.n, words=one.words, until=one.until, p=one.p) for one in line.grounds]
    return LineOut(conversation=line.conversation, grounds=grounds)
