"""Every word a page shows comes from one catalogue, British or American."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

BRITISH = "en-GB"
AMERICAN = "en-US"


class Example(NamedTuple):
    """A conversation to start from on the *Try it* page."""

    title: str
    note: str
    channel: str
    text: str


class Words:
    """The catalogue of one locale: `words("now.title")`, with the names to fill given by keyword."""

    def __init__(self, locale: str, sentences: Mapping[str, str], examples: tuple[Example, ...]) -> None:
        self.locale = locale
        self.examples = examples
        self.sentences = sentences

    def __call__(self, key: str, /, **filled: object) -> str:
        """The sentence under `key`; between its `.one` and `.other`, `count` chooses. KeyError when there is none."""
        if "count" in filled and f"{key}.other" in self.sentences:
            key = f"{key}.one" if filled["count"] == 1 else f"{key}.other"
        sentence = self.sentences[key]
        return sentence.format(**filled) if filled else sentence

    def __contains__(self, key: str) -> bool:
        return key in self.sentences


@cache
def words_for(locale: str) -> Words:
    """The catalogue for a locale: American for en-US, British for any other."""
    british = _file(BRITISH)
    examples = tuple(Example(**example) for example in british.pop("example"))
    sentences = dict(_flat(british))
    if locale == AMERICAN:
        sentences |= dict(_flat(_file(AMERICAN)))
    return Words(AMERICAN if locale == AMERICAN else BRITISH, sentences, examples)


def _file(locale: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("levelhead.web").joinpath(f"words.{locale}.toml").read_text("utf-8"))


def _flat(section: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in section.items():
        path = f"{above}.{key}" if above else key
        pairs += _flat(value, path) if isinstance(value, Mapping) else [(path, value)]
    return pairs
