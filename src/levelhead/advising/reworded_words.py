"""What of a text may not change when it is said in other words: its figures, names, promises and the rest."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from levelhead.advising.draft_facts import GAP
from levelhead.advising.reworded_lists import (
    AUXILIARIES,
    BINDERS,
    CONDITIONS,
    DEEDS,
    EMPTY,
    FIGURES,
    GENERIC,
    MODALS,
    NOBODY,
    NOT,
    OPENERS,
    PEOPLE,
    SUBJECTS,
)
from levelhead.listening.english_words import ENGLISH_WORDS

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_SPOKEN_OUT = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "will not"),
        (r"\bcan(?:no|')t\b", "can not"),
        (r"\bain't\b", "is not"),
        (r"n't\b", " not"),
        (r"\bunable\b", "not able"),
        (r"\bimpossible\b", "not possible"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'m\b", " am"),
        (r"'re\b", " are"),
        (r"\b(?:am|is|are) (not )?able to\b", r"can \1"),
        (r"\b(?:am|is|are) (not )?(?:going to|about to)\b", r"will \1"),
        (r"(\d)\s+([ap]\.?m\b\.?|%)", r"\1\2"),
        (r"\b([ap])\.m\b\.?", r"\1m"),
        (r"([£$€¥])\s+(\d)", r"\1\2"),
    )
)
_WORD = re.compile(r"[^\s,;()\"\[\]\d]{0,60}\d[^\s;()\"\[\]]*|[£$€¥%+@#&]|[^\W\d_]+(?:'[^\W\d_]+)?|[.!?:;\n]+")
_EDGES = ".,:;!?'\"-"
_ENDS = frozenset(".!?:;\n")
_LINK = re.compile(r"://|@|^www\.|\w\.(?:com|org|net|uk|example|gov|io)\b", re.IGNORECASE)
_APOLOGY = re.compile(r"\b(?:sorry|apolog\w+|regret\w*)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_ENDINGS = re.compile(r"(?:ations?|ings?|ments?|edly|ally|ly|ied|ies|ed|es|s|e|y)$")
_LEAST_STEM = 3
_NO_NAME = re.compile(r"(?:ing|ly|tions?|ments?)$")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says that its rewording has to say too; two that are alike in all say the same facts."""

    placeholders: tuple[str, ...]
    figures: tuple[str, ...]
    names: tuple[str, ...]
    negations: tuple[str, ...]
    conditions: tuple[str, ...]
    promises: tuple[str, ...]
    deeds: frozenset[str]
    people: frozenset[str]
    exclamations: int
    shouted: int
    apologies: int
    generic: int
    questions: int
    content: frozenset[str]


def said(text: str, other: str, facts: Iterable[str] = ()) -> Said:
    """What this text says; `other` is held beside it, since a name in the one is a name in the other."""
    plain, beside = _plain(text), _plain(other)
    words = _words(plain)
    low = tuple(word.lower() for word in words)
    known = frozenset(part.lower() for fact in facts for part in _words(_plain(fact)))
    names = known | _names_inside(words) | _names_inside(_words(beside))
    common = {word for word in (*words, *_words(beside)) if word.islower()}
    return Said(
        placeholders=tuple(GAP.findall(text)),
        figures=(*_links(plain), *_figures(words)),
        names=tuple(_names(words, names, frozenset(common) - known)),
        negations=tuple(sorted(_negations(low))),
        conditions=tuple(sorted(word for word in low if word in CONDITIONS)),
        promises=tuple(sorted(_promises(low))),
        deeds=frozenset(stem for word in low if (stem := stem_of(word)) in _DEED_STEMS),
        people=frozenset(PEOPLE[word] for word in low if word in PEOPLE),
        exclamations=plain.count("!"),
        shouted=len(_SHOUTED.findall(plain)),
        apologies=len(_APOLOGY.findall(plain)),
        generic=sum(phrase in plain.lower() for phrase in GENERIC),
        questions=plain.count("?"),
        content=frozenset(stem_of(word) for word in low if word.isalpha() and word not in EMPTY and word not in NOT),
    )


def stem_of(word: str) -> str:
    """The word without its ending: "refunded", "refunds" and "refunding" are one."""
    bare = word
    while len(bare) > _LEAST_STEM:
        cut = _ENDINGS.sub("", bare)
        if cut == bare or len(cut) < _LEAST_STEM:
            break
        bare = cut
    return bare


