"""The signed head: whoever keeps it elsewhere can tell whether it is the one that was written."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from levelhead.people.audit_head import Head, NotAHead, public_key, public_text, read, written

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HEADS = (
    Head(UUID(int=1), 17, "ab" * 32, datetime(2025, 3, 6, 10, 42, tzinfo=UTC)),
    Head(UUID(int=2), 3, "cd" * 32, datetime(2025, 3, 6, 10, 42, 0, 1, tzinfo=UTC)),
)


def test_a_head_comes_back_as_it_was_written() -> None:
    assert read(written(reversed(HEADS), KEY), KEY.public_key()) == HEADS


@pytest.mark.parametrize("field", ["tenant", "number", "hash", "at"])
def test_a_head_that_was_changed_is_refused(field: str) -> None:
    told = json.loads(written(HEADS, KEY))
    told["heads"][0][field] = told["heads"][1][field]
    with pytest.raises(NotAHead, match="were changed"):
        read(json.dumps(told), KEY.public_key())


def test_a_head_that_was_left_out_is_missed() -> None:
    told = json.loads(written(HEADS, KEY))
    del told["heads"][0]
    with pytest.raises(NotAHead, match="were changed"):
        read(json.dumps(told), KEY.public_key())


def test_a_head_signed_with_another_key_is_refused_whatever_key_it_names() -> None:
    forged = written(HEADS, Ed25519PrivateKey.generate())
    with pytest.raises(NotAHead, match="another key"):
        read(forged, KEY.public_key())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"heads": 1, "signature": 2}', '{"heads": [], "signature": "*"}'])
def test_what_is_no_head_is_refused_plainly(text: str) -> None:
    with pytest.raises(NotAHead, match="no file of signed heads"):
        read(text, KEY.public_key())


def test_a_public_key_can_be_handed_over_as_text() -> None:
    text = public_text(KEY.public_key())
    assert read(written(HEADS, KEY), public_key(f" {text}\n")) == HEADS


@pytest.mark.parametrize("text", ["", "a key", "YWJj"])
def test_what_is_no_public_key_is_refused_plainly(text: str) -> None:
    with pytest.raises(NotAHead, match="32 bytes in base64"):
        public_key(text)
