"""Evidence: the words of a turn that a card stands on, enough of them to be understood by themselves."""

import re

from levelhead.advising.history import Evidence
from levelhead.advising.likeness import content_words

# Below these a finding's words are scraps ("im two", "your law and") that nobody could check it by.
_FEW_WORDS, _FEW_CONTENT = 4, 2
_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[.!?…]+(?=\s|$)|\n+")


def words_of(evidence: Evidence, at_most: int) -> str:
    """The telling words, at most so many: the finding's own, or where they are thin the sentence that holds them."""
    text = evidence.line.turn.text
    start, end = _span(evidence)
    words = text[start:end].split()
    thin = len(words) < _FEW_WORDS or len(content_words(text[start:end])) < _FEW_CONTENT
    # The pack's own words are a few by nature; what they mean shows in their sentence.
    if thin or evidence.span is not None:
        words = _around(text, start, end, at_most)
    return " ".join(words[:at_most])


def _span(evidence: Evidence) -> tuple[int, int]:
    if evidence.span is not None:
        return evidence.span
    signals = evidence.line.reading.signals
    spans = sorted(span for signal in signals if signal.kind == evidence.label for span in signal.spans)
    return (spans[0].start, spans[0].end) if spans else (0, len(evidence.line.turn.text))


def _around(text: str, start: int, end: int, at_most: int) -> list[str]:
    """The sentence of these words; of a long one the part that has them."""
    stops = [found.end() for found in _STOP.finditer(text)]
    begins = max((stop for stop in stops if stop <= start), default=0)
    ends = min((stop for stop in stops if stop >= end), default=len(text))
    words = list(_WORD.finditer(text, begins, ends))
    if len(words) < _FEW_WORDS:
        words = list(_WORD.finditer(text))
    last = sum(word.start() < end for word in words)
    first = max(0, last - at_most)
    return [word[0] for word in words[first : first + at_most]]
