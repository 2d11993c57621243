"""Passwords: long ones that nobody would guess first, kept as Argon2id."""

from typing import Literal

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from levelhead.people import hashing
from levelhead.people.passwords import LONGEST, SHORTEST, WeakPassword, check_password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 12"),
        ("x" * (LONGEST + 1), "at most 256"),
        ("abababababab", "too few"),
        ("qwertyuiopqwe", "row of the keyboard"),
        ("zyxwvutsrqponm", "row of the keyboard"),
        ("amirahaddad1", "your own name"),
        ("dragondragon", "Many people"),
        ("Football2024!", "Many people"),
        ("1234trustno1!", "Many people"),
        ("finalfantasy", "Many people"),
        ("ｆｉｎａｌｆａｎｔａｓｙ", "Many people"),
    ],
)
def test_what_is_guessed_first_is_refused_and_says_why(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why):
        check_password(password, "amirahaddad", "Amira Haddad")


@pytest.mark.parametrize("password", ["kettle seventeen moon", "Grün-weiß und müde", "3rd window, left of the stairs"])
def test_a_few_words_of_ones_own_will_do(password: str) -> None:
    check_password(password, "amira", "Amira Haddad")


@given(st.text(max_size=SHORTEST - 1))
def test_nothing_short_is_ever_taken(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_password(password)


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hashing.digest_of("kettle seventeen moon"), hashing.digest_of("kettle seventeen moon")
    assert first != second
    assert extract_parameters(first).type is Type.ID
    assert hashing.verify(first, "kettle seventeen moon") == (True, None)
    assert not hashing.verify(first, "kettle seventeen sun").right


def test_one_password_is_the_same_however_a_keyboard_composes_it() -> None:
    assert hashing.verify(hashing.digest_of("Müde im Grünen"), "Mu\u0308de im Gru\u0308nen").right


def test_a_digest_of_weaker_parameters_is_made_anew_when_its_password_is_right() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash("kettle seventeen moon")
    verdict = hashing.verify(weak, "kettle seventeen moon")
    assert verdict.right
    assert verdict.renewed is not None
    assert hashing.verify(verdict.renewed, "kettle seventeen moon") == (True, None)
    assert hashing.verify(weak, "wrong").renewed is None


@pytest.mark.parametrize("digest", [None, "", "not a digest"])
def test_without_a_digest_every_password_is_wrong(digest: str | None) -> None:
    assert hashing.verify(digest, "nobody's password") == (False, None)


def test_for_nobody_the_same_work_is_done_as_for_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    known = hashing.digest_of("kettle seventeen moon")
    hashing.verify(None, "to begin with")
    work: list[tuple[int, int, int]] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            kept = extract_parameters(str(hash))
            work.append((kept.time_cost, kept.memory_cost, kept.parallelism))
            return super().verify(hash, password)

    monkeypatch.setattr(hashing, "_hasher", Watched())
    for digest in (known, None):
        hashing.verify(digest, "kettle seventeen sun")
    assert len(work) == 2
    assert work[0] == work[1]
