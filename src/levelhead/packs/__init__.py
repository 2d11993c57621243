"""The packs: those that come with Levelhead, one a locale, and in their place the editions that a tenant has in force.

The functions of this module give the packs that come with Levelhead. What a tenant works with is a `Packs` over the
tenant's editions (`live/packs_in_force.py`); nothing else may stand between a turn and its pack.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar, cast
from uuid import UUID

import structlog

from levelhead.advising.draft_pack import DraftWording, DraftWordingBroken, parse_draft_wording
from levelhead.advising.pack import Pack
from levelhead.advising.parse import parse_pack
from levelhead.casework.boundary_policy import Policy, parse_policy
from levelhead.casework.complaint_heard import Ear, parse_ear
from levelhead.casework.complaint_parse import parse_rules
from levelhead.casework.complaint_rules import RuleSet
from levelhead.casework.follow_up_pack import FollowUpPack, parse_follow_up_pack
from levelhead.casework.help_pack import HelpPack, parse_help
from levelhead.casework.helplines import Helplines, parse_helplines
from levelhead.casework.note_pack import NotePack, parse_note_pack
from levelhead.casework.plan_pack import PlanPack, parse_plans
from levelhead.casework.remedy_pack import Remedies
from levelhead.casework.remedy_parse import parse_remedies
from levelhead.casework.teaching import Proposing
from levelhead.casework.teaching_pack import parse_proposing
from levelhead.conversation.languages import LANGUAGES, nearest
from levelhead.privacy.notices import Notices, parse_notices

_AMERICAN = frozenset({"en-US", "en-CA", "en-PH"})
_BASE, _OVER = "en-GB", "en-US"
LOCALES = LANGUAGES
"""The locales that have packs of their own."""
_COMPLAINTS = ("iso-10002", "uk-telecoms", "fca", "fca-payments", "es-services")
_MOST_PARSED: Final = 256

Parsed = TypeVar("Parsed")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """The edition of a pack that is in force; its text never changes."""

    edition: UUID
    number: int


class Editions(Protocol):
    """What a tenant keeps of packs."""

    def standing(self) -> Mapping[str, Standing]:
        """The edition in force of each pack that has one."""
        ...

    def text_of(self, edition: UUID) -> str:
        """The text of an edition."""
        ...


class Packs:
    """Every pack that somebody works with, as it is in force at the moment of the call; locales fall back alike."""

    def __init__(self, kept: Editions | None = None) -> None:
        self._kept = kept

    def load(self, locale: str) -> Pack:
        """The pack for this locale: American English for Canada and the Philippines too, British where none is near."""
        standing = self._standing()
        pack = self._read(name_of("", locale), cards, standing)
        draft = self._read(name_of("draft", locale), parse_draft_wording, standing)
        return pack if pack.draft is draft else replace(pack, draft=draft)

    def notices(self, locale: str) -> Notices:
        """What customers of this locale are told before they are recorded, written down or read."""
        return self._read(name_of("notices", locale), parse_notices)

    def boundary(self, locale: str) -> Policy:
        """The boundary policy for this locale: what is said on each rung, and the letter of a restriction."""
        return self._read(name_of("boundary", locale), parse_policy)

    def plans(self, locale: str) -> PlanPack:
        """How long a plan for a customer may last in this locale, how it is said, and what the customer is told."""
        return self._read(name_of("plans", locale), parse_plans)

    def help_pack(self, locale: str) -> HelpPack:
        """How long a call for help waits in this locale, what weighs in a supervisor's list, and how it is told."""
        return self._read(name_of("help", locale), parse_help)

    def remedies(self, locale: str) -> Remedies:
        """What can be offered where something went wrong, for this locale, and who may grant it."""
        return self._read(name_of("remedies", locale), parse_remedies)

    def proposing(self) -> Proposing:
        """When what agents say to cards becomes a proposal for their team."""
        return self._read("teaching", parse_proposing)

    def complaints(self, locale: str = "") -> Mapping[str, RuleSet]:
        """Every rule set for complaints by its name; the first is the one that holds where none was chosen.

        Letters are in the language of this locale where the set has them in it; limits are those of the set.
        """
        standing = self._standing()
        found = (self._told_in(locale, self._read(f"complaints.{name}", parse_rules, standing)) for name in _COMPLAINTS)
        return MappingProxyType({rules.name: rules for rules in found})

    def _told_in(self, locale: str, rules: RuleSet) -> RuleSet:
        name = f"complaints.{rules.name}.{nearest(locale)}"
        return rules.told_as(self._read(name, parse_rules)) if name in _known() else rules

    def complaint_ear(self) -> Ear:
        """What may be a complaint."""
        return self._read("complaints.heard", parse_ear)

    def note(self, locale: str) -> NotePack:
        """The words around the quotations of a note in this locale, and the disposition codes."""
        return self._read(name_of("note", locale), parse_note_pack)

    def follow_up(self, locale: str) -> FollowUpPack:
        """How customers of this locale are asked whether it worked, and asked to answer a survey."""
        return self._read(name_of("follow_up", locale), parse_follow_up_pack)

    def helplines(self) -> Helplines:
        """The help lines of every locale."""
        return self._read("helplines", parse_helplines)

    def _standing(self) -> Mapping[str, Standing]:
        return self._kept.standing() if self._kept else {}

    def _read(
        self, name: str, parse: Callable[[str], Parsed], standing: Mapping[str, Standing] | None = None
    ) -> Parsed:
        found = (self._standing() if standing is None else standing).get(name)
        if found is None or self._kept is None:
            return cast("Parsed", _built_in(name, parse))
        if found.edition not in _parsed:
            if len(_parsed) >= _MOST_PARSED:
                _parsed.clear()
            _parsed[found.edition] = _edition(name, found.number, self._kept.text_of(found.edition), parse)
        return cast("Parsed", _parsed[found.edition])


