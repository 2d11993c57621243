"""Every word a page shows comes from one catalogue in each language: English (British, American), German, Spanish."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from levelhead.conversation.dates import counted, plural, tenths, written
from levelhead.conversation.languages import BRITISH, LANGUAGES, nearest
from levelhead.web.refusals_told import Told, told_for

__all__ = ["BRITISH", "LANGUAGES", "Example", "Words", "nearest", "words_for"]


class Example(NamedTuple):
    """A conversation to start from on the *Try it* page."""

    title: str
    note: str
    channel: str
    text: str


class Words:
    """The catalogue of one locale: `words("now.title")`, with the names to fill given by keyword.

    `words.told(refused)` is what was refused, in its language.
    """

    def __init__(self, locale: str, sentences: Mapping[str, str], examples: tuple[Example, ...], told: Told) -> None:
        self.locale = locale
        self.told = told
        self.examples = examples
        self.sentences = sentences

    def __call__(self, key: str, /, **filled: object) -> str:
        """The sentence under `key`; between its `.one` and `.other`, `count` chooses. KeyError when there is none."""
        count = filled.get("count")
        if isinstance(count, int) and f"{key}.other" in self.sentences:
            form = f"{key}.{plural(count, self.locale)}"
            key = form if form in self.sentences else f"{key}.other"
        sentence = self.sentences[key]
        return sentence.format(**{name: self._said(value) for name, value in filled.items()}) if filled else sentence

    def date(self, key: str, moment: date) -> str:
        """A day or a moment in the form under `key`, with the names of days and months of this language."""
        return written(moment, self.sentences[key], self.locale)

    def issue(self, name: str) -> str:
        """What a conversation is about, named in this language; the reader's names are the English words."""
        return self.sentences.get(f"issue.{name}", name)

    def weighs(self, reason: str) -> str:
        """What a forecast rests on, in this language; the reader's reasons are the English words."""
        return self.sentences.get(f"weighs.{reason}", reason)

    def _said(self, value: object) -> object:
        if isinstance(value, float):
            return tenths(value, self.locale)
        return counted(value, self.locale) if isinstance(value, int) and not isinstance(value, bool) else value

    def __contains__(self, key: str) -> bool:
        return key in self.sentences


@cache
def words_for(locale: str) -> Words:
    """The catalogue nearest to a locale: de and es for any German and Spanish, American for en-US, else British.

    What a catalogue leaves out is said in British English, its examples are the British ones under titles of its own.
    """
    british, own = _file(BRITISH), nearest(locale) or BRITISH
    over = {} if own == BRITISH else _file(own)
    titles: list[dict[str, str]] = over.pop("example", []) or [{}] * len(british["example"])
    examples = [Example(**(one | said)) for one, said in zip(british.pop("example"), titles, strict=True)]
    return Words(own, dict(_flat(british)) | dict(_flat(over)), tuple(examples), told_for(own))


def told_in(locale: str) -> Mapping[str, str]:
    """The sentences that stand in the catalogue of this language itself, by their keys."""
    return dict(_flat({name: part for name, part in _file(locale).items() if name != "example"}))


def _file(locale: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("levelhead.web").joinpath(f"words.{locale}.toml").read_text("utf-8"))


def _flat(section: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in section.items():
        path = f"{above}.{key}" if above else key
        pairs += _flat(value, path) if isinstance(value, Mapping) else [(path, value)]
    return pairs