_DEED_STEMS = frozenset(stem_of(word) for word in DEEDS)


def _plain(text: str) -> str:
    """Plain quotes, no short forms, and everything that looks like a digit a digit."""
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    for pattern, words in _SPOKEN_OUT:
        plain = pattern.sub(words, plain)
    return plain


def _words(plain: str) -> tuple[str, ...]:
    """The words, and the ends of sentences as "."; placeholders are no words."""
    found = (match.group() for match in _WORD.finditer(GAP.sub(" ", plain)))
    return tuple("." if word[0] in _ENDS else (word.strip(_EDGES) or word) for word in found)


def _figures(words: tuple[str, ...]) -> Iterator[str]:
    """Numbers, amounts, units, days and times in their order, each with what binds it: "by", "after", "up to"."""
    for place, word in enumerate(words):
        low = word.lower()
        if _is_figure(word):
            yield low.removesuffix("s") if low.isalpha() else low
        elif low in BINDERS and any(_is_figure(ahead) for ahead in words[place + 1 : place + 1 + BINDERS[low]]):
            yield low


def _links(plain: str) -> Iterator[str]:
    # Word by word: one pattern over the whole text would take the cube of its length where somebody means harm.
    return (word.strip(_EDGES).lower() for word in plain.split() if _LINK.search(word))


def _is_figure(word: str) -> bool:
    if any(character.isdigit() for character in word) or unicodedata.category(word[0]) == "Sc" or word in {"%", "@"}:
        return True
    return word in {"May", "March"} or word.lower() in FIGURES or unicodedata.category(word[0]) == "No"


def _names_inside(words: tuple[str, ...]) -> frozenset[str]:
    """Words with a capital where none was needed."""
    return frozenset(
        word.lower()
        for before, word in pairwise(words)
        if before != "." and word[0].isupper() and word.lower() not in NOBODY
    )


def _names(words: tuple[str, ...], known: frozenset[str], common: frozenset[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        low = word.lower()
        if low in known and (word[0].isupper() or low not in ENGLISH_WORDS):
            yield low
        elif word[0].isupper() and (place == 0 or words[place - 1] == "."):
            ahead = words[place + 1].lower() if place + 1 < len(words) else ""
            if _opens_with_name(low, ahead, common):
                yield low


def _opens_with_name(low: str, ahead: str, common: frozenset[str]) -> bool:
    """Whether the first word of a sentence is a name: "Rose will call", but not "Refunds take a week"."""
    if low in OPENERS or low in common or low in NOBODY or (low in AUXILIARIES and ahead in SUBJECTS):
        return False
    if ahead in AUXILIARIES or ahead == "from":
        return True
    return low not in ENGLISH_WORDS and low not in EMPTY and low not in DEEDS and not _NO_NAME.search(low)


def _negations(low: tuple[str, ...]) -> Iterator[str]:
    for place, word in enumerate(low):
        if word in NOT:
            yield f"{NOT[word]} {_head(low, place)}"


def _promises(low: tuple[str, ...]) -> Iterator[str]:
    """Who will, can, may, should or has done what. What the customer is asked ("could you…") is no promise."""
    for place, word in enumerate(low):
        subject, ahead = low[place - 1] if place else "", low[place + 1] if place + 1 < len(low) else ""
        if word in MODALS and ahead not in {"you", "i", "we"}:
            yield f"{SUBJECTS.get(subject, 'other')} {MODALS[word]} {_head(low, place)}"
        elif word in {"i", "we"} and (head := stem_of(ahead)) in _DEED_STEMS:
            yield f"we do {head}"
        elif subject in {"i", "we"} and word in {"have", "had"} and ahead not in _OWNED:
            yield f"we have {_head(low, place)}"
        elif subject in {"i", "we"} and word in {"am", "are"} and ahead.endswith("ing"):
            yield f"we are {_head(low, place)}"


_OWNED = frozenset({"a", "an", "the", "your", "no", "to"})


def _head(low: tuple[str, ...], place: int) -> str:
    """The first word that carries meaning after this one, in the same sentence."""
    for word in low[place + 1 :]:
        if word == ".":
            break
        if word not in EMPTY and word not in NOT:
            return stem_of(word)
    return ""
