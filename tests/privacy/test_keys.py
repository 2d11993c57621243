"""Words open with their key and in their place only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.privacy import keys

KEY, ANOTHER = b"k" * 32, b"a" * 32
HERE = "turn:the-late-refund:3"


@given(st.text())
def test_words_come_back_as_they_were(words: str) -> None:
    kept = keys.seal_words(KEY, words, HERE)
    assert keys.is_sealed(kept)
    assert keys.open_words(KEY, kept, HERE) == words


def test_the_same_words_are_never_kept_the_same_way() -> None:
    assert keys.seal_words(KEY, "Where is it?", HERE) != keys.seal_words(KEY, "Where is it?", HERE)


def test_another_key_another_place_or_a_changed_letter_opens_nothing() -> None:
    kept = keys.seal_words(KEY, "Where is my refund?", HERE)
    changed = kept[:-6] + ("B" if kept[-6] != "B" else "C") + kept[-5:]
    for key, words, of in ((ANOTHER, kept, HERE), (KEY, kept, "turn:the-late-refund:4"), (KEY, changed, HERE)):
        with pytest.raises(keys.DoesNotOpen):
            keys.open_words(key, words, of)


def test_a_token_is_the_same_for_the_same_words_and_key_only() -> None:
    assert keys.token(KEY, "phone number:+447700900123") == keys.token(KEY, "phone number:+447700900123")
    assert keys.token(KEY, "phone number:+447700900123") != keys.token(ANOTHER, "phone number:+447700900123")


def test_a_key_file_holds_the_key_in_use_and_those_before_it() -> None:
    assert keys.parse_keys(keys.written((KEY, ANOTHER))) == (KEY, ANOTHER)
    assert keys.parse_keys(keys.written((KEY, ANOTHER)).replace("\n", ",")) == (KEY, ANOTHER)


@pytest.mark.parametrize(("text", "why"), [("", "no key"), ("c2hvcnQ=", "32 bytes, not 5"), ("not base64", "base64")])
def test_what_is_no_key_is_refused(text: str, why: str) -> None:
    with pytest.raises(keys.WrongKey, match=why):
        keys.parse_keys(text)
