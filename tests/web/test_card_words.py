"""A card's headline and the reasons for silence are in the language of the page, its sentence in the customer's."""

import pytest

from levelhead import packs
from levelhead.conversation import Card, CardKind
from levelhead.web.card_words import in_language, told
from levelhead.web.words import words_for


def card(title: str) -> Card:
    return Card(
        id="c:1", kind=CardKind.APOLOGISE, title=title, say="Sorry.", because=(), rule="r", phrase="apologise.effort"
    )


@pytest.mark.parametrize("language", ["de", "es"])
def test_every_headline_and_every_reason_has_words_in_each_language(language: str) -> None:
    words, pack = words_for(language), packs.load("en-GB")
    said = {phrase.title for phrase in pack.phrases} | set(pack.quiet.values())
    assert [one for one in said if told(one.format(emergency="999", seconds="12", turns="2"), words) == one] == []


def test_the_sentence_stays_and_so_does_what_somebody_worded_otherwise() -> None:
    shown = in_language(card("Say sorry for the effort, once"), words_for("de"))
    assert shown is not None
    assert (shown.title, shown.say) == ("Sich einmal für die Mühe entschuldigen", "Sorry.")
    assert in_language(card("Our own headline"), words_for("es")) == card("Our own headline")
    assert in_language(card("Say sorry for the effort, once"), words_for("en-US")) == card(
        "Say sorry for the effort, once"
    )


def test_what_is_filled_in_stays() -> None:
    assert told("A card was shown 12 s ago", words_for("de")) == "Vor 12 s wurde ein Vorschlag gezeigt"
    assert told("", words_for("de")) == ""
