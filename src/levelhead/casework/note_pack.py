"""The note pack: the words around the quotations of a note, and the disposition codes with what proposes them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import Final, TypeVar

from levelhead.advising.table import PackError, Table
from levelhead.casework.dated import day_in
from levelhead.casework.note import Drafted, Outcome
from levelhead.casework.noted import Part
from levelhead.conversation import Cause, Emotion, FactKind
from levelhead.listening.issues import ISSUES

Member = TypeVar("Member", bound=StrEnum)
FACTS_NAMED: Final = (FactKind.ORDER_NUMBER, FactKind.REFERENCE, FactKind.AMOUNT)
"""The facts that a note names; each has its words in the pack."""
FEELINGS_NAMED: Final = (Emotion.NEUTRAL, Emotion.FRUSTRATED, Emotion.ANGRY)
_SLOTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "quote": frozenset({"words"}),
        "due": frozenset({"words", "due"}),
        "kept": frozenset({"words"}),
        "broken": frozenset({"words", "due"}),
        "threat": frozenset({"turn"}),
        "lewd": frozenset({"turn"}),
        "course": frozenset({"first", "last"}),
    }
)


@dataclass(frozen=True, slots=True)
class Disposition:
    """A code under which a conversation is filed, with what proposes it; it can be chosen from `since` to `until`."""

    code: str
    name: str
    since: date
    until: date | None
    issues: frozenset[str]
    causes: frozenset[str]
    outcomes: frozenset[Outcome]

    def holds(self, on: date) -> bool:
        """Whether it could be chosen on that day."""
        return self.since <= on and (self.until is None or on < self.until)

    def fits(self, note: Drafted) -> int:
        """How much speaks for it: the issue more than the cause; 0 where nothing does, or how it ended does not fit."""
        if self.outcomes and note.outcome not in self.outcomes:
            return 0
        by_issue = _ISSUE if note.issue in self.issues else 0
        by_cause = _CAUSE if note.cause in self.causes else 0
        return by_issue + by_cause + (_ENDED if self.outcomes and by_issue + by_cause else 0)


_ISSUE, _CAUSE, _ENDED = 4, 2, 1


@dataclass(frozen=True, slots=True)
class NotePack:
    """A parsed note pack. `otherwise` is the code for what no other fits; it holds on every day."""

    version: str
    locale: str
    labels: Mapping[Part, str]
    phrases: Mapping[str, str]
    outcomes: Mapping[Outcome, str]
    feelings: Mapping[Emotion, str]
    facts: Mapping[FactKind, str]
    time: str
    day: str
    dispositions: tuple[Disposition, ...]
    otherwise: str

    @property
    def name(self) -> str:
        """What a note names as the pack that it was written with."""
        return f"{self.locale} {self.version}"

    def say(self, phrase: str, **slots: str) -> str:
        """One of the pack's phrases with what stands in it."""
        return self.phrases[phrase].format(**slots)

    def choices(self, on: date) -> tuple[Disposition, ...]:
        """The dispositions that can be chosen on that day, in the pack's order."""
        return tuple(one for one in self.dispositions if one.holds(on))

    def proposed(self, note: Drafted, on: date) -> str:
        """The code that fits the note best; the first of several that fit as well."""
        best = max(self.choices(on), key=lambda one: one.fits(note), default=None)
        return best.code if best is not None and best.fits(note) else self.otherwise

    def named(self, code: str) -> str:
        """The name of a code, also of one that can be chosen no longer; the code where the pack has lost it."""
        return next((one.name for one in self.dispositions if one.code == code), code)


def parse_note_pack(text: str) -> NotePack:
    """The pack in this TOML text, whole or not at all. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    dispositions = tuple(_dispositions(top.table("disposition")))
    pack = NotePack(
        version=top.text("version"),
        locale=top.text("locale"),
        labels=_words_of(top.table("label"), tuple(Part)),
        phrases=MappingProxyType(dict(_phrases(top.table("phrase")))),
        outcomes=_words_of(top.table("outcome"), (Outcome.SOLVED, Outcome.NOT_SOLVED)),
        feelings=_words_of(top.table("feeling"), FEELINGS_NAMED),
        facts=_words_of(top.table("fact"), FACTS_NAMED),
        time=top.text("time"),
        day=top.text("day"),
        dispositions=dispositions,
        otherwise=_otherwise(top.text("otherwise"), dispositions),
    )
    top.done(
        (
            "version",
            "locale",
            "label",
            "phrase",
            "outcome",
            "feeling",
            "fact",
            "time",
            "day",
            "disposition",
            "otherwise",
        )
    )
    return pack


def _words_of(table: Table, members: tuple[Member, ...]) -> Mapping[Member, str]:
    words = {member: table.text(member) for member in members}
    table.done(members)
    return MappingProxyType(words)


def _phrases(table: Table) -> Iterator[tuple[str, str]]:
    for name, needs in _SLOTS.items():
        text = table.text(name)
        try:
            slots = {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}
        except ValueError as wrong:
            raise PackError(f"{table.where}.{name}", f"a bracket is left open ({wrong})", "close it") from wrong
        if slots != needs:
            wanted = ", ".join(f"{{{slot}}}" for slot in sorted(needs))
            raise PackError(f"{table.where}.{name}", f"it names {sorted(slots)}", f"name each of these: {wanted}")
        yield name, text
    table.done(_SLOTS)


def _dispositions(table: Table) -> Iterator[Disposition]:
    for code, one in table.tables():
        until = day_in(one, "until") if "until" in one.keys() else None  # noqa: SIM118 - a table is no mapping
        yield Disposition(
            code=code,
            name=one.text("name"),
            since=day_in(one, "since"),
            until=until,
            issues=frozenset(one.labels("issues", ISSUES)),
            causes=frozenset(one.labels("causes", list(Cause))),
            outcomes=frozenset(one.some_of("outcomes", Outcome)),
        )
        one.done(("name", "since", "until", "issues", "causes", "outcomes"))


def _otherwise(code: str, dispositions: tuple[Disposition, ...]) -> str:
    found = next((one for one in dispositions if one.code == code), None)
    if found is None:
        raise PackError("otherwise", f"there is no disposition {code!r}", f"add it as [disposition.{code}]")
    if found.until is not None:
        raise PackError(f"disposition.{code}.until", "what is left for everything else cannot end", "take the line out")
    return code
