"""Whether other words for a text still say the same: what somebody else has worded is shown only if they do.

Strict on purpose. A rewording that is refused costs nothing, since the text itself is there; one that says another
number, promises more or loses a "not" could be sent to a customer. Where English is not what we read, nothing passes.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from levelhead.advising.reworded_words import Said, said
from levelhead.listening.language import READABLE, language_of

LONGEST: Final = 1.3
"""Times the length of the text: whoever reads it has no more time than before."""
SHORTEST: Final = 0.4
_KEPT: Final = 0.3
"""Least share of the words that carry meaning that is common to both, of the longer list of the two."""
_FEW: Final = 4  # Of fewer words, all may be others: what counts among them is looked at one by one.
_LONGEST_WORD: Final = 100  # Characters: what is longer is no word, and costs time to look at.
_MARKUP: Final = "<>*_#|`~^={}[]\\"


class Why(StrEnum):
    """What is wrong with other words for a text."""

    LENGTH = "length"
    CHARACTERS = "characters"
    LANGUAGE = "language"
    TONE = "tone"
    APOLOGY = "apology"
    PLACEHOLDER = "placeholder"
    FIGURE = "figure"
    NAME = "name"
    NEGATION = "negation"
    CONDITION = "condition"
    PROMISE = "promise"
    DEED = "deed"
    PEOPLE = "people"
    QUESTION = "question"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why other words are not taken. It holds none of them, so it can be counted and logged."""

    why: Why


def check(original: str, reworded: str, facts: Iterable[str] = ()) -> str | Refusal:
    """The other words, trimmed, where they say all that the text says and nothing more; else why not.

    `facts` are names and references that cannot be told by their form, such as a customer's name in lower case.
    What they may not change: numbers, amounts, dates, times, names, placeholders, promises, deeds, conditions, "not".
    """
    text = reworded.strip()
    if len(text) > max(len(original) * LONGEST, len(original.strip())) or len(text) < len(original.strip()) * SHORTEST:
        return Refusal(Why.LENGTH)
    if not _known_characters(original, text):
        return Refusal(Why.CHARACTERS)
    known = tuple(facts)
    before, after = said(original, text, known), said(text, original, known)
    for why, holds in _RULES:
        if not holds(before, after):
            return Refusal(why)
    if text != original.strip() and {language_of(original).code, language_of(text).code} != {READABLE}:
        return Refusal(Why.LANGUAGE)
    return text


def _known_characters(original: str, text: str) -> bool:
    """No markup and nothing unseen that was not there: no bidi marks, no zero-width characters, no emoji."""
    if any(len(word) > _LONGEST_WORD and word not in original for word in text.split()):
        return False
    return all(
        character in original or not (character in _MARKUP or unicodedata.category(character) in _UNSEEN)
        for character in set(text)
    )


_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk", "Zl", "Zp"}


def _is_calm(before: Said, after: Said) -> bool:
    return after.exclamations <= before.exclamations and after.shouted <= before.shouted


def _apologises_alike(before: Said, after: Said) -> bool:
    """As often or less, but not never where it did, and never in the words that everybody hears everywhere."""
    return (
        after.apologies <= before.apologies
        and bool(after.apologies) == bool(before.apologies)
        and after.generic <= before.generic
    )


def _means_alike(before: Said, after: Said) -> bool:
    if _turns_round(before.content, after.content) or _turns_round(after.content, before.content):
        return False
    most = max(len(before.content), len(after.content))
    return most < _FEW or len(before.content & after.content) >= most * _KEPT


def _turns_round(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of the others is the opposite of one that they lost: "happy" and "unhappy"."""
    return any(before + word in others and before + word not in words for word in words for before in _OPPOSITE)


_OPPOSITE: Final = ("un", "in", "im", "il", "ir", "dis", "mis")


_RULES: Final[tuple[tuple[Why, Callable[[Said, Said], bool]], ...]] = (
    (Why.PLACEHOLDER, lambda before, after: before.placeholders == after.placeholders),
    (Why.FIGURE, lambda before, after: before.figures == after.figures),
    (Why.NAME, lambda before, after: before.names == after.names),
    (Why.NEGATION, lambda before, after: before.negations == after.negations),
    (Why.CONDITION, lambda before, after: before.conditions == after.conditions),
    (Why.PROMISE, lambda before, after: before.promises == after.promises),
    (Why.DEED, lambda before, after: before.deeds == after.deeds),
    (Why.APOLOGY, _apologises_alike),
    (Why.PEOPLE, lambda before, after: before.people | {"you"} == after.people | {"you"}),
    (Why.TONE, _is_calm),
    (Why.QUESTION, lambda before, after: before.questions == after.questions),
    (Why.MEANING, _means_alike),
)
