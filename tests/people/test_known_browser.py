"""What a browser keeps of an earlier sign-in: it proves that and nothing else."""

import pytest

from levelhead.people.known_browser import mark_in, proof_of

DIGEST, ANOTHER = "$argon2id$one", "$argon2id$two"


def test_a_browser_proves_who_signed_in_with_it_and_each_has_a_mark_of_its_own() -> None:
    proofs = [proof_of(DIGEST, "amira") for _ in range(2)]
    marks = {mark_in(proof, DIGEST, "amira") for proof in proofs}
    assert len(marks) == 2
    assert None not in marks


@pytest.mark.parametrize(("digest", "name"), [(ANOTHER, "amira"), (DIGEST, "bea"), (None, "amira")])
def test_it_proves_nothing_for_another_name_or_after_another_password(digest: str | None, name: str) -> None:
    assert mark_in(proof_of(DIGEST, "amira"), digest, name) is None


@pytest.mark.parametrize("proof", [None, "", ".", "mark", "mark.", "mark.seal", ".seal", "ä.ö", "a" * 5_000])
def test_what_somebody_made_up_proves_nothing(proof: str | None) -> None:
    assert mark_in(proof, DIGEST, "amira") is None


def test_a_mark_that_was_changed_proves_nothing() -> None:
    mark, _, seal = proof_of(DIGEST, "amira").partition(".")
    assert mark_in(f"{mark}x.{seal}", DIGEST, "amira") is None
    assert mark_in(f".{seal}", DIGEST, "amira") is None
