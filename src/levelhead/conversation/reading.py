"""Reading: what one turn shows, and from which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from levelhead.conversation.labels import Abuse, Cue, DueKind, Emotion, FactKind, Fault, Move


class Span(NamedTuple):
    """Half-open code-point offsets into the redacted text of the turn."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding over its threshold, with the words it comes from.

    `kind` is a label of the guide (an emotion other than neutral, a cue, an abuse other than none, a move or a fault);
    `p` is the calibrated probability, 1.0 where a rule matched; `rule` names that rule, None when the model found it.
    """

    kind: str
    p: float
    spans: tuple[Span, ...]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something given that later words can stand on; `value` is normalised where that is safe, else the words."""

    kind: FactKind
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the customer asked in this turn, in their own words."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment heard in a turn.

    `due` is aware, in the conversation's zone; None when the words bind to no moment.
    """

    who: str
    action: str
    due_text: str
    due: datetime | None
    due_kind: DueKind
    span: Span


@dataclass(frozen=True, slots=True)
class Delivery:
    """Voice timing of the conversation around this turn, never a person's mood. Seconds, and words a minute.

    `overlap` and `silence_before` are against the turn before; None where timestamps are missing.
    """

    overlap: float | None = None
    silence_before: float | None = None
    words_per_minute: float | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Calibrated forecasts for the rest of this conversation.

    `asks_supervisor`: P(the customer asks for a supervisor or complains formally); `ends_dissatisfied`: P(csat <= 2);
    `csat`: expected answer, 1-5. A forecast that does not beat the naive ones where it stands is None and not shown.
    `reasons` are short plain phrases, weightiest first.
    """

    asks_supervisor: float | None
    ends_dissatisfied: float | None
    csat: float | None
    reasons: tuple[str, ...] = ()


class Likely(NamedTuple):
    """What a conversation is probably about, by a name of the glossary; `p` is calibrated."""

    name: str
    p: float


@dataclass(frozen=True, slots=True)
class CustomerReading:
    """What a customer turn expresses. Probabilities are calibrated and cover every label of their set."""

    emotion: Emotion
    emotion_p: Mapping[Emotion, float]
    intensity: int
    cues: Mapping[Cue, float]
    abuse: Abuse
    abuse_p: Mapping[Abuse, float]


@dataclass(frozen=True, slots=True)
class AgentReading:
    """What an agent turn did. There is no field for how an agent feels, and there will be none."""

    moves: Mapping[Move, float]
    faults: Mapping[Fault, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one turn shows.

    `readable` is False in a language the reader does not know (or with no words at all): then nothing else is said.
    Exactly one of `of_customer` and `of_agent` is set on a readable customer or agent turn (supervisor and bot turns
    are read as agent turns). `fired` are the labels over their threshold, in the guide's order. `vector` is the
    encoder's turn vector (float32, little-endian), kept so that later turns see it as context without encoding twice.
    `model` names the weights that read the turn. `cause` and `issue` are of the whole conversation so far, on a
    customer's turn; None while neither is clear enough to be said.
    """

    language: str
    readable: bool
    of_customer: CustomerReading | None = None
    of_agent: AgentReading | None = None
    fired: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()
    promises: tuple[Promise, ...] = ()
    delivery: Delivery | None = None
    outlook: Outlook | None = None
    vector: bytes = field(default=b"", repr=False)
    model: str = ""
    cause: Likely | None = None
    issue: Likely | None = None

    def shows(self, label: str) -> bool:
        """Whether this label is over its threshold in this turn."""
        return label in self.fired

    def words_of(self, label: str, text: str) -> str:
        """The words in `text` (the redacted text of the turn) that this label comes from, '' when it did not fire."""
        spans = [span for signal in self.signals if signal.kind == label for span in signal.spans]
        return " … ".join(text[span.start : span.end] for span in sorted(spans))
