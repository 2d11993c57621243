"""Every pack is there in every language, with the same entries, read by the desk's own parsers, in words of its own."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from levelhead import packs
from levelhead.advising.pack import Phrase
from levelhead.conversation.languages import BRITISH, LANGUAGES
from levelhead.packs.kinds import PARSERS, kind_of

OTHERS = ("de", "es")
ONLY_ENGLISH = frozenset({"draft"})
"""The draft check knows its faults by their English words: in another language it says nothing."""
KINDS = ("boundary", "follow_up", "help", "note", "notices", "plans", "remedies", "complaints.iso-10002")
OF_A_COUNTRY = frozenset({"laws", "owed", "days_late_from", "after_days", "sources", "checked"})
"""What differs by law and not by language: what is owed, and by which source."""
NOT_WORDS = frozenset(
    {"version", "name", "issues", "causes", "cues", "outcomes", "kind", "law", "options", "source", "clock", "how"}
    | {"otherwise", "since", "checked", "duty", "unit", "met_by", "grief", "when", "any", "unless", "channel"}
)
WORD, PLACES = re.compile(r"[a-z]{3}"), re.compile(r"\{\w*\}|%-?\w|https?://\S+")
SAME = frozenset({("de", "chat"), ("es", "chat"), ("de", "line.channels.chat"), ("es", "line.channels.chat")})


def entries(values: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in values.items():
        if key in OF_A_COUNTRY:
            continue
        if isinstance(value, dict):
            yield from entries(value, (*above, key))
        else:
            yield (*above, key), value


def read(name: str) -> dict[tuple[str, ...], object]:
    return dict(entries(tomllib.loads(packs.text_of(name))))


def british(kind: str) -> dict[tuple[str, ...], object]:
    return read(kind if kind.startswith("complaints") else f"{kind}.en-GB")


def test_every_kind_of_pack_that_is_in_british_is_in_every_language() -> None:
    kinds = {name.removesuffix(".en-GB") for name in packs.names() if name.endswith(".en-GB")}
    assert kinds - ONLY_ENGLISH <= set(KINDS), "add the new kind here and write it in German and Spanish"
    wanted = {f"{kind}.{language}" for kind in KINDS for language in OTHERS}
    assert wanted <= set(packs.names())


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_has_the_same_entries_in_each_language(kind: str, language: str) -> None:
    own, ours = read(f"{kind}.{language}"), british(kind)
    assert sorted(ours.keys() - own.keys()) == []
    assert sorted(own.keys() - ours.keys()) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_of_a_pack_is_left_in_english(kind: str, language: str) -> None:
    ours, own = british(kind), read(f"{kind}.{language}")
    left = [".".join(key) for key, said in own.items() if said == ours[key] and has_words(said)]
    assert [key for key in left if not {*key.split(".")} & NOT_WORDS and (language, key) not in SAME] == []


def has_words(said: object) -> bool:
    """Whether anything but places to fill, codes and forms of days stands in it."""
    return isinstance(said, str | list) and WORD.search(PLACES.sub("", str(said))) is not None


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_desks_own_parser_reads_it_and_it_says_which_language_it_is_in(kind: str, language: str) -> None:
    name = f"{kind}.{language}"
    assert getattr(PARSERS[kind_of(name)](packs.text_of(name)), "locale", None) == language


@pytest.mark.parametrize(
    ("locale", "language"), [("de-AT", "de"), ("es-MX", "es"), ("en-CA", "en-US"), ("fr", "en-GB"), ("", "en-GB")]
)
def test_a_pack_is_that_of_the_nearest_language(locale: str, language: str) -> None:
    found = (packs.boundary, packs.notices, packs.help_pack, packs.remedies, packs.note, packs.follow_up, packs.plans)
    assert {load(locale).locale for load in found} == {language}
    assert packs.complaints(locale)["iso-10002"].locale == {"en-US": "en-GB"}.get(language, language)
    assert packs.load(locale).locale == language
    assert packs.load(locale).draft.locale == (language if language.startswith("en") else "en-GB")


def test_limits_of_complaints_are_those_of_the_set_in_every_language() -> None:
    limits = [packs.complaints(language)["iso-10002"].limits for language in LANGUAGES]
    assert limits.count(limits[0]) == len(limits)


@pytest.mark.parametrize("language", OTHERS)
def test_cards_come_by_the_same_rules_in_words_of_their_own(language: str) -> None:
    ours, own = packs.load(BRITISH), packs.load(language)
    assert own.rules == ours.rules
    assert [_place(phrase) for phrase in own.phrases] == [_place(phrase) for phrase in ours.phrases]
    both = list(zip(own.phrases, ours.phrases, strict=True))
    assert [one.name for one, other in both if one.say == other.say or one.title == other.title] == []
    assert own.quiet.keys() == ours.quiet.keys()
    assert set(own.quiet.values()).isdisjoint(ours.quiet.values())


@pytest.mark.parametrize("language", OTHERS)
def test_no_two_cards_say_the_same(language: str) -> None:
    said = [phrase.say for phrase in packs.load(language).phrases]
    assert [one for one in said if said.count(one) > 1] == []


def _place(phrase: Phrase) -> Phrase:
    """All of a phrase but its words; slots come in the order in which a language names them."""
    return replace(phrase, title="", say="", slots=tuple(sorted(phrase.slots)))
