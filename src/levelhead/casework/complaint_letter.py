"""A letter about a complaint: every part that the rules demand, filled in, or refused with all that is missing."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from levelhead.casework.complaint import LetterKind
from levelhead.casework.complaint_rules import LetterForm, RuleSet
from levelhead.casework.complaint_steps import Wanting

KNOWN: Final = frozenset({"customer", "code", "said_on", "quotes", "today", "answer_by", "signed"})
"""What we know by ourselves."""
OF_THE_HOUSE: Final = frozenset({"company", "contact", "scheme"})
"""What the tenant settles once: its name, where it is reached, and which independent scheme it belongs to."""
TYPED: Final = frozenset({"findings", "done", "decision", "reasons", "offer", "outcome", "why_not_yet", "expected_by"})
"""What whoever writes the letter says; `decision` is chosen."""
NEEDS: Final[Mapping[LetterKind, frozenset[str]]] = MappingProxyType(
    {
        LetterKind.ACKNOWLEDGEMENT: frozenset({"customer", "said_on", "quotes", "answer_by"}),
        LetterKind.SUMMARY: frozenset({"customer", "done"}),
        LetterKind.HOLDING: frozenset({"customer", "why_not_yet", "expected_by"}),
        LetterKind.FINAL_RESPONSE: frozenset({"customer", "findings", "decision", "reasons"}),
        LetterKind.ADR: frozenset({"customer", "outcome", "scheme"}),
    }
)
"""What each letter has to say whatever the rules: a rule set that leaves it out is refused."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, whole, and the rules that it was made from."""

    kind: LetterKind
    title: str
    paragraphs: tuple[str, ...]
    pack: str


def letter_of(kind: LetterKind, rules: RuleSet, told: Mapping[str, str], enclosed: Collection[str] = ()) -> Written:
    """The letter as it would go out now. Raises Wanting, which names everything that is missing."""
    form = rules.letters.get(kind)
    if form is None:
        raise Wanting(("kind",), f"The rules “{rules.title}” have no such letter.")
    missing = wanting(form, told, enclosed)
    if missing:
        named = ", ".join(_plain(field) for field in missing)
        raise Wanting(missing, f"The letter cannot go out yet. Still missing: {named}.")
    filled = tuple(_filled(part.text, told) for part in form.parts.values())
    return Written(kind, _filled(form.title, told), filled, rules.label)


def wanting(form: LetterForm, told: Mapping[str, str], enclosed: Collection[str] = ()) -> tuple[str, ...]:
    """What is still missing: places that nothing fills, in the order of the letter, and what is not enclosed."""
    places = [place for part in form.parts.values() for place in places_of(part.text)]
    empty = [place for place in dict.fromkeys(places) if not told.get(place, "").strip()]
    return (*empty, *(f"enclosed: {one}" for one in form.encloses if one not in enclosed))


def places_of(text: str) -> tuple[str, ...]:
    """The places in a text, in their order."""
    return tuple(re.findall(r"\{(\w*)\}", text))


def typed_in(form: LetterForm) -> tuple[str, ...]:
    """What whoever writes this letter has to say, in its order."""
    places = [place for part in form.parts.values() for place in places_of(part.text)]
    return tuple(place for place in dict.fromkeys(places) if place in TYPED)


def _filled(text: str, told: Mapping[str, str]) -> str:
    # In one pass: words of a customer that look like a place stay what they are.
    return re.sub(r"\{(\w*)\}", lambda place: told.get(place[1], "").strip(), text)


def _plain(field: str) -> str:
    return field.replace("_", " ")
