"""Overlay: what a team has settled about its cards, laid over the pack that all teams share.

An overlay is made of numbered adjustments. Their numbers stand in the pack's label, and so in every advice that was
given under them: with the label, a past conversation can be heard again under the overlay of its day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from levelhead.advising.pack import Pack, Rule, Way
from levelhead.conversation import Card, CardKind


class How(StrEnum):
    """What an adjustment does."""

    SILENT = "silent"
    FROM_INTENSITY = "from_intensity"
    HOLD_OUT = "hold_out"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One change to a pack. `rule` names what it is about, '' where it is about all cards that may be held out.

    `level` is the intensity (1-3) from which on the rule may speak, or the share of cards (percent) that is held out.
    """

    number: int
    how: How
    rule: str = ""
    level: int = 0


def overlaid(pack: Pack, adjustments: Iterable[Adjustment]) -> Pack:
    """The pack with these adjustments, the later one standing; rules that no overlay may touch stay as they are."""
    rules, held, numbers = {rule.name: rule for rule in pack.rules}, pack.hold_out, list(pack.overlay)
    for one in sorted(adjustments, key=lambda adjustment: adjustment.number):
        numbers.append(one.number)
        rule = rules.get(one.rule)
        if one.how is How.HOLD_OUT:
            held = one.level
        elif rule is not None and is_adjustable(rule):
            if one.how is How.SILENT:
                del rules[one.rule]
            else:
                rules[one.rule] = replace(rule, from_intensity=one.level)
    return replace(pack, rules=tuple(rules.values()), hold_out=held, overlay=tuple(numbers))


def is_adjustable(rule: Rule) -> bool:
    """Whether a team may have less of it: never less care for a person, and never less of a boundary."""
    return rule.way > Way.BOUNDARY and rule.kind is not CardKind.SUPPORT


def is_held_out(card: Card, rule: Rule, pack: Pack) -> bool:
    """Whether this card is one of the share that is not shown; the same for the same card, always."""
    if card.safety or not is_adjustable(rule):
        return False
    conversation = card.id.rpartition(":")[0]
    drawn = int.from_bytes(sha256(f"{conversation}\n{card.id}".encode()).digest()[:8])
    return drawn * 100 < pack.hold_out << 64


def numbers_in(label: str) -> tuple[int, ...]:
    """The numbers of the adjustments that a pack's label names."""
    return tuple(int(number) for number in _NUMBER.findall(label))


_NUMBER: Final = re.compile(r" \+([0-9]+)\b")
