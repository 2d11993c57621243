"""Rule sets for complaints: dated limits with what each asks for, and the letters with their mandatory parts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from levelhead.casework.complaint import LetterKind
from levelhead.casework.dated import is_old

FOREVER: Final = (date.min, date.max)


class Duty(StrEnum):
    """What a limit asks for."""

    ACKNOWLEDGE = "acknowledge"
    SUMMARY = "summary"
    FINAL_RESPONSE = "final_response"
    ADR_LETTER = "adr_letter"


class Unit(StrEnum):
    """What is counted. `business_days` end with the tenant's close of business, the others with the day."""

    DAYS = "days"
    WEEKS = "weeks"
    BUSINESS_DAYS = "business_days"


class From(StrEnum):
    """Where counting begins: with the first words, or with the deadlock."""

    WORDS = "words"
    DEADLOCK = "deadlock"


class Decision(StrEnum):
    """How a complaint is answered."""

    UPHELD = "upheld"
    OFFERED = "offered"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Limit:
    """One dated limit. It holds for complaints that began from `valid_from` to `valid_until`, both days counted.

    Without `binds` missing it is no breach: it only ends a way that was open. `met_by` are the letters that do what it
    asks for; where `extends_to` is set, a holding letter gives that much in the place of `within`.
    """

    name: str
    duty: Duty
    within: int
    unit: Unit
    met_by: tuple[LetterKind, ...]
    source: str
    checked: date | None = None
    counts: From = From.WORDS
    binds: bool = True
    pauses: bool = False
    extends_to: int | None = None
    warn_days: int = 3
    valid_from: date = FOREVER[0]
    valid_until: date = FOREVER[1]

    def holds_for(self, began: date) -> bool:
        """Whether a complaint that began on this day falls under it."""
        return self.valid_from <= began <= self.valid_until


@dataclass(frozen=True, slots=True)
class PartText:
    """A mandatory part of a letter, and where it is demanded."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class LetterForm:
    """A letter: every part is mandatory, in this order. `encloses` is what goes into the envelope with it."""

    title: str
    parts: Mapping[str, PartText]
    encloses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A parsed rule set. Without a country business days are counted by the tenant's own holidays.

    `gives_code`: the customer is told at once what they can name the complaint by, in `code_says`.
    """

    name: str
    title: str
    about: str
    version: str
    locale: str
    checked: date | None
    date_form: str
    nameless: str
    gives_code: bool
    code_says: str
    country: str
    region: str
    decisions: Mapping[Decision, str]
    limits: tuple[Limit, ...]
    letters: Mapping[LetterKind, LetterForm]
    sources: Mapping[str, str]

    @property
    def label(self) -> str:
        """Name and version, as a letter names the rules that it was made from."""
        return f"complaints {self.name} {self.version}"

    @property
    def may_pause(self) -> bool:
        """Whether any of its clocks may stand still."""
        return any(limit.pauses for limit in self.limits)

    def told_as(self, other: "RuleSet") -> "RuleSet":
        """These rules with the words for customers of `other`, which is the same set in another language."""
        return replace(
            self,
            locale=other.locale,
            date_form=other.date_form,
            nameless=other.nameless,
            code_says=other.code_says,
            decisions=other.decisions,
            letters=other.letters,
        )

    def holding(self, began: date) -> tuple[Limit, ...]:
        """The limits for a complaint that began on this day."""
        return tuple(limit for limit in self.limits if limit.holds_for(began))

    def is_old(self, now: datetime) -> bool:
        """Whether nobody has compared it, or one of its limits, with its source for twelve months, or ever."""
        return any(is_old(day, now) for day in (self.checked, *(limit.checked for limit in self.limits)))
