"""What the demo's customers say of where they can be written to: the same at every start, and nobody's address."""

from random import Random

import pytest

from levelhead.conversation import Speaker
from levelhead.demo.addresses import GIVES, address_of, with_address
from levelhead.demo.past import load_past

SAID = ((Speaker.AGENT, 0.0, "Hello."), (Speaker.CUSTOMER, 2.0, "It broke."), (Speaker.CUSTOMER, 9.0, "On Friday. "))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Zoë O'Neill", "zoe.oneill@post.example"),
        ("@tilda_on_tees", "tilda_on_tees@post.example"),
        ("李", "customer@post.example"),
    ],
)
def test_a_name_makes_an_address_that_nobody_has(name: str, address: str) -> None:
    assert address_of(name) == address


def test_it_is_said_once_and_not_in_the_first_words() -> None:
    told = with_address("Ann Lee", SAID, _sure())
    assert [text for _, _, text in told] == ["Hello.", "It broke.", "On Friday. My e-mail: ann.lee@post.example"]


def test_somebody_who_says_nothing_gives_none() -> None:
    assert with_address("Ann Lee", SAID[:1], _sure()) == SAID[:1]


def test_some_customers_of_the_past_can_be_written_to_and_some_cannot() -> None:
    given = [any("@post.example" in text for _, _, text in one.said) for one in load_past()]
    assert 0.4 < sum(given) / len(given) < 0.8


def _sure() -> Random:
    return Random(next(seed for seed in range(100) if Random(seed).random() < GIVES))
