"""What is kept sealed is taken out of the text, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.privacy.banking import is_iban
from levelhead.privacy.kinds import SealedKind, hint, placeholders_in
from levelhead.privacy.sealed import Sealed, for_search, seal, seal_turn
from tests.people import mr_doyle

PHONE, EMAIL, ADDRESS = SealedKind.PHONE, SealedKind.EMAIL, SealedKind.ADDRESS
ACCOUNT, NATIONAL_ID = SealedKind.ACCOUNT, SealedKind.NATIONAL_ID

TAKEN = [
    ("my number is 07700 900123, order 48213", PHONE, "+447700900123"),
    ("it's oh seven seven double oh nine hundred one two three", PHONE, "+447700900123"),
    ("oh seven seven double oh, nine oh oh one two three", PHONE, "+447700900123"),
    ("+44 (0)7700 900123", PHONE, "+447700900123"),
    ("ring (020) 7946 0958 after six", PHONE, "+442079460958"),
    ("call (415) 555-0132 please", PHONE, "+14155550132"),
    ("write to jane.doe+kettle@example.co.uk.", EMAIL, "jane.doe+kettle@example.co.uk"),
    ("it's jane dot doe at gmail dot com, all lower case", EMAIL, "jane.doe@gmail.com"),
    ("d whitcomb seven one at gmail dot com", EMAIL, "dwhitcomb71@gmail.com"),
    ("my email is info at kettles dot co dot uk", EMAIL, "info@kettles.co.uk"),
    ("GB29 NWBK 6016 1331 9268 19 and thank you", ACCOUNT, "GB29NWBK60161331926819"),
    ("pay DE89370400440532013000 please", ACCOUNT, "DE89370400440532013000"),
    ("20-00-00 55779911 is the bank account", ACCOUNT, "20000055779911"),
    ("routing number 021000021", ACCOUNT, "021000021"),
    ("it's AB 12 34 56 C", NATIONAL_ID, "AB123456C"),
    ("123-45-6789", NATIONAL_ID, "123456789"),
    ("my social security number is one two three four five six seven eight nine", NATIONAL_ID, "123456789"),
    ("NHS number 943 476 5919", NATIONAL_ID, "9434765919"),
    ("passport number is 123456789", NATIONAL_ID, "123456789"),
    ("I live at 14 Rose Street, Leeds LS1 4AP thanks", ADDRESS, "14 Rose Street, Leeds LS1 4AP"),
    ("i live at fourteen rose street", ADDRESS, "fourteen rose street"),
    ("Flat 3, 221b Baker Street", ADDRESS, "Flat 3, 221b Baker Street"),
    ("1600 Amherst Rd. Apt 4, Springfield, IL 62704", ADDRESS, "1600 Amherst Rd. Apt 4, Springfield, IL 62704"),
    ("the parcel went to LS1 4AP instead", ADDRESS, "LS1 4AP"),
]
LEFT = [
    "Order 48213, £64.99. The kettle was sent back on the 12th of February.",
    "order 4155552671, tracking 07700900123",
    "case 07700 900123",
    "Call us on 0800 123 4567, or 1-800-555-0199.",
    "The Samaritans are on one one six, one two three.",
    "I waited from 10:42 until 12.15 on 12/02/2025, room 1204.",
    "My account number 12345678 with you",
    "I looked at argos dot com at home",
    "@kettles_uk your app version 4.12.1033 lost 1,250,000 points",
    "GB29 NWBK 6016 1331 9268 18 has a wrong digit",
    "I was the third at two shops, 3 Way calling",
    "000-12-3456 and 12-34-56",
    "It is 8 pm, St James Park, Saturday",
    "In Leeds, near Rose Street",
]


@pytest.mark.parametrize(("text", "kind", "value"), TAKEN)
def test_a_value_leaves_the_text_and_its_kind_stays(text: str, kind: SealedKind, value: str) -> None:
    clean, sealed = seal(text)
    assert [(one.place, one.kind, one.value) for one in sealed] == [(0, kind, value)]
    assert [one.kind for one in placeholders_in(clean)] == [kind]
    before, after = clean.split(kind.placeholder)
    assert text.startswith(before)
    assert text.endswith(after)


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert seal(text) == (text, ())


def test_a_local_number_needs_its_country_and_a_word_for_it() -> None:
    assert seal("call me at 555-0132", "en-US")[0] == "call me at [phone number]"
    assert seal("pages 555-0132", "en-US")[0] == "pages 555-0132"


def test_places_count_the_placeholders_that_were_there_before() -> None:
    clean, sealed = seal("[phone number] or [card number], else 07700 900123 or a@b.example")
    assert clean == "[phone number] or [card number], else [phone number] or [email address]"
    assert [(one.place, one.kind) for one in sealed] == [(1, PHONE), (2, EMAIL)]
    for placeholder in placeholders_in(clean):
        assert clean[slice(*placeholder.span)] == placeholder.kind.placeholder


def test_what_was_taken_out_keeps_its_name_to_itself() -> None:
    clean = "My card is [card number], ring [phone number]"
    assert seal("My card is [card number], ring 07911 123456") == (clean, (Sealed(0, PHONE, "+447911123456"),))


def test_a_turn_without_anything_to_seal_is_the_same_turn() -> None:
    turn = mr_doyle("It's order 48213.")
    assert seal_turn(turn).turn is turn


def test_a_name_that_is_an_address_is_no_name() -> None:
    said = seal_turn(mr_doyle("Hello?", customer="doyle@example.org"))
    assert (said.turn.customer, said.sealed) == ("[email address]", ())


def test_two_ways_of_saying_a_value_are_searched_for_alike() -> None:
    spoken, written = (
        seal(text)[1][0] for text in ("oh seven seven double oh nine hundred one two three", "07700900123")
    )
    assert for_search(spoken.kind, spoken.value) == for_search(written.kind, written.value)
    assert for_search(EMAIL, "Jane@Example.org") == for_search(EMAIL, "jane@example.org")
    assert for_search(PHONE, "1") != for_search(ACCOUNT, "1")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [(PHONE, "+447700900123", "…123"), (EMAIL, "jane@example.org", "…@example.org"), (ADDRESS, "14 Rose Street", "…")],
)
def test_a_hint_tells_values_apart_and_gives_none_away(kind: SealedKind, value: str, shown: str) -> None:
    assert hint(kind, value) == shown


def test_one_wrong_character_makes_an_iban_wrong() -> None:
    right = "GB29NWBK60161331926819"
    wrong = [right[:place] + ("7" if right[place] != "7" else "3") + right[place + 1 :] for place in range(4, 22)]
    assert is_iban(right)
    assert not any(is_iban(one) for one in wrong)


@given(st.text(alphabet="0123456789 +-()@.,abot/\n[]ˑé", max_size=80))
def test_sealing_again_changes_nothing(text: str) -> None:
    clean, sealed = seal(text)
    assert seal(clean) == (clean, ())
    assert {one.place for one in sealed} <= {one.place for one in placeholders_in(clean)}
