"""A conversation told line by line, each with what a perfect reader would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from levelhead.advising.advise import advise
from levelhead.advising.pack import Pack
from levelhead.conversation import (
    Abuse,
    Advice,
    AgentReading,
    Cue,
    CustomerReading,
    DueKind,
    Emotion,
    Fact,
    Fault,
    Heard,
    Move,
    Promise,
    Reading,
    Signal,
    Span,
    Timeline,
    Turn,
)
from levelhead.packs import load
from tests.people import amira, mr_doyle

SURE, UNSURE = 0.97, 0.02


def customer_reads(text: str, emotion: str = "neutral", level: int = 0, cues: str = "", abuse: str = "none") -> Reading:
    """The reading of something the customer said; every label's words are the whole turn."""
    fired = [label for label in (emotion, *cues.split(), abuse) if label not in {"neutral", "none"}]
    return Reading(
        language="en",
        readable=True,
        of_customer=CustomerReading(
            emotion=Emotion(emotion),
            emotion_p={label: SURE if label == emotion else UNSURE for label in Emotion},
            intensity=level,
            cues={cue: SURE if cue in fired else UNSURE for cue in Cue},
            abuse=Abuse(abuse),
            abuse_p={label: SURE if label == abuse else UNSURE for label in Abuse},
        ),
        fired=tuple(fired),
        signals=tuple(Signal(label, SURE, (Span(0, len(text)),)) for label in fired),
        model="by hand",
    )


def agent_reads(text: str, labels: str = "", p: float = SURE) -> Reading:
    """The reading of something the agent said; `p` is how sure it is of the faults."""
    fired = tuple(labels.split())
    return Reading(
        language="en",
        readable=True,
        of_agent=AgentReading(
            moves={move: SURE if move in fired else UNSURE for move in Move},
            faults={fault: p if fault in fired else UNSURE for fault in Fault},
        ),
        fired=fired,
        signals=tuple(Signal(label, SURE, (Span(0, len(text)),)) for label in fired),
        model="by hand",
    )


@dataclass(slots=True)
class Talk:
    """A conversation under way. Turns come 30 s apart unless told otherwise; `at=None` is a talk without a clock."""

    pack: Pack = field(default_factory=lambda: load("en-GB"))
    known: dict[str, object] = field(default_factory=dict)
    seconds: float | None = 30.0
    timeline: Timeline = ()

    def customer(
        self, text: str, emotion: str = "neutral", level: int = 0, cues: str = "", abuse: str = "none"
    ) -> Advice:
        """The customer says something."""
        return self.hear(mr_doyle(text, len(self.timeline)), customer_reads(text, emotion, level, cues, abuse))

    def agent(self, text: str, labels: str = "", p: float = SURE, promises: Sequence[Promise] = ()) -> Advice:
        """Amira says something."""
        return self.hear(
            amira(text, len(self.timeline)), replace(agent_reads(text, labels, p), promises=tuple(promises))
        )

    def hear(self, turn: Turn, reading: Reading) -> Advice:
        """Any turn, with any reading."""
        at = None if self.seconds is None else self.seconds * turn.n
        said = replace(turn, **{"at": at, **self.known})  # type: ignore[arg-type]
        advice = advise(said, reading, self.timeline, self.pack)
        self.timeline = (*self.timeline, Heard(said, reading, advice))
        return advice


def with_facts(reading: Reading, *facts: Fact) -> Reading:
    """The reading with facts in it."""
    return replace(reading, facts=facts)


def promised(words: str, kind: str, due: datetime | None = None) -> Promise:
    """A promise of the agent's."""
    return Promise("agent", "refund the kettle", words, due, DueKind(kind), Span(0, 1))
