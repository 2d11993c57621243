"""The default packs, one a locale, and the way to load them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from levelhead.advising.draft_pack import parse_draft_wording
from levelhead.advising.pack import Pack
from levelhead.advising.parse import parse_pack
from levelhead.casework.boundary_policy import Policy, parse_policy
from levelhead.casework.complaint_heard import Ear, parse_ear
from levelhead.casework.complaint_parse import parse_rules
from levelhead.casework.complaint_rules import RuleSet
from levelhead.casework.help_pack import HelpPack, parse_help
from levelhead.casework.helplines import Helplines, parse_helplines
from levelhead.casework.note_pack import NotePack, parse_note_pack
from levelhead.casework.remedy_pack import Remedies
from levelhead.casework.remedy_parse import parse_remedies
from levelhead.casework.teaching import Proposing
from levelhead.casework.teaching_pack import parse_proposing
from levelhead.privacy.notices import Notices, parse_notices

_AMERICAN = frozenset({"en-US", "en-CA", "en-PH"})
_BASE, _OVER = "en-GB", "en-US"
LOCALES = (_BASE, _OVER)
"""The locales that have packs of their own."""
_COMPLAINTS = ("iso-10002", "uk-telecoms", "fca", "fca-payments", "es-services")


def load(locale: str) -> Pack:
    """The pack for this locale: American English for the US, Canada and the Philippines, else British English."""
    return _load(_name(locale))


@cache
def notices(locale: str) -> Notices:
    """What customers of this locale are told before they are recorded, written down or read."""
    return parse_notices(_text(f"notices.{_name(locale)}"))


@cache
def boundary(locale: str) -> Policy:
    """The boundary policy for this locale: what is said on each rung, and the letter of a restriction."""
    return parse_policy(_text(f"boundary.{_name(locale)}"))


@cache
def help_pack(locale: str) -> HelpPack:
    """How long a call for help waits in this locale, what weighs in a supervisor's list, and how it is told."""
    return parse_help(_text(f"help.{_name(locale)}"))


@cache
def remedies(locale: str) -> Remedies:
    """What can be offered where something went wrong, for this locale, and who may grant it."""
    return parse_remedies(_text(f"remedies.{_name(locale)}"))


@cache
def proposing() -> Proposing:
    """When what agents say to cards becomes a proposal for their team."""
    return parse_proposing(_text("teaching"))


@cache
def complaints() -> Mapping[str, RuleSet]:
    """Every rule set for complaints by its name; the first is the one that holds where none was chosen."""
    found = (parse_rules(_text(f"complaints.{name}")) for name in _COMPLAINTS)
    return MappingProxyType({rules.name: rules for rules in found})


@cache
def complaint_ear() -> Ear:
    """What may be a complaint."""
    return parse_ear(_text("complaints.heard"))


@cache
def note(locale: str) -> NotePack:
    """The words around the quotations of a note in this locale, and the disposition codes."""
    return parse_note_pack(_text(f"note.{_name(locale)}"))


@cache
def helplines() -> Helplines:
    """The help lines of every locale."""
    return parse_helplines(_text("helplines"))


def _name(locale: str) -> str:
    return _OVER if locale in _AMERICAN or locale.endswith("-US") else _BASE


@cache
def _load(name: str) -> Pack:
    draft = parse_draft_wording(_text(f"draft.{name}"))
    return parse_pack(_text(name), draft=draft, base=None if name == _BASE else _text(_BASE))


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
