"""Clauses: a turn cut where a new thought begins, with or without punctuation (spoken turns often have none)."""

import re
from dataclasses import dataclass

from levelhead.conversation import Span

_PRONOUNS = r"(?:i|we|you|he|she|they|it|that|this|there|someone|somebody|who)"
_SHORTENED = r"(?:'ll|'m|'s|'re|'ve|'d)?"
_SUBORDINATE = (
    r"(?:if|unless|when|whenever|once|until|till|before|after|while|because|cause|cos|in case|as soon as|as long as"
    r"|so that|so you|whether|where|what|which way|how)"
)

# A full stop ends a sentence when a space follows, save in "a.m." and "p.m." and after "Dr" and the like.
_SENTENCE = r"(?<![ap]\.m)(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bst)(?<!\bprof)[.!?;:]+(?:\s+|$)|\n+"
_AND = (
    rf"[\s,]+(?:and|but|or|so|then|also)\s+(?={_PRONOUNS}{_SHORTENED}\b|the\b|your\b|my\b|our\b|a\b|if\b"
    rf"|when\b|once\b|(?:\w+ ){{0,2}}\w+(?:'ll| will)\b|(?:will|shall)\b|with you\b|by\b)"
)
_BREAK = re.compile(
    rf"(?P<end>{_SENTENCE})|(?P<join>{_AND})|(?P<bare>[\s,]+(?=(?:i|we|you|he|she|they|it|that|someone"
    rf"|somebody)(?:'ll| will|'m going to|'m gonna|'ve)\s|i'm\s))"
    rf"|(?P<sub>[\s,]+(?={_SUBORDINATE}\s+(?:{_PRONOUNS}{_SHORTENED}|the|your|my|our|those|these)\b))",
    re.IGNORECASE,
)
_OPENS_SUBORDINATE = re.compile(rf"(?!after (?:that|this)\b){_SUBORDINATE}\b", re.IGNORECASE)
# "If the box is not there by noon, call me": the condition ends at the comma. Without one ("once it's paid we send it")
# it ends where a second subject begins.
_AFTER_CONDITION = re.compile(r",\s+|(?<=\w\s)(?=(?:i|we)\s+\w+\s)", re.IGNORECASE)
_CONDITION_AT_LEAST = 8  # Characters: "if i we" is no condition yet.


_SENTENCE_AT_MOST = 400  # Characters: no sentence is read to its end beyond this, so that long texts stay quick.


@dataclass(frozen=True, slots=True)
class Clause:
    """One stretch of a turn; `subordinate` opens with if, when, before ...; `asks` is part of a question."""

    span: Span
    text: str
    subordinate: bool
    asks: bool


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of the text in order; together they cover all of its words."""
    cuts = _cuts(text)
    clauses = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        words = text[start:end]
        if words.strip():
            clauses.append(
                Clause(Span(start, end), words, _OPENS_SUBORDINATE.match(words) is not None, _asks(text, end))
            )
    return tuple(clauses)


def _cuts(text: str) -> list[int]:
    cuts = {0} | {match.end() for match in _BREAK.finditer(text)}
    for start in tuple(cuts):
        if _OPENS_SUBORDINATE.match(text, start):
            comma = _AFTER_CONDITION.search(text, start + _CONDITION_AT_LEAST, start + _SENTENCE_AT_MOST)
            if comma and not _BREAK.search(text, start, comma.start()):
                cuts.add(comma.end())
    return sorted(cut for cut in cuts if cut < len(text) or cut == 0)


_STOP = re.compile(r"[.!?\n]+(?=\s|$)")


def _asks(text: str, end: int) -> bool:
    stop = _STOP.search(text, max(0, end - 3), end + _SENTENCE_AT_MOST)
    return stop is not None and "?" in stop.group()
