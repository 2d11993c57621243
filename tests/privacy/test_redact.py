"""What is never kept does not survive, and what is needed does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.privacy.masks import SecretKind
from levelhead.privacy.redact import mask_event, redact, redact_turn
from tests.privacy.planted import card_digits, check_digit, planted_secrets, written_ways

seeds = st.integers(min_value=0, max_value=2**32)
# Words people put around a number; free text as well, but without digits, which would join the planted ones.
around = st.one_of(
    st.sampled_from(("", "hi, it's ", "my card is ", "Order A-17. ", "yeah um ", "[security code] and ", "pay with: ")),
    st.text(st.characters(exclude_categories=("Nd", "Cs", "L", "Nl", "No")), max_size=12).map(
        lambda text: text + " x "
    ),
)


def amira(n: int, text: str) -> Turn:
    return Turn("the-late-refund", n, Speaker.AGENT, text, Channel.VOICE)


def mr_doyle(n: int, text: str) -> Turn:
    return Turn("the-late-refund", n, Speaker.CUSTOMER, text, Channel.VOICE)


def heard(*turns: Turn) -> list[str]:
    """The texts as they are kept when each turn is redacted with those kept before it."""
    kept: list[Turn] = []
    for turn in turns:
        kept.append(redact_turn(turn, kept))
    return [turn.text for turn in kept]


@settings(deadline=None)
@given(seeds, around, around)
def test_a_card_number_never_survives_however_it_is_written(seed: int, before: str, after: str) -> None:
    rng = random.Random(seed)
    secret = written_ways(card_digits(rng), rng)
    redacted = redact(f"{before}{secret} {after}")
    assert secret not in redacted.text
    assert "[card number]" in redacted.text


@settings(deadline=None)
@given(st.integers(min_value=13, max_value=19), st.sampled_from("3456"), seeds)
def test_every_length_from_13_to_19_is_a_card_number_when_luhn_agrees(length: int, first: str, seed: int) -> None:
    rng = random.Random(seed)
    body = first + "".join(rng.choice("0124678") for _ in range(length - 2))
    digits = body + check_digit(body)
    if digits.startswith("35") and length == 15:
        return  # an IMEI
    assert redact(f"it's {digits} ok").text == "it's [card number] ok"


@settings(deadline=None)
@given(seeds)
def test_planted_secrets_never_survive(seed: int) -> None:
    for text, secret in planted_secrets(20, seed):
        redacted = redact(text)
        assert redacted.found, text
        assert secret.lower() not in redacted.text.lower(), text


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), seeds.map(lambda seed: " and ".join(t for t, _ in planted_secrets(3, seed)))))
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once.text) == once


@settings(deadline=None)
@given(st.text(max_size=80))
def test_found_spans_are_the_placeholders_in_the_redacted_text(text: str) -> None:
    redacted = redact(f"{text} pin 4821, cvv 412")
    for masked in redacted.found:
        assert redacted.text[masked.span.start : masked.span.end] == masked.kind.placeholder


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("card 4111 1111 1111 1111 exp 12/27 cvv 412", "card [card number] exp 12/27 cvv [security code]"),
        ("4111111111111111 12/27 412", "[card number] 12/27 [security code]"),
        ("4111-1111 1111.1111", "[card number]"),
        ("４１１１ １１１１ １１１１ １１１１", "[card number]"),
        ("four five three nine one four double eight oh three four three six four six seven", "[card number]"),
        ("forty-one eleven eleven eleven, um, eleven eleven eleven eleven", "[card number]"),
        ("my card is 4929 1234 5678 9013", "my card is [card number]"),  # one digit misheard
        ("three digits on the back is 412", "three digits on the back is [security code]"),
        ("on the back of my card it says four oh nine", "on the back of my card it says [security code]"),
        ("412 is the security code", "[security code] is the security code"),
        ("my password is hunter2 please help", "my password is [password] please help"),
        ("my password is fluffy and i can't get in", "my password is [password] and i can't get in"),
        ("my passphrase is correct horse battery staple, thanks", "my passphrase is [password], thanks"),
        ("pw: x", "pw: [password]"),
        ("Password:\nTr0ub4dor&3", "Password:\n[password]"),
        ('the password is "open sesame" I think', 'the password is "[password]" I think'),
        ("PIN 4821", "PIN [password]"),
        ("my pin is 3941 or 9503", "my pin is [password] or [password]"),
        ("the code you sent is 482913", "the code you sent is [one-time code]"),
        ("the code they texted me is 48 29 13", "the code they texted me is [one-time code]"),
        ("OTP four eight two nine one three", "OTP [one-time code]"),
        ("verification code: G-482913", "verification code: [one-time code]"),
    ],
)
def test_a_secret_is_masked_and_the_words_around_it_stay(text: str, kept: str) -> None:
    assert redact(text).text == kept


@pytest.mark.parametrize(
    "text",
    [
        "order 44821-22, ref TKX-0098812, booking HL-770914",
        "call me on 07700 900123 or +44 7700 900123 or 1-800-555-0147",
        "sort code 20-45-77 account 12345678",
        "I paid £1,299.99 on 12/05/2025 at 10:42 and 15 quid on 2025-06-30",
        "four hundred and twenty pounds, I rang three times in two weeks",
        "the parcel is CY 440 981 223 GB, tracking JD014600003123456789",
        "IMEI 356938035643809, SIM 8944110068234567890",
        "my password is wrong and the pin is not coming",
        "the password is the last six digits of your ID number",
        "i forgot what my password is. please help",
        "have you tried resetting your password?",
        "gate code is 4410# and the promo code is SAVE20",
        "one two three four, I counted to ten",
        "the security code never came, I waited 412 minutes",
        "your driver's GPS pin is on 41 Ludlow",
        "oh, four of them came",
        "10:42:00.123456 p=0.4111111111111111",
    ],
)
def test_what_the_case_needs_is_left_alone(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).found == ()


def test_bare_digits_that_answer_a_request_for_the_security_code_are_masked() -> None:
    assert heard(amira(0, "And the security code on the back?"), mr_doyle(1, "four one two"))[1] == "[security code]"


def test_the_request_is_remembered_while_the_customer_looks_for_the_card() -> None:
    texts = heard(
        amira(0, "Can I take the three digits on the back please?"),
        mr_doyle(1, "hang on"),
        amira(2, "Take your time."),
        mr_doyle(3, "right it's 412"),
    )
    assert texts[1] == "hang on"
    assert texts[3] == "right it's [security code]"


def test_a_later_question_ends_the_request() -> None:
    texts = heard(
        amira(0, "What's your security code?"),
        mr_doyle(1, "412"),
        amira(2, "Thanks. And what is your order number?"),
        mr_doyle(3, "4482"),
    )
    assert texts[1] == "[security code]"
    assert texts[3] == "4482"


def test_an_agent_who_reads_the_code_back_is_masked_too() -> None:
    texts = heard(
        amira(0, "The code I sent you?"), mr_doyle(1, "482913"), amira(2, "Thank you, 482913, and you're in.")
    )
    assert texts[1:] == ["[one-time code]", "Thank you, [one-time code], and you're in."]


@pytest.mark.parametrize(
    ("asked", "answer", "kept"),
    [
        ("I've just texted you a code, can you read it to me?", "yeah 48 29 13", "yeah [one-time code]"),
        ("What's the password on the account?", "it's fluffy", "it's [password]"),
        ("And your memorable word please?", "Sebastopol", "[password]"),
        ("Right, and your PIN as well please.", "5380", "[password]"),
        ("Right, and your PIN as well please.", "either 3941 or 9503", "either [password] or [password]"),
    ],
)
def test_an_answer_is_as_secret_as_what_was_asked(asked: str, answer: str, kept: str) -> None:
    assert heard(amira(0, asked), mr_doyle(1, answer))[1] == kept


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("What's the password on the account?", "I don't remember it, sorry"),
        ("What's the password on the account?", "why do you need that?"),
        ("What's the password on the account?", "hold on"),
        ("Have you tried resetting your password?", "twice already"),
        ("I need the second and fifth letter of your password.", "t and e"),
        ("What are the last four digits of the card?", "4471"),
        ("Never tell anyone your PIN.", "4 of you told me that in 2023"),
        ("When did you order it?", "2024, the 12th"),
    ],
)
def test_an_answer_that_gives_no_secret_is_left_alone(asked: str, answer: str) -> None:
    assert heard(amira(0, asked), mr_doyle(1, answer))[1] == answer


def test_every_piece_of_a_card_number_that_was_asked_for_is_masked() -> None:
    texts = heard(
        amira(0, "Could you read me the long number on your card?"),
        mr_doyle(1, "four one one one"),
        amira(2, "Yes, next four?"),
        mr_doyle(3, "1111 1111"),
        amira(4, "And the rest?"),
        mr_doyle(5, "1111"),
    )
    assert [texts[1], texts[3], texts[5]] == ["[card number]"] * 3


def test_of_a_number_given_unasked_the_piece_that_completes_it_is_masked() -> None:
    texts = heard(
        mr_doyle(0, "ok 4111 1111"),
        amira(1, "yes"),
        mr_doyle(2, "1111"),
        amira(3, "go on"),
        mr_doyle(4, "1111 that's it"),
    )
    assert texts[4] == "[card number] that's it"


def test_small_numbers_of_many_turns_are_never_joined_into_a_card() -> None:
    said = [mr_doyle(n, f"Turn {n} of call-3.") for n in range(60)]
    assert heard(*said) == [turn.text for turn in said]


def test_redacting_a_kept_turn_again_changes_nothing() -> None:
    before = [amira(0, "And the security code?")]
    once = redact_turn(mr_doyle(1, "it's 412, name Doyle"), before)
    assert redact_turn(once, before) == once


def test_a_log_event_is_masked_however_deep_its_values_are() -> None:
    event = {
        "event": "Heard a turn",
        "text_pii": "pin 4821",
        "nested": {"list": ["cvv 412", {"deep": ("4111 1111 1111 1111", 7)}]},
        "number": 4111111111111111,
        "error": ValueError("my password is hunter2"),
        "n": 3,
    }
    assert mask_event(None, "info", event) == {
        "event": "Heard a turn",
        "text_pii": "pin [password]",
        "nested": {"list": ["cvv [security code]", {"deep": ("[card number]", 7)}]},
        "number": "[card number]",
        "error": "ValueError('my password is [password]')",
        "n": 3,
    }


def test_every_placeholder_has_a_kind() -> None:
    assert [kind.placeholder for kind in SecretKind] == [
        "[card number]",
        "[security code]",
        "[password]",
        "[one-time code]",
    ]
