"""A conversation in sentences: as they stand, and long ones in clauses, since speech has no stops. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from levelhead.casework.quoting import spans_of
from levelhead.conversation import Heard, Span, Speaker, Timeline
from levelhead.listening.clauses import clauses_of

_LONG, _SHORT = 110, 30
"""Characters from which a sentence is told apart by its clauses, and that each of them has at least."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Some words of a turn with their place in it."""

    heard: Heard
    span: Span

    @property
    def words(self) -> str:
        """The words as they were said."""
        return self.heard.turn.text[self.span.start : self.span.end]

    @property
    def theirs(self) -> bool:
        """Whether the customer said it."""
        return self.heard.turn.speaker is Speaker.CUSTOMER

    def meets(self, span: Span) -> bool:
        """Whether some of these characters of its turn are in it."""
        return self.span.start < span.end and span.start < self.span.end


def sentences_of(timeline: Timeline) -> tuple[Sentence, ...]:
    """What was said, sentence by sentence."""
    return tuple(Sentence(heard, span) for heard in timeline for span in parts_of(heard.turn.text))


def parts_of(text: str) -> Iterator[Span]:
    """Where the sentences of a text stand, long ones by their clauses."""
    for whole in spans_of(text):
        words = text[whole.start : whole.end]
        first, end = whole.start + len(words) - len(words.lstrip()), whole.start + len(words.rstrip())
        begun, words = first, words.strip()
        for cut in sorted(set(_cuts(words))) if len(words) >= _LONG else ():
            at = first + cut
            if at - begun >= _SHORT and end - at >= _SHORT and not _runs_on(words, cut):
                yield Span(begun, begun + len(text[begun:at].rstrip()))
                begun = at
        yield Span(begun, end)


def _runs_on(words: str, cut: int) -> bool:
    return _GOES_ON.match(words, cut) is not None or _INITIAL.search(words[:cut]) is not None


def _cuts(words: str) -> Iterator[int]:
    """Where a thought may end: between clauses, save before "if" and "because", and in speech where one begins."""
    for clause, after in pairwise(clauses_of(words)):
        if not (after.subordinate or clause.subordinate):
            yield clause.span.end
    if not _STOPS.search(words):
        yield from (match.start() for match in _BEGINS.finditer(words))


_INITIAL = re.compile(r"\b[A-Z]\.\s*\Z")
_GOES_ON = re.compile(r"(?:a half|a bit|a quarter|an? \w+ (?:each|more))\b", re.IGNORECASE)
_STOPS = re.compile(r"[.,;:!?](?=\s)")
_HANGS: Final = (
    *("that", "if", "what", "when", "where", "how", "why", "who", "which", "because", "cause", "cos", "so", "and"),
    *("but", "or", "to", "the", "until", "till", "once", "unless", "whether", "know", "think", "say", "says", "said"),
    *("see", "sure", "hope", "mean", "told me", "tell you", "as", "than", "is", "was", "in", "on", "of", "for", "with"),
    *("guess", "all", "no", "now"),
)
"""What comes after one of these hangs on it: no thought begins there."""
_BEGINS = re.compile(
    r"(?<=\s)"
    + "".join(rf"(?<!\b{word} )" for word in _HANGS)
    + r"(?:(?:i|you|he|she|it|we|they|that|there)(?:'s|'m|'re|'ve|'ll|'d)\b"
    r"|(?:i|you|he|she|it|we|they|there) (?:can|could|will|would|have|has|had|was|were|is|are|am|want|need|don't"
    r"|didn't|can't|won't|must|should|just|only|never|still|put|sent|got|get|rang|paid|took|told|said)\b"
    r"|(?:is|was) (?:that|there|it|your|this)\b|(?:are|have|do|did|can|could|would|will) (?:you|i|we|they)\b"
    r"|(?:what|how|where|when|who)(?:'s| is| are| do| did| was)\b"
    r"|(?:thank you|thanks|sorry|please|no problem|one thing)\b)",
    re.IGNORECASE,
)
