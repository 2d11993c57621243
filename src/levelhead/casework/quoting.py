"""Quoting what was said in a conversation: whole sentences where they fit, and always words that stand in the turn."""

import re
from dataclasses import dataclass
from typing import Final

from levelhead.conversation import Heard, Span, Speaker, Timeline

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


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]+)*[.!?]*")


def cut(words: str) -> str:
    """The words, or as many of them as a quotation holds."""
    if len(words) <= MOST_QUOTED:
        return words
    return words[:MOST_QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _shared(text: str, sentence: str, spans: list[Span]) -> int:
    start = text.find(sentence)
    end = start + len(sentence)
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans)
