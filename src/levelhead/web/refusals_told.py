"""What is refused, in the language of the page: code refuses in British English, a catalogue knows its sentences."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import NamedTuple

from levelhead.conversation.languages import BRITISH

_LONGEST = 2_000
"""Characters of a sentence in which slots are looked for; what is longer repeats somebody's whole text."""
_OURS = frozenset({"field", "says", "taken", "why"})
"""Slots that hold words of ours, to be told as well; any other repeats what it was given."""
_BETWEEN = re.compile(r"(?<=[.?]) (?=[A-Z“])")


class _Form(NamedTuple):
    """A sentence with slots: how it looks when they are filled, and what it says in the other language."""

    looks: re.Pattern[str]
    letters: int
    said: str


class Told:
    """The refusals of one language: `told("Its time is not over yet.")`. What it does not know stays as it is."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known
        forms = [_form(english, said) for english, said in known.items() if _has_slots(english)]
        # The one with most letters of its own first: what is filled in may look like another sentence.
        self._forms = sorted(forms, key=lambda form: -form.letters)
        self._whole = {english: said for english, said in known.items() if not _has_slots(english)}

    def __call__(self, refused: object) -> str:
        """What was raised, or its sentence, as it is said here; of several sentences each by itself."""
        sentence = str(refused)
        return self._found(sentence) or " ".join(self._found(one) or one for one in _BETWEEN.split(sentence))

    def _found(self, sentence: str) -> str | None:
        if sentence in self._whole:
            return self._whole[sentence]
        for form in self._forms if len(sentence) <= _LONGEST else ():
            if filled := form.looks.fullmatch(sentence):
                return form.said.format(
                    **{name: self(value) if name in _OURS else value for name, value in filled.groupdict().items()}
                )
        return None


@cache
def told_for(locale: str) -> Told:
    """The refusals as this language says them; in British English that is what the code says."""
    return Told({} if locale == BRITISH else _catalogue(locale))


def _catalogue(locale: str) -> Mapping[str, str]:
    text = resources.files("levelhead.web").joinpath(f"refusals.{locale}.toml").read_text("utf-8")
    return {english: said for part in tomllib.loads(text).values() for english, said in part.items()}


def _has_slots(english: str) -> bool:
    return any(slot is not None for _, slot, _, _ in Formatter().parse(english))


def _form(english: str, said: str) -> _Form:
    parts = [(text, slot) for text, slot, _, _ in Formatter().parse(english)]
    looks = "".join(re.escape(text) + (f"(?P<{slot}>.*?)" if slot else "") for text, slot in parts)
    return _Form(re.compile(looks, re.DOTALL), sum(len(text) for text, _ in parts), said)