_parsed: Final[dict[UUID, Any]] = {}
"""What was made of editions, by their ids: an edition's text never changes, so what was made of it stays right."""


def numbered(parsed: Parsed, number: int) -> Parsed:
    """The pack with the number of its edition in its version, so that whatever names the pack names the edition."""
    version = getattr(parsed, "version", None)
    return parsed if version is None else replace(parsed, version=f"{version}/{number}")  # type: ignore[type-var]


def cards(text: str) -> Pack:
    """The pack of cards in this text, laid over the British one where it says so, with the built-in draft check."""
    draft: DraftWording = _built_in(f"draft.{_BASE}", parse_draft_wording)
    found = parse_pack(text, draft=draft, base=text_of(_BASE))
    return replace(found, draft=_built_in(name_of("draft", found.locale), parse_draft_wording))


def names() -> tuple[str, ...]:
    """Every pack that comes with Levelhead, as its file is called."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in files(__name__).iterdir() if _is_pack(file.name)))


@cache
def text_of(name: str) -> str:
    """The text of a pack that comes with Levelhead."""
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _edition(name: str, number: int, text: str, parse: Callable[[str], Parsed]) -> Parsed:
    try:
        return numbered(parse(text), number)
    except (ValueError, DraftWordingBroken) as wrong:
        # An older version of Levelhead took it. Help that came with this version is better than none.
        log.warning("An edition of a pack cannot be read any more, the built-in one is used", pack=name, why=str(wrong))
        return cast("Parsed", _built_in(name, parse))


@cache
def _built_in(name: str, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401 - what it is, its parser says
    return parse(text_of(name))


def name_of(kind: str, locale: str) -> str:
    """The pack of this kind that is nearest to a locale, '' for cards; the British one where its language has none."""
    near = _OVER if locale in _AMERICAN else nearest(locale) or _BASE
    found = f"{kind}.{near}" if kind else near
    return found if found in _known() else found.removesuffix(near) + _BASE


@cache
def _known() -> frozenset[str]:
    return frozenset(names())


def _is_pack(name: str) -> bool:
    return name.endswith(".toml")


BUILT_IN: Final = Packs()
"""The packs that come with Levelhead, before anybody has edited one."""
load, notices, boundary, help_pack = BUILT_IN.load, BUILT_IN.notices, BUILT_IN.boundary, BUILT_IN.help_pack
remedies, proposing, complaints = BUILT_IN.remedies, BUILT_IN.proposing, BUILT_IN.complaints
complaint_ear, note, helplines = BUILT_IN.complaint_ear, BUILT_IN.note, BUILT_IN.helplines
follow_up, plans = BUILT_IN.follow_up, BUILT_IN.plans
