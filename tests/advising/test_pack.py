from importlib.resources import files

import pytest

from levelhead.advising.pack import Pack
from levelhead.advising.parse import parse_pack
from levelhead.advising.table import PackError
from levelhead.conversation import CardKind
from levelhead.packs import load

BRITISH = files("levelhead.packs").joinpath("en-GB.toml").read_text(encoding="utf-8")


def parsed(text: str, base: str | None = None) -> Pack:
    return parse_pack(text, draft=load("en-GB").draft, base=base)


def refusal(text: str, base: str | None = None) -> str:
    with pytest.raises(PackError) as refused:
        parsed(text, base)
    return str(refused.value)


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en-GB", "en-GB"),
        ("en-IE", "en-GB"),
        ("en-AU", "en-GB"),
        ("en-US", "en-US"),
        ("en-CA", "en-US"),
        ("en-PH", "en-US"),
        ("es-US", "es"),
    ],
)
def test_every_locale_has_the_nearest_pack(locale: str, name: str) -> None:
    assert load(locale).name == name


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("gap_seconds = 60", "gap_secs = 60", "limits.gap_seconds: this key is missing; add it"),
        ("gap_seconds = 60", "gap_seconds = 60\ngap_days = 1", "limits: 'gap_days' is not a known key"),
        ("gap_seconds = 60", 'gap_seconds = "a minute"', "limits.gap_seconds: 'a minute' does not fit; write a number"),
        (
            "clear_fault = 0.6",
            "clear_fault = 80",
            "thresholds.clear_fault: 80 does not fit; write a number from 0 to 1",
        ),
        (
            'when = ["self_harm"]',
            'when = ["selfharm"]',
            "rules.self_harm_first.when: 'selfharm' is not a known label; did you mean 'self_harm'?",
        ),
        (
            'hate = "warning"',
            'hate = "warnings"',
            "ladder_starts.hate: 'warnings' is not a known label; did you mean 'warning'?",
        ),
        (
            'insult = "naming"',
            'insult = "naming"\nprofanity = "naming"',
            "ladder_starts: 'profanity' is not a known key",
        ),
        ("Point taken, and", "Point taken {nmae}, and", "{nmae} is not a slot"),
        ("Point taken, and", "Sorry for any inconvenience, and", "is a generic apology"),
        ("Point taken, and", "Point taken. And", "is not one sentence"),
        (
            'title = "Answer the point, not the tone"',
            'title = "One two three four five six seven eight nine ten eleven twelve thirteen"',
            "the title is too long",
        ),
        ('for = ["acknowledge_loss"]', 'for = ["acknowledge_los"]', "did you mean 'acknowledge_loss'?"),
        ('for = ["acknowledge_loss"]', 'for = ["ask_rejected"]', "raises cards of the kind"),
    ],
)
def test_a_slip_in_a_pack_is_named_with_its_place_and_mend(was: str, becomes: str, told: str) -> None:
    assert was in BRITISH
    assert told in refusal(BRITISH.replace(was, becomes, 1))


def test_a_file_that_is_no_toml_is_refused() -> None:
    assert "is not TOML" in refusal("name = ")


def test_two_sentences_nearly_alike_are_refused() -> None:
    say = "That would make anyone angry, and you're right to tell me straight."
    twin = f'[phrases.acknowledge]\ntwin = {{ for = ["acknowledge_anger"], title = "Twin", say = "{say}" }}\n'
    assert "says nearly the same as" in refusal(BRITISH.replace("[phrases.acknowledge]\n", twin, 1))


def test_a_pack_that_extends_another_needs_it() -> None:
    over = 'name = "x"\nversion = "1"\nlocale = "en-GB"\nextends = "en-GB"\n'
    assert parsed(over, BRITISH).name == "x"
    assert "the pack 'en-GB' was not given" in refusal(over)


def test_an_extending_pack_replaces_a_phrase_whole_and_respells_the_rest() -> None:
    over = (
        'name = "x"\nversion = "1"\nlocale = "en-GB"\nextends = "en-GB"\n[respell]\nanger = "rage"\n'
        '[phrases.acknowledge]\nstraight = { for = ["acknowledge_anger"], title = "Say so", say = "Quite so." }\n'
    )
    phrases = {phrase.name: phrase for phrase in parsed(over, BRITISH).phrases}
    assert phrases["acknowledge.straight"].say == "Quite so."
    assert phrases["acknowledge.should_not"].title == "Begin with the rage, then the facts"


def test_every_kind_of_card_can_be_raised_by_some_rule() -> None:
    assert {rule.kind for rule in load("en-GB").rules} == set(CardKind)
