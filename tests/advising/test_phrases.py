from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.advising.likeness import content_words, likeness
from levelhead.advising.pack import Slot
from levelhead.conversation import CardKind
from levelhead.packs import load

PACKS = ("en-GB", "en-US")
KINDS = list(CardKind)
HALF = 0.5


@pytest.mark.parametrize("locale", PACKS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_card_has_at_least_eight_phrases(locale: str, kind: CardKind) -> None:
    assert sum(phrase.kind is kind for phrase in load(locale).phrases) >= 8


@pytest.mark.parametrize("locale", PACKS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_phrases_of_a_kind_share_more_than_half_their_words(locale: str, kind: CardKind) -> None:
    said = [phrase.say for phrase in load(locale).phrases if phrase.kind is kind]
    alike = [(one, other) for one, other in combinations(said, 2) if likeness(one, other) > HALF]
    assert alike == []


@pytest.mark.parametrize("locale", PACKS)
@pytest.mark.parametrize("kind", KINDS)
def test_nor_do_they_when_the_little_words_are_counted_too(locale: str, kind: CardKind) -> None:
    said = [set(phrase.say.lower().split()) for phrase in load(locale).phrases if phrase.kind is kind]
    assert all(len(one & other) / min(len(one), len(other)) <= HALF for one, other in combinations(said, 2))


@pytest.mark.parametrize("locale", PACKS)
def test_every_phrase_carries_meaning_of_its_own(locale: str) -> None:
    assert all(len(content_words(phrase.say)) >= 2 or phrase.slots for phrase in load(locale).phrases)


@pytest.mark.parametrize("locale", PACKS)
def test_headlines_are_short_and_nobody_shouts(locale: str) -> None:
    for phrase in load(locale).phrases:
        assert len(phrase.title.split()) <= 12
        assert "!" not in phrase.title + phrase.say


@pytest.mark.parametrize("locale", PACKS)
def test_no_card_speaks_of_how_the_agent_feels(locale: str) -> None:
    feelings = (
        "you feel",
        "you're stressed",
        "your stress",
        "take a breath",
        "breathe",
        "stay calm",
        "keep calm",
        "upset you",
    )
    for phrase in load(locale).phrases:
        assert not any(words in phrase.title.lower() for words in feelings)


@pytest.mark.parametrize("locale", PACKS)
def test_a_helpline_is_never_left_to_variety(locale: str) -> None:
    lines = [
        phrase for phrase in load(locale).phrases if "self_harm_line" in phrase.rules and Slot.HELPLINE in phrase.slots
    ]
    assert len(lines) >= 2


@pytest.mark.parametrize("locale", PACKS)
def test_every_rule_that_may_speak_twice_has_more_than_two_sentences(locale: str) -> None:
    pack = load(locale)
    for rule in pack.rules:
        fitting = [phrase for phrase in pack.phrases if rule.name in phrase.rules]
        assert len(fitting) > rule.times


def test_american_phrases_are_spelt_the_american_way() -> None:
    said = " ".join(f"{phrase.title} {phrase.say}" for phrase in load("en-US").phrases).lower()
    assert not any(word in said for word in ("apologis", "organis", "neighbour", "judgement", "honoured"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
