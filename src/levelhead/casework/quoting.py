"""Quoting what was said in a conversation: whole sentences where they fit, and always words that stand in the turn."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from levelhead.conversation import Heard, Span, Speaker, Timeline
from levelhead.listening.clauses import clauses_of

MOST_QUOTED: Final = 160
"""Characters of a quotation; longer sentences are cut at a word, with an ellipsis."""
_MORE_THAN_HELLO = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one turn."""

    n: int
    words: str


def wanted(timeline: Timeline) -> Quote | None:
    """The longest sentence of the first thing that the customer said beyond a greeting."""
    for heard in timeline:
        if heard.turn.speaker is not Speaker.CUSTOMER or len(heard.turn.text.split()) < _MORE_THAN_HELLO:
            continue
        return Quote(heard.turn.n, cut(max(sentences(heard.turn.text), key=len)))
    return None


def said_about(heard: Heard, label: str) -> Quote:
    """The sentence in which most of the words stand that this label comes from."""
    text = heard.turn.text
    spans = [span for signal in heard.reading.signals if signal.kind == label for span in signal.spans]
    words = max(sentences(text), key=lambda said: (_shared(text, said, spans), len(said)))
    return Quote(heard.turn.n, cut(words))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as they stand in it; the whole text where it has none."""
    found = tuple(match.group().strip() for match in _SENTENCE.finditer(text))
    return tuple(sentence for sentence in found if sentence) or (text.strip(),)


def spans_of(text: str) -> tuple[Span, ...]:
    """Where the sentences of a text stand."""
    cuts = [0, *(match.end() for match in _STOP.finditer(text)), len(text)]
    pairs = (Span(start, end) for start, end in pairwise(cuts) if text[start:end].strip())
    return tuple(pairs) or (Span(0, len(text)),)


_STOP = re.compile(
    r"(?<![ap]\.m)(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bst)(?<!\bno)(?<!\b(?-i:[A-Z]))[.!?]+[\"'”’)]*(?=\s|$)|\n+",
    re.IGNORECASE,
)


def held(words: str, most: int) -> str:
    """The words, or as many whole clauses from their beginning as a quotation holds, with what they hang on.

    "We refund it unless it was opened" never ends before "unless".
    """
    words = words.strip()
    if len(words) <= most:
        return words
    end = 0
    for clause in clauses_of(words):
        hangs = _TURNS.match(clause.text.strip()) is not None and clause.span.end <= most * 2
        if clause.span.end > most and not (hangs and end):
            break
        end = clause.span.end
    if end < most // 3:  # A clause without end: its first words.
        end = words.rfind(" ", 0, most)
    if end >= len(words):
        return words
    return _JOINS.sub("", words[:end].rstrip(" ,;:-–—\n")) + " …"


_JOINS = re.compile(r"(?:[\s,]+(?:and|but|or|so|then|also|to|the|a|of))+\Z", re.IGNORECASE)


_TURNS = re.compile(r"(?:if|unless|but|until|till|only|except|provided|as long as|not|no)\b", re.IGNORECASE)


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]+)*[.!?]*")


def without_handle(text: str) -> str:
    """The text without whom a post is addressed to."""
    return _HANDLE.sub("", text)


_HANDLE = re.compile(r"\A\s*(?:@[\w.]+\s*)+(?=\S)")


def cut(words: str) -> str:
    """The words, or as many of them as a quotation holds."""
    if len(words) <= MOST_QUOTED:
        return words
    return words[:MOST_QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _shared(text: str, sentence: str, spans: list[Span]) -> int:
    start = text.find(sentence)
    end = start + len(sentence)
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans)
