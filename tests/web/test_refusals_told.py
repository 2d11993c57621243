"""What is refused is told in the language of the page, whoever refuses it: no sentence is left in English."""

from string import Formatter

import pytest

from levelhead.casework.arrangement import Incomplete
from levelhead.casework.follow_up import WhyNot
from levelhead.casework.letter_words import paragraphs
from levelhead.casework.machine import NotPossible
from levelhead.web.refusals_told import told_for
from levelhead.web.security import NOT_FROM_HERE
from tests.web.refusing import plain, refusals

TRANSLATED = ("de", "es")
HOW_MANY = 200
"""Fewer, and the search has become blind to most of them."""


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_refusal_that_can_reach_a_page_is_told_in_its_language(locale: str) -> None:
    known = {plain(english) for english in told_for(locale).known}
    found = refusals()
    assert len(found) > HOW_MANY
    assert [(path, sentence) for sentence, path in found.items() if sentence not in known] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_told_refusal_fills_in_nothing_that_the_english_does_not_have(locale: str) -> None:
    for english, said in told_for(locale).known.items():
        assert slots(said) <= slots(english), english
        assert said != english or english == "use {known}"


def test_both_languages_tell_the_same_refusals() -> None:
    german, spanish = (told_for(locale).known.keys() for locale in TRANSLATED)
    assert german ^ spanish == set()


def test_no_refusal_is_told_that_nobody_makes() -> None:
    made = refusals(everywhere=True)
    left = {english for english in told_for("de").known if english.endswith(".") and plain(english) not in made}
    assert left == {NOT_FROM_HERE, "Method Not Allowed."}


@pytest.mark.parametrize("locale", TRANSLATED)
def test_reasons_and_fields_within_a_refusal_are_named_too(locale: str) -> None:
    told = told_for(locale)
    for why in WhyNot:
        assert why.value.replace("_", " ") not in told(
            f"This customer is asked nothing: {why.value.replace('_', ' ')}."
        )
    for field in ("appeal_to", "agreed_by", "adjustments"):
        with pytest.raises(Incomplete) as refused:
            paragraphs((), {field: " "})
        assert field.replace("_", " ") not in told(refused.value)


def test_americans_are_told_in_their_spelling() -> None:
    british = "Choose one of the rule sets that are settled for your organisation."
    assert told_for("en-GB")(british) == british
    assert told_for("en-US")(british).endswith("your organization.")
    assert [
        sentence for sentence in refusals() if "organis" in sentence and sentence not in told_for("en-US").known
    ] == []


def test_what_is_filled_in_is_repeated_as_it_was_given() -> None:
    told = told_for("de")
    assert told("What you wrote leaves out “Died. Amira”, which they have to be told.") == (
        "In Ihren Worten fehlt „Died. Amira“. Das muss die Person erfahren."
    )
    assert told("{customer} is missing") == "{customer} fehlt"


def test_words_of_ours_within_a_refusal_are_told_too() -> None:
    told = told_for("es")
    assert told("Say why it is needed. Without that no restriction can be proposed.") == (
        "Diga por qué hace falta. Sin eso no se puede proponer ninguna restricción."
    )
    assert (
        told("This customer is asked nothing: does not want.") == "A este cliente no se le pregunta nada: no lo desea."
    )


def test_several_refusals_at_once_are_told_each_by_itself() -> None:
    both = "Say what you are waiting for from the customer. Write what you found out."
    assert told_for("de")(NotPossible(both)) == (
        "Sagen Sie, worauf Sie von der Person warten. Schreiben Sie, was Sie herausgefunden haben."
    )


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert (
        told_for("de")("Something new. Nobody has put it otherwise.") == "Something new. Nobody has put it otherwise."
    )


def slots(template: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(template) if slot}
