"""A boundary policy: what is said on each rung and channel, how long a restriction may last, and the letter's words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from levelhead.advising.table import PackError, Table
from levelhead.casework.arrangement import Limits
from levelhead.casework.boundary import Rung
from levelhead.casework.dated import day_in, is_old
from levelhead.casework.letter_words import text_with
from levelhead.casework.restriction import Way
from levelhead.conversation import Abuse, Channel


class Sentence(StrEnum):
    """What a policy has a sentence for, on every channel."""

    ASK = "ask"
    NAMING = "naming"
    WARNING = "warning"
    FINAL_WARNING = "final_warning"
    FINAL_WARNING_THREAT = "final_warning_threat"
    ENDING = "ending"


class Part(StrEnum):
    """The parts of the letter, in their order; none may be left out."""

    GREETING = "greeting"
    WHAT_HAPPENED = "what_happened"
    WHY = "why"
    WHAT_CHANGES = "what_changes"
    STILL = "still"
    ADJUSTMENTS = "adjustments"
    REVIEW = "review"
    APPEAL = "appeal"
    SIGNED = "signed"


NEEDS: Final[Mapping[Part, frozenset[str]]] = MappingProxyType(
    {
        Part.GREETING: frozenset({"customer"}),
        Part.WHAT_HAPPENED: frozenset({"said_on", "quotes"}),
        Part.WHY: frozenset({"reason"}),
        Part.WHAT_CHANGES: frozenset({"from", "ends", "meaning"}),
        Part.STILL: frozenset({"still"}),
        Part.ADJUSTMENTS: frozenset({"adjustments"}),
        Part.REVIEW: frozenset({"review", "ends"}),
        Part.APPEAL: frozenset({"appeal_to", "appeal_days"}),
        Part.SIGNED: frozenset({"approver", "decided"}),
    }
)
"""What each part of the letter has to say."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A parsed policy. `calm_turns` is after how many calm turns of a customer it begins at the bottom again."""

    name: str
    version: str
    locale: str
    checked: date
    date_form: str
    calm_turns: int
    limits: Limits
    appeal_days: int
    says: Mapping[tuple[Sentence, Channel], str]
    ways: Mapping[Way, str]
    title: str
    nameless: str
    letter: Mapping[Part, str]

    @property
    def label(self) -> str:
        """Name, locale and version, as a letter names the policy that it was made from."""
        return f"{self.name} {self.locale} {self.version}"

    def is_old(self, now: datetime) -> bool:
        """Whether nobody has looked at it for twelve months."""
        return is_old(self.checked, now)

    def ask(self, channel: Channel) -> str:
        """How to ask what the customer is going through."""
        return self.says[Sentence.ASK, channel]

    def say(self, rung: Rung, channel: Channel, abuse: Abuse) -> str:
        """The sentence of a rung for this channel; a threat has words of its own."""
        threat = rung is Rung.FINAL_WARNING and abuse is Abuse.THREAT
        return self.says[Sentence.FINAL_WARNING_THREAT if threat else Sentence(rung.value), channel]


def parse_policy(text: str) -> Policy:
    """The policy in this TOML text, whole or not at all. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    limits, letter = top.table("limits"), top.table("letter")
    policy = Policy(
        name=top.text("name"),
        version=top.text("version"),
        locale=top.text("locale"),
        checked=day_in(top, "checked"),
        date_form=top.text("date_form"),
        calm_turns=limits.whole("calm_turns", 1, 20),
        limits=Limits(limits.whole("longest_days", 1, 366), limits.whole("review_days", 1, 366)),
        appeal_days=limits.whole("appeal_days", 1, 60),
        says=MappingProxyType(dict(_says(top.table("say")))),
        ways=MappingProxyType(_ways(top.table("ways"))),
        title=letter.text("title"),
        nameless=letter.text("nameless"),
        letter=MappingProxyType({part: text_with(letter, part, NEEDS[part]) for part in Part}),
    )
    if not top.table("sources").mapping():
        raise PackError("sources", "there is none", "name where the policy comes from")
    limits.done(("calm_turns", "longest_days", "review_days", "appeal_days"))
    letter.done(("title", "nameless", *Part))
    top.done(("name", "version", "locale", "checked", "date_form", "sources", "limits", "say", "ways", "letter"))
    return policy


def _says(table: Table) -> "list[tuple[tuple[Sentence, Channel], str]]":
    said = []
    for sentence in Sentence:
        channels = table.table(sentence)
        said += [((sentence, channel), channels.text(channel)) for channel in Channel]
        channels.done(Channel)
    table.done(Sentence)
    return said


def _ways(table: Table) -> dict[Way, str]:
    ways = {way: table.text(way) for way in Way}
    table.done(Way)
    return ways
