"""Keys: words under the key of one customer, that key under the tenant's, and tokens to search by.

AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits for every text; what a text is of goes in as associated
data, so that a sealed text moved to another row does not open. Tokens are HMAC-SHA-256 (RFC 2104).
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
SEALED = "sealed:1:"
"""What a sealed text begins with; what was kept before there were keys begins otherwise and stays readable."""


class DoesNotOpen(Exception):
    """The key does not fit, or what it should open was changed."""


class WrongKey(ValueError):
    """A text that is no key."""


def new_key() -> bytes:
    """A key that nobody has seen."""
    return os.urandom(KEY_BYTES)


def seal_words(key: bytes, words: str, of: str) -> str:
    """The words under the key; `of` says what they are, and has to be said again to open them."""
    return SEALED + base64.b64encode(wrap(key, words.encode(), of)).decode("ascii")


def is_sealed(kept: str) -> bool:
    """Whether this text was sealed."""
    return kept.startswith(SEALED)


def open_words(key: bytes, kept: str, of: str) -> str:
    """The words again. Raises DoesNotOpen."""
    return unwrap(key, base64.b64decode(kept.removeprefix(SEALED)), of).decode()


def wrap(key: bytes, secret: bytes, of: str) -> bytes:
    """Bytes under the key: the nonce, and what AES-GCM makes of them."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, of.encode())


def unwrap(key: bytes, wrapped: bytes, of: str) -> bytes:
    """The bytes again. Raises DoesNotOpen."""
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], of.encode())
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen(of) from error


def token(key: bytes, words: str) -> str:
    """What equal words have in common and nobody can go back from without the key."""
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def parse_keys(text: str) -> tuple[bytes, ...]:
    """The keys of a key file or setting, the one in use first; others still open what they wrapped. Raises WrongKey."""
    keys = tuple(_key(part) for part in text.replace(",", " ").split())
    if not keys:
        raise WrongKey("there is no key in it")
    return keys


def written(keys: Iterable[bytes]) -> str:
    """As a key file has them: one a line, in base64."""
    return "".join(f"{base64.b64encode(key).decode('ascii')}\n" for key in keys)


_NONCE_BYTES = 12


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise WrongKey("a key is base64") from error
    if len(key) != KEY_BYTES:
        raise WrongKey(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return key
