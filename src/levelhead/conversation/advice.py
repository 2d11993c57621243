"""Advice: at most one card, and where the six steps stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.conversation.labels import CardKind, Step, StepState
from levelhead.conversation.reading import Reading, Span
from levelhead.conversation.turn import Turn


@dataclass(frozen=True, slots=True)
class Because:
    """Why a card says what it says: the turn, its words, and the pack's rule that matched."""

    turn: int
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """The one piece of advice in front of the agent.

    `title` is imperative and at most 12 words, `say` one sentence ready to be spoken. `id` is `<conversation>:<n>` of
    the turn that raised it. `phrase` names the pack phrase, so that it isn't said twice. `safety` cards may come at
    any time. `aim` names what closes it: when the agent has done one of these moves the card is done.
    """

    id: str
    kind: CardKind
    title: str
    say: str
    because: tuple[Because, ...]
    rule: str
    phrase: str
    aim: tuple[str, ...] = ()
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What Levelhead has to say after one turn.

    `card` is the card raised by this turn; `showing` is the card in front of the agent after it (this one, or an
    earlier one that is still open); `closed` is why an earlier card left (`done`, `moment_passed`, `replaced`), None
    when none did. `quiet_because` says why there is no new card. `pack` names pack and version, and what the team has
    laid over it. `held_out` is a card that was called for and is not shown, so that what cards do can be measured.
    """

    steps: Mapping[Step, StepState]
    card: Card | None = None
    showing: Card | None = None
    closed: str | None = None
    quiet_because: str | None = None
    pack: str = ""
    held_out: Card | None = None

    @property
    def raised(self) -> Card | None:
        """The card that this turn called for, shown or held out."""
        return self.card or self.held_out


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of the timeline with all that was made of it."""

    turn: Turn
    reading: Reading
    advice: Advice


Timeline = tuple[Heard, ...]
"""A conversation so far, in order of `n`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a draft had better say otherwise.

    `fault` is a fault of the guide, or `unanswered_question`, `no_next_step`, `wrong_name`; `span` is in the draft,
    None for something missing; `reason` is one plain sentence; `instead` replaces the span's words, None when the
    agent has to find the words.
    """

    fault: str
    span: Span | None
    words: str
    reason: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """Findings in an unsent reply and a rewrite that keeps every fact; `rewrite` is None when nothing needs mending."""

    findings: tuple[Finding, ...]
    rewrite: str | None
