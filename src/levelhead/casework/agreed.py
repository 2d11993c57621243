"""What was offered, taken and agreed to: a choice with what they said to it, and "Of course!" with what it was said to.

Pure.
"""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from levelhead.casework.telling import Weighed
from levelhead.casework.worth import is_courtesy, worth
from levelhead.conversation import Move


def choices(found: list[Weighed]) -> Iterator[Weighed]:
    """What there was to choose from, what they said to it, and what we then said that we did; the latest few."""
    turns = [list(turn) for _, turn in groupby(found, key=lambda one: one.n)]
    offers = [
        (turn, after, later)
        for turn, after, later in zip(turns, turns[1:], [*turns[2:], []], strict=False)
        if not turn[0].theirs and after[0].theirs and _offers(turn)
    ]
    for turn, after, later in offers[-_CHOICES:]:
        says = [one for one in turn if not is_courtesy(one)]
        whole = sum(one.size for one in says) <= _OFFER_WORDS
        yield from says if whole else [one for one in says if _OFFER.search(one.words)]
        yield after[0]
        yield from [one for one in after[1:] if not is_courtesy(one)][: 1 if after[0].size > _A_WORD else 2]
        if later and not later[0].theirs:
            yield from sorted((one for one in later if not is_courtesy(one)), key=worth)[-1:]


def assents(found: list[Weighed]) -> Iterator[Weighed]:
    """What we agreed to in a word: "Of course!" to "I want it in writing, please." says how it stands."""
    turns = [list(turn) for _, turn in groupby(found, key=lambda one: one.n)]
    for asked, turn in pairwise(turns):
        if asked[0].theirs and not turn[0].theirs and _ASSENT.match(turn[0].words):
            wants = [one for one in asked if _WANTS.search(one.words)]
            if wants:
                yield wants[-1]
                yield from turn[: 1 if turn[0].size > _A_WORD else 2]


_ASSENT = re.compile(
    r"\W*(?:of course|yes|yeah|yep|sure|certainly|absolutely|will do|no problem|no worries|done|sounds good"
    r"|you're all set|all set|consider it|happy to|glad to|ok(?:ay)?|right|understood|agreed|that's fine)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\bplease\b|\b(?:can|could|will|would) (?:you|u|i|we)\b|\bi (?:want|need|would like)\b|\bi'd like\b"
    r"|\b(?:don't|do not) (?:send|make|prepare|book|call|ring|change|bother)\b",
    re.IGNORECASE,
)


def _offers(turn: list[Weighed]) -> bool:
    return turn[0].sentence.heard.reading.shows(Move.OFFER_CHOICE) or any(_OFFER.search(one.words) for one in turn)


_OFFER = re.compile(
    r"\b(?:i|we|you) (?:can|could|may)\b[^.?!]*\bor\b|\b(?:two|three) (?:ways|options|things)\b"
    r"|\bif you(?:'d| would) like\b"
    r"|\b(?:shall|should) (?:i|we)\b|\bwould you (?:like|prefer|rather)\b|\bdo you want\b|\bwhich (?:one|suits|would)\b"
    r"|\A\W*(?:[1-3][.:)]|\([a-c]\)|or\b)|\bi've got\b[^.?!]*\bor\b|\bunless you\b",
    re.IGNORECASE,
)
_OFFER_WORDS, _A_WORD = 75, 3
_CHOICES = 2
