"""Pack: a versioned set of rules, phrases and limits for one locale, frozen once parsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from re import Pattern

from levelhead.advising.draft_pack import DraftWording
from levelhead.conversation import Abuse, CardKind, Channel, Emotion


class Way(IntEnum):
    """Right of way between cards: the lower number goes first."""

    SAFETY = 0
    BOUNDARY = 1
    PROMISE = 2
    REPAIR = 3
    STEP = 4
    REMEDY = 5
    CLOSING = 6


class Rung(IntEnum):
    """The boundary ladder, bottom to top."""

    NAMING = 0
    WARNING = 1
    FINAL_WARNING = 2
    ENDING = 3


class Slot(StrEnum):
    """What a phrase may be filled with; each has its guard in `advising.slots`."""

    NAME = "name"
    THING = "thing"
    WORDS = "words"
    FACT = "fact"
    DUE = "due"
    HELPLINE = "helpline"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a card may come, and what a card or an evidence line may hold."""

    gap_seconds: float
    gap_turns: int
    patience_turns: int
    patience_written: int
    title_words: int
    because_words: int
    same_kind_turns: int
    alike: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a reading counts for something. Intensities 0-3, probabilities 0-1, words as counted by spaces."""

    uneasy_from: int
    upset_from: int
    strong_from: int
    clear_emotion: float
    clear_cue: float
    clear_danger: float
    clear_abuse: float
    clear_move: float
    clear_fault: float
    clear_harm: float
    long_account_words: int
    long_account_words_written: int
    facts_to_confirm: int


@dataclass(frozen=True, slots=True)
class Weights:
    """How urgency, expected effect and nagging become one score."""

    heat_mild: float
    heat_clear: float
    heat_strong: float
    nag_same_rule: float
    nag_same_kind: float
    nag_aim_done: float
    worth_saying: float
    worth_replacing: float


@dataclass(frozen=True, slots=True)
class Rule:
    """When a card may be raised, what it wants done, and how much it matters.

    `when` must all hold, of `any_of` at least one (when there are any), of `unless` none. `times` is how often the
    rule may speak in one conversation. A rule that is not `plain` stays quiet where no phrase fits the customer's own
    matter; one that `presses` may take the place of a card of its own right of way or a lower one within the gap.
    `from_intensity` (0-3) is how strongly the customer has to feel for it to speak at all.
    """

    name: str
    way: Way
    kind: CardKind
    aim: tuple[str, ...]
    urgency: float
    effect: float
    when: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    times: int = 1
    plain: bool = True
    presses: bool = False
    from_intensity: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A headline and one sentence to say, with the rules, causes, emotions and channels that it fits (empty: all).

    `needs` are the circumstances that make the sentence true: all of them must hold, and none of `unless`.
    """

    name: str
    kind: CardKind
    title: str
    say: str
    rules: tuple[str, ...]
    causes: tuple[str, ...] = ()
    emotions: tuple[Emotion, ...] = ()
    channels: tuple[Channel, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Listening:
    """Words that the pack listens for beside the reader, as patterns of whole words, case ignored."""

    asks_when: Pattern[str]
    asks_who: Pattern[str]
    deadline: Pattern[str]
    effort: Pattern[str]
    agrees: Pattern[str]
    asks_slower: Pattern[str]
    disbelieved: Pattern[str]
    hardship_plain: Pattern[str]
    boundary_set: Pattern[str]
    vague_reply: Pattern[str]
    someone_missing: Pattern[str]
    in_danger: Pattern[str]
    medicine: Pattern[str]
    asked_after: Pattern[str]
    demand: Pattern[str]
    fear: Pattern[str]
    other_way: Pattern[str]
    account_danger: Pattern[str]
    says_sorry: Pattern[str]
    sent_away: Pattern[str]
    canned: Pattern[str]
    access_need: Pattern[str]
    by_voice: Pattern[str]
    ending_said: Pattern[str]
    not_come: Pattern[str]
    broken_promise: Pattern[str]
    bereaved: Pattern[str]
    bereaved_if_vulnerable: Pattern[str]
    health: Pattern[str]
    hardship: Pattern[str]
    wish: Pattern[str]
    not_understood: Pattern[str]
    not_heard: Pattern[str]
    hurtful: Pattern[str]
    contact_told: Pattern[str]
    safety_asked: Pattern[str]
    support_named: Pattern[str]
    corrects: Pattern[str]
    unspeakable: Pattern[str]
    causes: Mapping[str, Pattern[str]]
    things: Pattern[str]
    titles_of_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A parsed pack. Everything that decides about a card stands in it; the code holds no figure of its own.

    `overlay` are the numbers of a team's adjustments that are laid over it, `hold_out` is the share (percent) of cards
    that are not shown, so that their effect can be measured (`advising/overlay.py`).
    """

    name: str
    version: str
    locale: str
    limits: Limits
    thresholds: Thresholds
    weights: Weights
    ladder_starts: Mapping[Abuse, Rung]
    rules: tuple[Rule, ...]
    phrases: tuple[Phrase, ...]
    listening: Listening
    helplines: Mapping[str, str]
    emergency: Mapping[str, str]
    quiet: Mapping[str, str]
    draft: DraftWording
    overlay: tuple[int, ...] = ()
    hold_out: int = 0

    @property
    def label(self) -> str:
        """Name, version and the numbers of what is laid over it, as an advice names the pack that gave it."""
        return " ".join((self.name, self.version, *(f"+{number}" for number in self.overlay)))

    def rule(self, name: str) -> Rule | None:
        """The rule of that name; None when this version has it no longer."""
        return next((rule for rule in self.rules if rule.name == name), None)
