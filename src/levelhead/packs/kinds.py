"""What kinds of packs there are, and by which parser each is read: the very one that the desk uses."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from levelhead import packs
from levelhead.advising.draft_pack import parse_draft_wording
from levelhead.casework.boundary_policy import parse_policy
from levelhead.casework.complaint_heard import parse_ear
from levelhead.casework.complaint_parse import parse_rules
from levelhead.casework.follow_up_pack import parse_follow_up_pack
from levelhead.casework.help_pack import parse_help
from levelhead.casework.helplines import parse_helplines
from levelhead.casework.note_pack import parse_note_pack
from levelhead.casework.plan_pack import parse_plans
from levelhead.casework.remedy_parse import parse_remedies
from levelhead.casework.teaching_pack import parse_proposing
from levelhead.privacy.notices import parse_notices


class PackKind(StrEnum):
    """What a pack is about, in the order in which people look for it."""

    CARDS = "cards"
    DRAFT = "draft"
    BOUNDARY = "boundary"
    PLANS = "plans"
    REMEDIES = "remedies"
    NOTE = "note"
    FOLLOW_UP = "follow_up"
    HELP = "help"
    HEARD = "heard"
    COMPLAINTS = "complaints"
    HELPLINES = "helplines"
    NOTICES = "notices"
    TEACHING = "teaching"


PARSERS: Final[Mapping[PackKind, Callable[[str], object]]] = MappingProxyType(
    {
        PackKind.CARDS: packs.cards,
        PackKind.DRAFT: parse_draft_wording,
        PackKind.BOUNDARY: parse_policy,
        PackKind.PLANS: parse_plans,
        PackKind.REMEDIES: parse_remedies,
        PackKind.NOTE: parse_note_pack,
        PackKind.FOLLOW_UP: parse_follow_up_pack,
        PackKind.HELP: parse_help,
        PackKind.HEARD: parse_ear,
        PackKind.COMPLAINTS: parse_rules,
        PackKind.HELPLINES: parse_helplines,
        PackKind.NOTICES: parse_notices,
        PackKind.TEACHING: parse_proposing,
    }
)
"""How each kind is read."""
_ORDER: Final = tuple(PackKind)


def kind_of(name: str) -> PackKind:
    """The kind of the pack of this name; cards are named by their locale alone. Raises ValueError."""
    head, _, rest = name.partition(".")
    if (head, rest) == ("complaints", "heard"):
        return PackKind.HEARD
    return PackKind(head) if head in set(PackKind) else _cards(name)


def names() -> tuple[str, ...]:
    """Every pack that can be edited, by kind and then by name."""
    return tuple(sorted(filter(is_pack, packs.names()), key=lambda name: (_ORDER.index(kind_of(name)), name)))


def is_pack(name: str) -> bool:
    """Whether there is a pack of this name."""
    try:
        kind_of(name)
    except ValueError:
        return False
    return name in packs.names()


def part_of(name: str) -> str:
    """What tells it from others of its kind: its locale, or the name of a rule set; '' where it is the only one."""
    return name if kind_of(name) is PackKind.CARDS else name.partition(".")[2]


def _cards(name: str) -> PackKind:
    if "." in name:
        raise ValueError(f"{name!r} is no pack")
    return PackKind.CARDS
