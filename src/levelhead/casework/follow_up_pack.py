"""The follow-up pack: how a mail or a call that asks whether it worked is worded, and the mails of a survey."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from types import MappingProxyType
from typing import Final

from levelhead.advising.table import PackError, Table
from levelhead.casework.follow_up import Occasion, Way
from levelhead.casework.mail import LINK
from levelhead.conversation import Cause
from levelhead.conversation.dates import written

_SLOTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "hello": frozenset({"name", "agent"}),
        "hello_nameless": frozenset({"agent"}),
        "touch": frozenset({"day"}),
        "touch_about": frozenset({"day", "about"}),
        "said": frozenset({"words"}),
        "kept": frozenset({"words", "day"}),
        "agreed": frozenset({"what"}),
        "back": frozenset({"days"}),
        "ask": frozenset(),
        "ask_back": frozenset(),
        "thanks": frozenset(),
        "thanks_about": frozenset({"about"}),
        "bye": frozenset({"agent"}),
    }
)
_SURVEY: Final = ("subject", "text", "remind_subject", "remind")
_AFTER: Final = (Occasion.NOTE, Occasion.PROMISE, Occasion.REMEDY)


@dataclass(frozen=True, slots=True)
class FollowUpPack:
    """A parsed follow-up pack. `after` is in open days, `back` in days; `grief` are dispositions of the note pack.

    `about` names a cause so that it fits after "about".
    """

    version: str
    locale: str
    day: str
    after: Mapping[Occasion, int]
    back: tuple[int, ...]
    grief: frozenset[str]
    subject: str
    subject_plain: str
    about: Mapping[Cause, str]
    phrases: Mapping[Way, Mapping[str, str]]
    survey: Mapping[str, str]

    @property
    def label(self) -> str:
        """What names the pack."""
        return f"{self.locale} {self.version}"

    def say(self, way: Way, phrase: str, **slots: object) -> str:
        """One of the phrases with what stands in it."""
        return self.phrases[way][phrase].format(**slots)

    def on(self, moment: datetime) -> str:
        """A day as this language writes it."""
        return written(moment, self.day, self.locale)


def parse_follow_up_pack(text: str) -> FollowUpPack:
    """The pack in this TOML text, whole or not at all. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    after, about, survey = top.table("after"), top.table("about"), top.table("survey")
    named = [cause for cause in Cause if cause in set(about.keys())]
    back = tuple(after.whole(f"back_{n}", 1, 365) for n in (1, 2, 3))
    pack = FollowUpPack(
        version=top.text("version"),
        locale=top.text("locale"),
        day=top.text("day"),
        after=MappingProxyType({one: after.whole(one, 0, 30) for one in _AFTER}),
        back=back,
        grief=frozenset(top.texts("grief")),
        subject=_sentence(top, "subject", frozenset({"about"})),
        subject_plain=_sentence(top, "subject_plain", frozenset({"day"})),
        about=MappingProxyType({cause: about.text(cause) for cause in named}),
        phrases=MappingProxyType({way: _phrases(top.table(way)) for way in Way}),
        survey=MappingProxyType({key: _mail(survey, key) for key in _SURVEY}),
    )
    after.done((*_AFTER, "back_1", "back_2", "back_3"))
    about.done(Cause)
    survey.done(_SURVEY)
    top.done()
    return pack


def _phrases(table: Table) -> Mapping[str, str]:
    phrases = {key: _sentence(table, key, slots) for key, slots in _SLOTS.items()}
    table.done(_SLOTS)
    return MappingProxyType(phrases)


def _mail(table: Table, key: str) -> str:
    text = table.text(key)
    if not key.endswith("subject") and text.count(LINK) != 1:
        raise PackError(f"{table.where}.{key}", "it has not one link", f"write {LINK} once, on a line of its own")
    return text


def _sentence(table: Table, key: str, may: frozenset[str]) -> str:
    text = table.text(key)
    try:
        slots = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as wrong:
        raise PackError(f"{table.where}.{key}", f"a bracket is left open ({wrong})", "close it") from wrong
    if not slots <= may:
        known = ", ".join(f"{{{name}}}" for name in sorted(may)) or "none"
        raise PackError(f"{table.where}.{key}", f"it names {sorted(slots)}", f"there are only these: {known}")
    return text
