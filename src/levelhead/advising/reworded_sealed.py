"""A text without what is kept sealed, for somebody else to word, and the way back to what stood there."""

import re
from dataclasses import dataclass

from levelhead.privacy.kinds import placeholders_in
from levelhead.privacy.redact import redact
from levelhead.privacy.sealed import seal


@dataclass(frozen=True, slots=True)
class Covered:
    """Words with a placeholder for each number, address and account in them; `values` are what they stand for."""

    words: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, text: str, locale: str = "en-GB") -> "Covered":
        """The text covered; what was a placeholder before stays one and stands for itself."""
        clean = redact(text).text
        words, _ = seal(clean, locale)
        spans, since, between = [found.span for found in placeholders_in(words)], 0, []
        for span in spans:
            between.append(re.escape(words[since : span.start]))
            since = span.end
        between.append(re.escape(words[since:]))
        stood = re.fullmatch("(.+?)".join(between), clean, re.DOTALL)
        return cls(words, stood.groups() if stood else tuple(words[span.start : span.end] for span in spans))

    def uncovered(self, reworded: str) -> str:
        """Other words with the values in them, each as it was typed; they have the placeholders in the same order."""
        for value, found in reversed(list(zip(self.values, placeholders_in(reworded), strict=True))):
            reworded = reworded[: found.span.start] + value + reworded[found.span.end :]
        return reworded
