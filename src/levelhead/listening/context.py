"""What the reader sees of a turn beside its words: the turns before it, and a few plain counts.

Training and run time share this module, so that the weights never meet other inputs than they were fitted on.
"""

import re
from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

from levelhead.conversation import Channel, Speaker

TURNS_BEFORE = 3
"""How many earlier turns the heads see, nearest first."""

FAR_BACK = 40
"""Counts look at most this many turns back, so that a day-long chat costs no more than a short one."""

FEATURES = 18

APOLOGY = re.compile(r"\b(?:sorry|apolog\w+|regret)\b", re.IGNORECASE)
ASKED = re.compile(r"\b(?:number|name|address|postcode|zip|e-?mail|dob|date of birth|account|reference|pin)\b", re.I)
WORD = re.compile(r"[a-z']+")


class Said(NamedTuple):
    """An earlier turn as the features need it."""

    speaker: Speaker
    text: str


def side(speaker: Speaker) -> int:
    """0 for the customer, 1 for whoever speaks for the house (the token type that the encoder sees)."""
    return 0 if speaker is Speaker.CUSTOMER else 1


def features_of(speaker: Speaker, text: str, before: Sequence[Said], channel: Channel) -> tuple[float, ...]:
    """`FEATURES` numbers, each roughly within 0-1, from the turn and the turns before it (oldest first)."""
    before = before[-FAR_BACK:]
    mine = [said.text for said in before if side(said.speaker) == side(speaker)]
    other = next((said.text for said in reversed(before) if side(said.speaker) != side(speaker)), "")
    words = _words(text)
    letters = [c for c in text if c.isalpha()]
    return (
        *(1.0 if channel is one else 0.0 for one in Channel),
        log1p(len(before)) / 4,
        1.0 if not before else 0.0,
        1.0 if not mine else 0.0,
        min(sum(1 for said in mine if APOLOGY.search(said)), 3) / 3,
        min(sum(1 for said in mine if ASKED.search(said) and "?" in said), 3) / 3,
        1.0 if any(said.strip() == text.strip() for said in mine) else 0.0,
        max((_shared(words, _words(said)) for said in mine), default=0.0),
        _shared(words, _words(other)),
        log1p(len(words)) / 5,
        min(text.count("?"), 3) / 3,
        min(text.count("!"), 3) / 3,
        sum(c.isupper() for c in letters) / len(letters) if letters else 0.0,
        1.0 if "?" in other else 0.0,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))


def _shared(these: frozenset[str], those: frozenset[str]) -> float:
    """Jaccard overlap of two bags of words."""
    union = len(these | those)
    return len(these & those) / union if union else 0.0
