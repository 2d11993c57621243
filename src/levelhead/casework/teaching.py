"""Teaching: what a team's agents say to cards becomes a proposed change to its pack, which a supervisor decides on.

Answers are counted per rule and team, never per person: nobody's answers are looked at, and nobody's are held against
them. Nothing changes by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.advising.overlay import Adjustment, How, is_adjustable
from levelhead.advising.pack import Pack
from levelhead.casework.machine import Machine
from levelhead.conversation import CardKind


@dataclass(frozen=True, slots=True)
class Proposing:
    """When answers become a proposal, and for how long what was decided stands (`packs/teaching.toml`)."""

    window: timedelta
    least_answers: int
    least_conversations: int
    wrong_share: float
    not_now_share: float
    from_intensity: int
    silent_for: timedelta
    declined_for: timedelta


@dataclass(frozen=True, slots=True)
class Counted:
    """What a team's agents said to the cards of one rule; the last answer to a card counts."""

    rule: str
    kind: CardKind
    used: int
    not_now: int
    wrong: int
    conversations: int

    @property
    def answers(self) -> int:
        """All of them."""
        return self.used + self.not_now + self.wrong


class SettledState(StrEnum):
    """Where a decision stands."""

    IN_FORCE = "in_force"
    DECLINED = "declined"
    ENDED = "ended"


class SettledMove(StrEnum):
    """What people do with a proposal, and with what they decided."""

    APPROVE = "approve"
    DECLINE = "decline"
    END = "end"


SETTLING: Final[Machine[SettledState, SettledMove]] = Machine(
    begins={SettledMove.APPROVE: SettledState.IN_FORCE, SettledMove.DECLINE: SettledState.DECLINED},
    table={
        (SettledState.IN_FORCE, SettledMove.END): SettledState.ENDED,
        # Taken back: it may be proposed again at once.
        (SettledState.DECLINED, SettledMove.END): SettledState.ENDED,
    },
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision of a team's supervisor: what, by whom, when, why and until when; None for without end.

    `answers` and `against` are what the proposal rested on then. Times are UTC; `by` is as the audit names people.
    """

    id: UUID
    team: UUID
    adjustment: Adjustment
    state: SettledState
    by: str
    at: datetime
    why: str = ""
    until: datetime | None = None
    answers: int = 0
    against: int = 0
    ended_by: str | None = None
    ended_at: datetime | None = None

    def is_in_force(self, now: datetime) -> bool:
        """Whether cards are advised under it."""
        return self.state is SettledState.IN_FORCE and not self._is_over(now)

    def stands(self, now: datetime) -> bool:
        """Whether it was decided lately enough that nobody is asked about it again."""
        return self.state is not SettledState.ENDED and not self._is_over(now)

    def _is_over(self, now: datetime) -> bool:
        return self.until is not None and now >= self.until


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that a team's answers speak for; `lasts` is None where it has no end."""

    how: How
    rule: str
    level: int
    counted: Counted
    lasts: timedelta | None

    @property
    def against(self) -> int:
        """The answers that speak for it."""
        return self.counted.wrong + (self.counted.not_now if self.how is How.FROM_INTENSITY else 0)


def proposed(
    counted: Iterable[Counted], settled: Iterable[Settled], pack: Pack, proposing: Proposing, now: datetime
) -> tuple[Proposal, ...]:
    """What there is to decide, most answers first; nothing about a rule of which a decision still stands."""
    standing = {one.adjustment.rule for one in settled if one.stands(now)}
    found = (one for one in _found(counted, pack, proposing) if one.rule not in standing)
    return tuple(sorted(found, key=lambda one: (-one.against, one.rule)))


def _found(counted: Iterable[Counted], pack: Pack, proposing: Proposing) -> Iterator[Proposal]:
    for one in counted:
        rule = pack.rule(one.rule)
        if rule is None or not is_adjustable(rule) or not _is_enough(one, proposing):
            continue
        if one.wrong >= proposing.wrong_share * one.answers:
            yield Proposal(How.SILENT, one.rule, 0, one, proposing.silent_for)
        elif one.wrong + one.not_now >= proposing.not_now_share * one.answers:
            yield Proposal(How.FROM_INTENSITY, one.rule, proposing.from_intensity, one, None)


def _is_enough(counted: Counted, proposing: Proposing) -> bool:
    return counted.answers >= proposing.least_answers and counted.conversations >= proposing.least_conversations
