"""The shapes of the API in its OpenAPI document. The rows themselves are written by `channels.lines.row_of`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from levelhead.channels.fields import MAX_NAME, MAX_NUMBER, MAX_TEXT
from levelhead.conversation import (
    Abuse,
    CardKind,
    Channel,
    Cue,
    DueKind,
    Emotion,
    FactKind,
    Fault,
    Move,
    Speaker,
    Step,
    StepState,
)
from levelhead.storage.records import CardAnswer

MOST_ROWS = 1_000
"""Turns in one request."""

Probability = Annotated[float, Field(ge=0, le=1)]
Edges = Annotated[list[int], Field(min_length=2, max_length=2)]


class TurnIn(BaseModel):
    """One turn to be heard. Start, zone, channel, locale and person need to be said once a conversation."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [{"n": 0, "speaker": "customer"}]})

    conversation: Annotated[str, Field(max_length=MAX_NAME)] | None = Field(
        default=None, description="The id in the path, or nothing."
    )
    n: int = Field(ge=0, le=MAX_NUMBER, description="Counts from 0 within the conversation.")
    speaker: Speaker
    text: str = Field(max_length=MAX_TEXT)
    at: float | str | None = Field(default=None, description="Seconds since the start, or an ISO time.")
    channel: Channel | None = None
    locale: str | None = Field(default=None, description="A language tag such as en-GB.")
    source_id: str | None = Field(
        default=None, max_length=MAX_NAME, description="A turn with a known one is not heard twice."
    )
    person: str | None = Field(default=None, max_length=MAX_NAME, description="The speaker's name.")
    started_at: str | None = Field(default=None, description="Start of the conversation, ISO, local to `zone`.")
    zone: str | None = Field(default=None, description="IANA time zone such as Europe/London.")
    team: str | None = Field(
        default=None, max_length=MAX_NAME, description="Name or id of the team that a new conversation goes to."
    )


def turns_in() -> dict[str, object]:
    """The body of a request that has turns heard: one row or a list of them."""
    one = TurnIn.model_json_schema()
    labels = one.pop("$defs")
    for kind in ("speaker", "channel"):
        name = kind.capitalize()
        one["properties"][kind] = labels[name]
    return {"anyOf": [one, {"type": "array", "maxItems": MOST_ROWS, "items": one}]}


class OutlookOut(BaseModel):
    """Forecasts; null where one is not better than a guess."""

    asks_supervisor: Probability | None
    ends_dissatisfied: Probability | None
    csat: Annotated[float, Field(ge=1, le=5)] | None


class BecauseOut(BaseModel):
    """Why a card says what it says."""

    turn: int
    words: str
    rule: str


class CardOut(BaseModel):
    """The one suggestion."""

    kind: CardKind
    title: str
    say: str
    because: list[BecauseOut]


class PromiseOut(BaseModel):
    """A promise that was heard; `due` is local time."""

    who: str
    action: str
    due_text: str
    due: str | None
    due_kind: DueKind


class FactOut(BaseModel):
    """A fact that was given; `span` is in code points of the redacted text."""

    kind: FactKind
    value: str
    span: Edges


class SignalOut(BaseModel):
    """A finding over its threshold, and its words."""

    kind: str
    p: Probability
    spans: list[Edges]


class LikelyOut(BaseModel):
    """What the conversation is about so far, by a name of the glossary."""

    name: str
    p: Probability


class TurnOut(BaseModel):
    """What was made of one turn. Customer fields are null on other turns, moves and faults on the customer's."""

    conversation: str
    n: int
    speaker: Speaker
    language: str
    readable: bool
    emotion: Emotion | None
    emotion_p: dict[Emotion, Probability] | None
    intensity: Annotated[int, Field(ge=0, le=3)] | None
    cues: dict[Cue, Probability] | None
    abuse: Abuse | None
    abuse_p: dict[Abuse, Probability] | None
    moves: dict[Move, Probability] | None
    faults: dict[Fault, Probability] | None
    fired: list[str]
    outlook: OutlookOut | None
    steps: dict[Step, StepState]
    card: CardOut | None
    quiet_because: str | None
    promises: list[PromiseOut]
    facts: list[FactOut]
    signals: list[SignalOut]
    cause: LikelyOut | None
    issue: LikelyOut | None


class ConversationOut(BaseModel):
    """A conversation at a glance."""

    conversation: str
    channel: Channel
    locale: str
    person: str | None
    turns: int
    last_heard_at: datetime
    emotion: Emotion | None
    intensity: int | None
    card: CardOut | None
    ended: bool


class TimelineOut(BaseModel):
    """A conversation with all its turns: the redacted text and what was made of it."""

    conversation: str
    turns: list["HeardOut"]
    showing: str | None = Field(description="The id of the card in front of the agent.")


class ObjectionOut(BaseModel):
    """What a customer said about a label: `instead` is right, or null where they dispute it. Who noted it, and when."""

    label: str
    instead: str | None
    noted_by: str
    at: datetime


class HeardOut(TurnOut):
    """A turn of the timeline: with its redacted text, the id of the card it raised, and what was objected to."""

    text: str
    at: float | None
    channel: Channel
    card_id: str | None
    objections: list[ObjectionOut]


class DraftIn(BaseModel):
    """A reply not yet sent."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=4_000)
    team: str | None = Field(
        default=None, max_length=MAX_NAME, description="For a conversation that is not known yet: its team."
    )


class FindingOut(BaseModel):
    """One thing to say otherwise; `span` is null for something missing."""

    fault: str
    span: Edges | None
    words: str
    reason: str
    instead: str | None


class DraftOut(BaseModel):
    """Findings in a draft and a rewrite; null when there is nothing to mend."""

    findings: list[FindingOut]
    rewrite: str | None


class AnswerIn(BaseModel):
    """What the agent said to a card."""

    model_config = ConfigDict(extra="forbid")

    answer: CardAnswer


class Health(BaseModel):
    """Whether this Levelhead can do its work. `kept`: turns can be kept; `reads`: the reading model is there."""

    status: Literal["ok", "impaired"]
    version: str
    reads: bool
    keeps: bool
    trouble: str | None


class Problem(BaseModel):
    """Why something was refused: the field, where it was one, and a sentence for a person."""

    field: str | None
    reason: str
