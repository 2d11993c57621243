"""Each language has every sentence of the catalogue, with the same names to fill, in words of its own."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from levelhead.conversation.languages import BRITISH, LANGUAGES
from levelhead.listening.issues import ISSUES
from levelhead.listening.outlook import REASONS
from levelhead.web import words as words_module
from levelhead.web.words import told_in, words_for

WEB = Path(words_module.__file__).parent
OTHERS = ("de", "es")
SAME_IN = {
    "de": frozenset(
        {"people.teams", "fact.name", "follow_up.text", "packs.text", "pack_field.name", "pack_field.text"}
    ),
    "es": frozenset({"time.minutes"}),
}
"""What is said alike in that language, looked at by somebody who speaks it."""
SAME_EVERYWHERE = frozenset(
    {"site.name", "site.title", "channel.chat", "speaker.bot", "try.placeholder", "panel.plan", "plan.heading"}
    | {"before_line.plan"}
)
"""Names, and what is English on purpose: what is tried out is read in English."""
FAMILIAR = {
    "de": r"\b(du|dein\w*|dich|dir|euch|euer)\b",
    "es": r"\b(tú|tu|tus|te|ti|vosotros|vuestr\w+)\b",
}
_LETTERS = re.compile(r"[^\W\d_]{3}")


@pytest.fixture
def british() -> Mapping[str, str]:
    return words_for(BRITISH).sentences


def names_in(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name is not None})


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_there_and_none_is_left_over(language: str, british: Mapping[str, str]) -> None:
    told = told_in(language)
    assert sorted(british.keys() - told.keys()) == [], f"add these to words.{language}.toml"
    left = {key for key in told.keys() - british.keys() if not key.startswith(("issue.", "weighs."))}
    assert sorted(left) == [], f"take these out of words.{language}.toml"


@pytest.mark.parametrize("language", OTHERS)
def test_every_issue_that_the_reader_tells_has_a_name(language: str) -> None:
    told = {key.removeprefix("issue.") for key in told_in(language) if key.startswith("issue.")}
    assert told == set(ISSUES)
    assert words_for(BRITISH).issue("missed visit") == "missed visit" != words_for(language).issue("missed visit")


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_of_a_forecast_has_words(language: str) -> None:
    told = {key.removeprefix("weighs.") for key in told_in(language) if key.startswith("weighs.")}
    assert told == set(REASONS.values())
    assert words_for(BRITISH).weighs("vague replies") == "vague replies" != words_for(language).weighs("vague replies")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_same_names_to_fill(language: str, british: Mapping[str, str]) -> None:
    told = words_for(language).sentences
    assert {key: told[key] for key in british if names_in(told[key]) != names_in(british[key])} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str, british: Mapping[str, str]) -> None:
    told = words_for(language).sentences
    left = {
        key
        for key, said in british.items()
        if told[key] == said and _LETTERS.search(re.sub(r"\{\w*\}|%-?\w", "", said))
    }
    assert sorted(left - SAME_EVERYWHERE - SAME_IN[language]) == []


@pytest.mark.parametrize("language", OTHERS)
def test_examples_have_titles_of_their_own_and_the_same_texts(language: str) -> None:
    ours, theirs = words_for(BRITISH).examples, words_for(language).examples
    assert [one.text for one in ours] == [one.text for one in theirs]
    assert {one.title for one in ours}.isdisjoint({one.title for one in theirs})


@pytest.mark.parametrize("language", OTHERS)
def test_nobody_is_shouted_at_or_called_by_their_first_name_form(language: str) -> None:
    told = words_for(language).sentences
    for key, said in told.items():
        assert "!" not in said, key
        assert re.search(FAMILIAR[language], said, re.IGNORECASE) is None, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_day_can_be_written(language: str) -> None:
    words = words_for(language)
    for key in ("time.clock", "time.day_month", "time.day_month_year", "time.exact", "complaint.day"):
        assert "%" not in words.date(key, datetime(2026, 3, 6, 17, 5, tzinfo=UTC))


def test_no_page_writes_a_day_in_english_by_itself() -> None:
    asked = re.compile(r"\.strftime\((?!\"%Y-%m-%dT%H:%M\"\))")
    texts = {path: path.read_text("utf-8") for path in WEB.rglob("*") if path.suffix in {".py", ".html"}}
    assert [path.name for path, text in texts.items() if asked.search(text)] == [], "use words.date"
