"""What the books tell: a kept turn, an answer to a card, a conversation at a glance."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from levelhead.conversation import Card, Channel, Emotion, Heard, Outlook, Turn


class CardAnswer(StrEnum):
    """What the agent said to a card. `not_now` and `wrong` take it away; after `used` the next turns close it."""

    USED = "used"
    NOT_NOW = "not_now"
    WRONG = "wrong"

    @property
    def takes_away(self) -> bool:
        """Whether the card leaves the screen at once."""
        return self is not CardAnswer.USED


@dataclass(frozen=True, slots=True)
class Kept:
    """One turn as it was kept; `arrival` counts the turns of its conversation in the order they came."""

    arrival: int
    heard: Heard


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a card; `after` is the arrival of the last turn that had been heard by then, `at` is UTC."""

    card: str
    answer: CardAnswer
    at: datetime
    after: int


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One conversation at a glance.

    `last_heard_at` is when its last turn arrived here (UTC); emotion, intensity and outlook are of the last customer
    turn that was read; `showing` is the card in front of the agent; `ended` when the last turn
    is the agent's goodbye.
    """

    id: str
    channel: Channel
    locale: str
    customer: str | None
    last_heard_at: datetime
    turns: int
    last_turn: Turn
    emotion: Emotion | None
    intensity: int | None
    outlook: Outlook | None
    showing: Card | None
    ended: bool
