"""A card number that comes in pieces, grows, is corrected or read back: never more than six digits of it stay."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.privacy.redact import redact, redact_turn
from tests.privacy.planted import card_digits

seeds = st.integers(min_value=0, max_value=2**32)
NODS = ("mm-hm", "go on", "yes", "and the last four?", "okay, and the next ones?", "")


def heard(*said: str) -> list[str]:
    """The texts as they are kept; "A: " stands before what the agent says."""
    kept: list[Turn] = []
    for n, text in enumerate(said):
        speaker = Speaker.AGENT if text.startswith("A: ") else Speaker.CUSTOMER
        kept.append(redact_turn(Turn("the-late-refund", n, speaker, text.removeprefix("A: "), Channel.VOICE), kept))
    return [turn.text for turn in kept]


@settings(deadline=None)
@given(seed=seeds, asked=st.booleans())
def test_no_more_than_six_digits_of_a_card_in_pieces_are_kept(seed: int, *, asked: bool) -> None:
    rng = random.Random(seed)
    digits, turns = card_digits(rng), ["A: What's the card number?"] if asked else []
    while digits:
        size = rng.randint(1, 6)
        turns.append(" ".join(digits[:size]))
        digits = digits[size:]
        if nod := rng.choice(NODS):
            turns.append(f"A: {nod}")
    kept = re.sub(r"\D", "", "".join(text for text in heard(*turns) if "next ones" not in text))
    assert len(kept) <= (0 if asked else 6)


@settings(deadline=None)
@given(seeds)
def test_no_more_than_six_digits_of_a_card_that_grows_are_kept(seed: int) -> None:
    digits = card_digits(random.Random(seed))
    turns = heard(*(f"it's {' '.join(digits[:end])}" for end in range(1, len(digits) + 1)))
    assert max(len(re.sub(r"\D", "", text)) for text in turns) <= 6
    assert turns[-1] == "it's [card number]"


def test_of_a_number_given_unasked_only_the_first_piece_is_kept() -> None:
    texts = heard("ok 4111", "A: mm-hm", "1111", "A: go on", "um", "1111", "A: and the last four?", "1111 that's it")
    assert [texts[0], texts[2], texts[5], texts[7]] == ["ok 4111", *["[card number]"] * 2, "[card number] that's it"]


def test_the_agent_who_repeats_each_piece_is_masked_too() -> None:
    texts = heard("A: Card number?", "four one one one", "A: four one one one, yes", "one two three four", "A: 1234?")
    assert texts[1:] == ["[card number]", "[card number], yes", "[card number]", "[card number]?"]


@pytest.mark.parametrize(
    "text",
    [
        "take it off this one: 4111 1111 11",
        "four one one one, no sorry, four one one two, one one",
        "five four for 3 two to won 1 nine",
        "my card number is thirty one seven thirty-one seven",
        "six four nine seven two for too",
        "nine seven eight, no it's nine two oh one seven",
        "nine, no wait, four one one one two two two",
        "oh four one one one two two two",
        "５１０５ １０５１ ０５",
    ],
)
def test_a_card_that_has_only_begun_is_masked(text: str) -> None:
    assert len(re.sub(r"\D", "", redact(text).text)) <= 1
    assert "[card number]" in redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "my order 45320151 hasn't come",
        "orders 45320151 and 51324455 are both late",
        "account 45320151, sort code 20-45-77",
        "call me on 415 555 0147",
        "it was 4/12/2025 or 5/12/2025",
        "between 4:30 and 5:45 or 6:15 to 6:45",
        "they quoted 4,532,015 for the roof",
        "51.507351, -0.127758",
        "GB29 NWBK 6016 1331 9268 19",
        "Springfield, IL 62704-1234",
        "id 41112222-3333-4444-8555-666677778888",
        "I had two for one, then four for two",
    ],
)
def test_a_number_that_is_called_or_shaped_otherwise_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "turns",
    [
        ("A: What's your order number?", "45320151"),
        ("A: What's your order number?", "4532", "A: yes", "0151"),
        ("A: What's the best number to reach you on?", "415 555 0147"),
        ("A: What are the last four digits of the card?", "4471"),
        ("A: Please share the UTR number", "what is utr", "A: It has 12 digits. Scroll down.", "5222 0417 9931"),
    ],
)
def test_the_answer_to_a_question_for_another_number_stays(turns: tuple[str, ...]) -> None:
    assert heard(*turns) == [text.removeprefix("A: ") for text in turns]


def test_a_card_after_an_order_number_that_was_asked_for_is_no_part_of_it() -> None:
    texts = heard("A: What's the order number?", "It's 48213.", "4111 11", "11 11 11")
    assert texts[1] == "It's 48213."
    assert texts[3] == "[card number]"


def test_the_expiry_date_stays_and_the_code_after_it_goes() -> None:
    texts = heard("A: Card number?", "4111 1111 1111 1111", "A: Expiry?", "04/27", "A: mm", "412")
    assert texts[1::2] == ["[card number]", "04/27", "[card number]"]


@pytest.mark.parametrize(
    ("asked", "answer", "kept"),
    [
        ("And the little three digit number on the back there?", "nine two one, no wait, nine four one", ""),
        ("I also need the 3 digit security code", "five sorry no zero, seven, two", ""),
        ("And the last three on the signature strip", "uh it looks like 589", "uh it looks like "),
    ],
)
def test_a_corrected_security_code_is_masked_whole(asked: str, answer: str, kept: str) -> None:
    assert heard(f"A: {asked}", answer)[1] == f"{kept}[security code]"


def test_how_many_of_something_is_no_piece_of_a_card() -> None:
    texts = heard("A: Card number?", "4111 1111 1111 1111", "A: That's gone through. Anything else?", "yes, 2 tickets")
    assert texts[3] == "yes, 2 tickets"
