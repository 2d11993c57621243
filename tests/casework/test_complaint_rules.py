"""Rule sets and letters: dated, with their sources, whole, or refused with the place and the mend."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.complaint import LetterKind
from levelhead.casework.complaint_heard import dissatisfaction_in, parse_ear
from levelhead.casework.complaint_letter import KNOWN, OF_THE_HOUSE, TYPED, letter_of, typed_in, wanting
from levelhead.casework.complaint_parse import parse_rules
from levelhead.casework.complaint_steps import Wanting
from levelhead.conversation import Cue, Emotion, Speaker
from tests.casework.saying import said

RULES = packs.complaints()
SETS = sorted(RULES)
LEAFLET = "Financial Ombudsman Service leaflet"
TOLD = {place: f"<{place}>" for place in KNOWN | OF_THE_HOUSE | TYPED}


def text(name: str) -> str:
    return files(packs).joinpath(f"complaints.{name}.toml").read_text("utf-8")


@pytest.mark.parametrize("name", SETS)
def test_every_set_names_its_sources_and_every_part_of_every_letter_too(name: str) -> None:
    rules = RULES[name]
    assert rules.sources
    assert all(limit.source for limit in rules.limits)
    assert all(part.source for form in rules.letters.values() for part in form.parts.values())


@pytest.mark.parametrize("name", SETS)
def test_every_letter_says_what_it_is_given_and_leaves_no_place_open(name: str) -> None:
    for kind, form in RULES[name].letters.items():
        letter = letter_of(kind, RULES[name], TOLD, form.encloses)
        whole = " ".join((letter.title, *letter.paragraphs))
        assert not re.search(r"[{}]|!", whole)
        assert letter.pack == f"complaints {name} 2026.1"


@pytest.mark.parametrize("name", SETS)
def test_a_letter_with_anything_missing_is_refused_and_all_of_it_is_named(name: str) -> None:
    for kind, form in RULES[name].letters.items():
        for place in wanting(form, {}):
            told = {key: value for key, value in TOLD.items() if key != place}
            enclosed = () if place.startswith("enclosed") else form.encloses
            with pytest.raises(Wanting) as refused:
                letter_of(kind, RULES[name], told, enclosed)
            assert refused.value.fields == (place,)
        with pytest.raises(Wanting) as refused:
            letter_of(kind, RULES[name], {})
        assert refused.value.fields == wanting(form, {})


def test_blanks_are_nothing_and_words_like_a_place_stay_words() -> None:
    rules = RULES["iso-10002"]
    with pytest.raises(Wanting, match="done"):
        letter_of(LetterKind.SUMMARY, rules, {**TOLD, "done": "  "})
    letter = letter_of(LetterKind.SUMMARY, rules, {**TOLD, "done": "We sent {code} to you."})
    assert "We sent {code} to you." in " ".join(letter.paragraphs)


def test_a_final_response_goes_with_the_ombudsmans_leaflet() -> None:
    with pytest.raises(Wanting, match="leaflet"):
        letter_of(LetterKind.FINAL_RESPONSE, RULES["fca"], TOLD)
    assert "six months" in " ".join(letter_of(LetterKind.FINAL_RESPONSE, RULES["fca"], TOLD, [LEAFLET]).paragraphs)


def test_whoever_writes_is_asked_only_for_what_they_know() -> None:
    assert typed_in(RULES["uk-telecoms"].letters[LetterKind.ADR]) == ("outcome",)
    assert typed_in(RULES["fca"].letters[LetterKind.ACKNOWLEDGEMENT]) == ()


def test_what_nobody_has_compared_for_twelve_months_says_so() -> None:
    never = RULES["uk-telecoms"]
    looked = date(2026, 11, 22)
    rules = replace(never, checked=looked, limits=tuple(replace(limit, checked=looked) for limit in never.limits))
    assert not rules.is_old(datetime(2027, 11, 21, tzinfo=UTC))
    assert rules.is_old(datetime(2027, 11, 22, tzinfo=UTC))
    assert never.is_old(datetime(2026, 11, 23, tzinfo=UTC)), "nobody ever has"


@pytest.mark.parametrize(
    ("what", "instead", "named"),
    [
        ('duty = "final_response"', 'duty = "final_answer"', r"limits\.\w+\.duty.*did you mean 'final_response'"),
        ("within = 8", "within = -1", r"limits\.final_response\.within.*whole number"),
        ('met_by = ["final_response", "summary", "holding"]', "met_by = []", r"met_by.*names no letter"),
        ('met_by = ["final_response", "summary", "holding"]', 'met_by = ["adr"]', r"met_by.*none of these letters"),
        ("{why_not_yet}", "soon", r"letters\.holding\.parts.*\{why_not_yet\} is missing"),
        ("{findings}", "{finding}", r"\{finding\} is not known"),
        ('country = "GB"', 'country = "XX"', r"calendar\.country"),
        ("{code}.", "it.", r"code\.says.*\{code\} is missing"),
        ('rejected = "', 'refused = "', r"decisions\.rejected.*missing"),
        ("[letters.final_response]", "[letters.final]", r"letters"),
        ("[limits.final_response]", '[limits.final_response]\nvalid_from = "2026-02-30"', r"valid_from.*2026-02-30"),
        (
            "[limits.final_response]",
            '[limits.final_response]\nvalid_from = "2027-01-01"\nvalid_until = "2026-01-01"',
            r"valid_until.*ends before it begins",
        ),
    ],
)
def test_a_slip_is_refused_with_its_place_and_its_mend(what: str, instead: str, named: str) -> None:
    with pytest.raises(PackError, match=named):
        parse_rules(text("fca").replace(what, instead, 1))


def test_nothing_here_tells_anybody_that_a_customer_cannot_complain() -> None:
    texts = [
        path
        for root in (files(packs), files("levelhead.web"))
        for path in root.iterdir()
        if path.name.endswith(".toml")
    ]
    refusing = re.compile(
        r"(can.?not|can't|may not|must not|not able to|no right to|no need to) complain", re.IGNORECASE
    )
    found = [path.name for path in texts if refusing.search(path.read_text("utf-8"))]
    assert found == ["complaints.heard.toml"], "which holds what customers say of themselves"


@pytest.mark.parametrize(
    "words",
    [
        "I want to make a complaint.",
        "This is simply not good enough.",
        "I'm taking this to the ombudsman.",
        "No complaints about you, but I do want to complain about the delivery.",
    ],
)
def test_plain_words_are_enough(words: str) -> None:
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, words), packs.complaint_ear()) == words


@pytest.mark.parametrize("words", ["No complaints, thank you.", "Can't complain.", "Where is my parcel?"])
def test_who_says_that_they_do_not_complain_does_not(words: str) -> None:
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, words), packs.complaint_ear()) == ""


def test_a_feeling_needs_some_strength_and_a_reason() -> None:
    ear = packs.complaint_ear()
    again, text = Cue.REPEAT_CONTACT, "I have rung four times now."
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, text, again, felt=(Emotion.FRUSTRATED, 2)), ear) == text
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, text, again, felt=(Emotion.FRUSTRATED, 1)), ear) == ""
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, text, again, felt=(Emotion.CONFUSED, 3)), ear) == ""
    assert dissatisfaction_in(said(0, Speaker.CUSTOMER, text, felt=(Emotion.FRUSTRATED, 3)), ear) == ""
    assert dissatisfaction_in(said(0, Speaker.AGENT, "You can make a complaint."), ear) == ""


def test_an_ear_that_cannot_hear_is_refused() -> None:
    with pytest.raises(PackError, match=r"cues.*repeat_contact"):
        parse_ear(text("heard").replace('"repeat_contact"', '"repeat_contacts"'))
