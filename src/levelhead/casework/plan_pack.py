"""The pack of plans: how long one may last, what points to one, what is said of it, and what the customer is told."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from levelhead.advising.table import PackError, Table
from levelhead.casework.arrangement import Limits
from levelhead.casework.dated import day_in, is_old
from levelhead.casework.letter_words import text_with
from levelhead.casework.opening_hours import DAYS
from levelhead.casework.persisting import Many
from levelhead.conversation import Channel


class Part(StrEnum):
    """The parts of what the customer is told, in their order; none may be left out."""

    GREETING = "greeting"
    WHY = "why"
    WHO = "who"
    HOW = "how"
    AWAY = "away"
    URGENT = "urgent"
    ADJUSTMENTS = "adjustments"
    REVIEW = "review"
    OBJECT = "object"
    SIGNED = "signed"


NEEDS: Final[Mapping[Part, frozenset[str]]] = MappingProxyType(
    {
        Part.GREETING: frozenset({"customer"}),
        Part.WHY: frozenset({"reason"}),
        Part.WHO: frozenset({"contact", "ends"}),
        Part.HOW: frozenset({"how"}),
        Part.AWAY: frozenset({"contact"}),
        Part.URGENT: frozenset(),
        Part.ADJUSTMENTS: frozenset({"adjustments"}),
        Part.REVIEW: frozenset({"review", "ends"}),
        Part.OBJECT: frozenset({"object_to", "answer_days"}),
        Part.SIGNED: frozenset({"agreed_by"}),
    }
)
"""What each part has to say."""
_LINE: Final = frozenset({"contact", "channel", "times", "ends"})
_CONTACT: Final = frozenset({"contact"})
_TIMES: Final = frozenset({"times"})


class Moment(StrEnum):
    """What is said to a customer with a plan by somebody else than their contact."""

    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Line:
    """How a plan is said in one line: the whole, a day and month, a day of another year, hours, and what joins them."""

    says: str
    this_year: str
    clock: str
    hours: str
    joins: str
    channels: Mapping[Channel, str]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPack:
    """A parsed pack. `judges` are words that say what somebody is like, and have no place in a reason.

    `says` is what whoever answers says by moment and channel; `stands_in` and `nobody` what, while the contact is away.
    `instead` stands in the place of the reason in a letter that says who looks after the customer from now on.
    """

    name: str
    version: str
    locale: str
    checked: date
    date_form: str
    limits: Limits
    answer_days: int
    many: Many
    judges: re.Pattern[str]
    line: Line
    says: Mapping[tuple[Moment, Channel], str]
    stands_in: str
    nobody: str
    title: str
    nameless: str
    how: Mapping[Channel, str]
    letter: Mapping[Part, str]
    instead: str

    @property
    def label(self) -> str:
        """Name, locale and version, as a letter names the pack that it was made from."""
        return f"{self.name} {self.locale} {self.version}"

    def is_old(self, now: datetime) -> bool:
        """Whether nobody has looked at it for twelve months."""
        return is_old(self.checked, now)


def parse_plans(text: str) -> PlanPack:
    """The pack in this TOML text, whole or not at all. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    limits, facts, reason, letter = (top.table(one) for one in ("limits", "facts", "reason", "letter"))
    say = top.table("say")
    pack = PlanPack(
        name=top.text("name"),
        version=top.text("version"),
        locale=top.text("locale"),
        checked=day_in(top, "checked"),
        date_form=top.text("date_form"),
        limits=Limits(limits.whole("longest_days", 1, 366), limits.whole("review_days", 1, 366)),
        answer_days=limits.whole("answer_days", 1, 60),
        many=Many(facts.whole("contacts", 3, 50), facts.whole("days", 7, 90)),
        judges=reason.words("judges"),
        line=_line(top.table("line"), top.table("days")),
        stands_in=text_with(say, "stands_in", frozenset({"contact", "stand_in"})),
        nobody=text_with(say, "nobody", _CONTACT),
        says=MappingProxyType({(moment, one): text for moment in Moment for one, text in _by_channel(say, moment)}),
        title=letter.text("title"),
        nameless=letter.text("nameless"),
        how=MappingProxyType(dict(_by_channel(letter, "by"))),
        instead=text_with(letter, "instead", frozenset({"contact", "before"})),
        letter=MappingProxyType({part: text_with(letter, part, NEEDS[part]) for part in Part}),
    )
    if not top.table("sources").mapping():
        raise PackError("sources", "there is none", "name where the rules come from")
    for table in (limits, facts, reason, letter, say):
        table.done()
    top.done()
    return pack


def _line(table: Table, days: Table) -> Line:
    channels = table.table("channels")
    line = Line(
        says=text_with(table, "says", _LINE),
        this_year=table.text("this_year"),
        clock=table.text("clock"),
        hours=text_with(table, "hours", frozenset({"days", "opens", "closes"})),
        joins=table.text("joins"),
        channels=MappingProxyType({one: channels.text(one) for one in Channel}),
        days=tuple(days.text(day) for day in DAYS),
    )
    for one in (table, days, channels):
        one.done()
    return line


def _by_channel(table: Table, key: str) -> tuple[tuple[Channel, str], ...]:
    """One sentence a channel, with the contact and, where it helps, the times."""
    said = table.table(key)
    found = tuple((one, text_with(said, one, _CONTACT, _TIMES)) for one in Channel)
    said.done(Channel)
    return found
