"""A remedies pack: what goes wrong, how each is put right step by step, what can be offered, and who may grant it.

What the law owes is data with its source and its dates; whatever no rule owes is goodwill. Every wrong has at least two
options that cost no money, so that nobody ever stands there with nothing to offer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from levelhead.casework.dated import is_old
from levelhead.casework.money import Currency
from levelhead.conversation import Cause, Channel, Cue
from levelhead.people.person import Role


class RemedyKind(StrEnum):
    """What a remedy is; limits can differ by it."""

    REFUND = "refund"
    CREDIT = "credit"
    COMPENSATION = "compensation"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    VISIT = "visit"
    CORRECTION = "correction"
    FOLLOW_THROUGH = "follow_through"


class Register(StrEnum):
    """How a sentence is worded: to be spoken, or to be written."""

    SPOKEN = "spoken"
    WRITTEN = "written"


def register_of(channel: Channel) -> Register:
    """How one words things there."""
    return Register.SPOKEN if channel in (Channel.VOICE, Channel.IN_PERSON) else Register.WRITTEN


class FactNeeded(StrEnum):
    """What an amount or a rule can depend on."""

    DELIVERED = "delivered"
    DAYS_LATE = "days_late"
    AMOUNT = "amount"


class Measure(StrEnum):
    """How an amount is found: none, a sum, a share of what was paid in hundredths, a sum for each day."""

    FREE = "free"
    FIXED = "fixed"
    SHARE = "share"
    PER_DAY = "per_day"


PAYS: Final = (RemedyKind.REFUND, RemedyKind.CREDIT, RemedyKind.COMPENSATION)
"""Kinds by which the customer is given money, and is told how much; what the others cost us is nothing to tell them."""
MONEY_SLOT: Final = "amount"
SLOTS: Final = frozenset({MONEY_SLOT, "order"})
"""What a sentence to offer may be filled with."""


@dataclass(frozen=True, slots=True)
class Law:
    """What is owed by law or by a scheme that one has signed: since when, until when, and when somebody last looked."""

    key: str
    says: str
    source: str
    starts: date
    ends: date | None
    checked: date | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on this day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Owed:
    """When an option is owed: every condition that is set has to be met by a fact that was given."""

    law: str
    options: tuple[str, ...]
    delivered: bool | None = None
    days_late_from: int | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """An option as the pack has it. `value` is in minor units, or hundredths for a share; `cap` in minor units.

    `after_days` are the days of a delay that nothing is paid for.
    """

    key: str
    kind: RemedyKind
    name: str
    measure: Measure
    value: int
    cap: int | None
    after_days: int
    says: Mapping[Register, str]

    @property
    def needs(self) -> FactNeeded | None:
        """The fact without which its amount is not known."""
        return {Measure.SHARE: FactNeeded.AMOUNT, Measure.PER_DAY: FactNeeded.DAYS_LATE}.get(self.measure)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that went wrong: what points to it, how it is put right, what is owed and what can be offered."""

    key: str
    name: str
    issues: frozenset[str]
    causes: frozenset[Cause]
    cues: frozenset[Cue]
    words: re.Pattern[str]
    protocol: tuple[str, ...]
    owed: tuple[Owed, ...]
    options: tuple[Offering, ...]

    @property
    def needs(self) -> tuple[FactNeeded, ...]:
        """The facts that its amounts and rules depend on, in a fixed order."""
        wanted = {option.needs for option in self.options}
        wanted |= {FactNeeded.DELIVERED for rule in self.owed if rule.delivered is not None}
        wanted |= {FactNeeded.DAYS_LATE for rule in self.owed if rule.days_late_from is not None}
        return tuple(fact for fact in FactNeeded if fact in wanted)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a role may grant, in minor units: one remedy, one of a kind where that differs, a customer in a month."""

    one: int
    month: int
    kinds: Mapping[RemedyKind, int]

    def allow(self, kind: RemedyKind, cost: int, spent: int) -> bool:
        """Whether it may be granted to a customer who was given `spent` within a month; what is free always may."""
        return cost == 0 or (cost <= self.kinds.get(kind, self.one) and spent + cost <= self.month)


@dataclass(frozen=True, slots=True)
class Said:
    """What the agent says when a request comes back without a yes."""

    refused: str
    lapsed: str


@dataclass(frozen=True, slots=True)
class Remedies:
    """A parsed pack. `waits` is how long a request waits on each channel, `month` how far back grants count."""

    name: str
    version: str
    locale: str
    checked: date
    currency: Currency
    month: timedelta
    waits: Mapping[Channel, timedelta]
    limits: Mapping[Role, Limits]
    order: str
    order_numbered: str
    back: Mapping[Register, Said]
    laws: Mapping[str, Law]
    wrongs: Mapping[str, Wrong]

    @property
    def label(self) -> str:
        """Name, locale and version, as a grant names the pack that it was made from."""
        return f"{self.name} {self.locale} {self.version}"

    def is_old(self, now: datetime) -> bool:
        """Whether nobody has looked at it for twelve months, or at a law in it that somebody has compared before."""
        compared = [law.checked for law in self.laws.values() if law.checked]
        return any(is_old(day, now) for day in (self.checked, *compared))
