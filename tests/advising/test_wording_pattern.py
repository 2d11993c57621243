"""Word groups of a pack: lists, names, numbers and small gaps."""

import pytest

from levelhead.advising.wording_pattern import pattern_of
from levelhead.packs import load

LISTS = {"close": ("wife", "son"), "span": ("days", "weeks"), "number": ("{digits}", "two", "seventeen")}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("my wife died in May", True),
        ("my wife Opal died in May", True),
        ("my wife's phone died", False),
        ("my wife phone died", False),
    ],
)
def test_a_name_has_its_capital_and_a_belonging_is_nobody(said: str, found: bool) -> None:
    pattern = pattern_of(["my {close} died", "my {close} {Name} died"], LISTS)
    assert (pattern.search(said) is not None) is found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("He used to text me every Sunday. It's been seventeen days.", True),
        ("used to text and then one day he just stopped; it's been 17 days", False),
    ],
)
def test_a_gap_is_a_few_words_and_may_cross_a_full_stop(said: str, found: bool) -> None:
    assert (pattern_of(["used to text … it's been {number} {span}"], LISTS).search(said) is not None) is found


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="near"):
        pattern_of(["my {near} died"], LISTS)


@pytest.mark.parametrize(
    "said",
    [
        "I haven't heard from my daughter in two weeks",
        "my son hasn't been home since Friday",
        "Nan isn't answering the door and she isn't picking up",
        "She used to ring me every night, it's been 5 days",
        "it's nine days since he texted",
        "I don't know where she is",
    ],
)
def test_somebody_missing_is_heard_in_many_words(said: str) -> None:
    found = load("en-GB").listening.someone_missing
    assert found.search(said) or found.search(f"my {said}")


@pytest.mark.parametrize(
    "said",
    [
        "I haven't heard from you in two weeks",
        "my parcel is missing",
        "you used to text me when it shipped, it's been slow lately",
        "nobody is answering the phone",
        "my husband isn't home before six, so deliver later",
    ],
)
def test_a_parcel_or_a_desk_that_is_silent_is_nobody_missing(said: str) -> None:
    assert load("en-GB").listening.someone_missing.search(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "this bill is killing me",
        "the price hit me hard",
        "my inbox is on fire",
        "the phone's dead",
        "I passed out the leaflets",
    ],
)
def test_a_way_of_speaking_is_no_danger(said: str) -> None:
    words = load("en-GB").listening
    assert words.in_danger.search(said) is None
    assert words.bereaved.search(said) is None
