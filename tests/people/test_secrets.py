"""Secrets: not to be guessed, not to be had from what is kept, and of one kind and tenant."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from levelhead.people.secrets import Opens, Secret

TENANT = uuid4()


@given(st.sampled_from(Opens), st.sampled_from(Opens))
def test_a_secret_reads_back_as_what_it_is_and_as_nothing_else(kind: Opens, other: Opens) -> None:
    secret = Secret.new(kind, TENANT)
    assert Secret.read(secret.written, other) == (secret if kind is other else None)


@given(st.text())
def test_whatever_is_written_in_a_cookie_is_read_without_trouble(written: str) -> None:
    for kind in Opens:
        assert Secret.read(written, kind) is None
        found = Secret.read(f"{kind}_{TENANT.hex}_{written}", kind)
        assert found is None or found.written == f"{kind}_{TENANT.hex}_{written}"


def test_a_secret_holds_256_random_bits() -> None:
    assert len(Secret.new(Opens.SESSION, TENANT).random) == 43
    assert len({Secret.new(Opens.SESSION, TENANT).random for _ in range(100)}) == 100


def test_neither_digest_nor_csrf_nor_repr_gives_the_secret_away() -> None:
    secret = Secret.new(Opens.SESSION, TENANT)
    assert all(secret.random not in told for told in (secret.digest, secret.csrf, repr(secret), str(secret)))
    assert secret.digest != secret.csrf


def test_each_session_has_forms_of_its_own() -> None:
    first, second = Secret.new(Opens.SESSION, TENANT), Secret.new(Opens.SESSION, TENANT)
    assert first.csrf != second.csrf
    assert first.csrf == Secret.read(first.written, Opens.SESSION).csrf  # type: ignore[union-attr]


def test_a_secret_of_one_tenant_is_another_one_at_the_next() -> None:
    secret = Secret.new(Opens.TOKEN, TENANT)
    moved = secret.written.replace(TENANT.hex, uuid4().hex)
    assert Secret.read(moved, Opens.TOKEN).digest != secret.digest  # type: ignore[union-attr]
