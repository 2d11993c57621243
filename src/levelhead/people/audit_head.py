"""The head of each tenant's audit, signed: kept elsewhere, it shows when the end of a chain was cut off.

Ed25519 (RFC 8032). The file is JSON; what is signed is the canonical form of its heads.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_FORM = "levelhead audit head 1"


class NotAHead(ValueError):
    """A file that is no signed head, or one that was changed since, or that another key has signed."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last sealed row of a tenant at a moment (UTC)."""

    tenant: UUID
    number: int
    hash: str
    at: datetime


def written(heads: Iterable[Head], key: Ed25519PrivateKey) -> str:
    """The heads as a file has them, signed."""
    told = [_told(head) for head in sorted(heads, key=lambda head: head.tenant)]
    signature = _base64(key.sign(_canonical(told)))
    signed = {"form": _FORM, "heads": told, "public_key": public_text(key.public_key()), "signature": signature}
    return json.dumps(signed, indent=1) + "\n"


def read(text: str, public: Ed25519PublicKey) -> tuple[Head, ...]:
    """The heads of a file, which this key has signed. Raises NotAHead."""
    try:
        found = json.loads(text)
        public.verify(base64.b64decode(found["signature"], validate=True), _canonical(found["heads"]))
        return tuple(_head(told) for told in found["heads"])
    except InvalidSignature as error:
        raise NotAHead("The heads were changed, or another key has signed them.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAHead("This is no file of signed heads.") from error


def public_text(public: Ed25519PublicKey) -> str:
    """The public key as text: what an auditor keeps."""
    return _base64(public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(text: str) -> Ed25519PublicKey:
    """The public key of that text. Raises NotAHead."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise NotAHead("A public key is 32 bytes in base64, as `levelhead audit head` prints it.") from error


def _told(head: Head) -> dict[str, str | int]:
    at = head.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"tenant": str(head.tenant), "number": head.number, "hash": head.hash, "at": at}


def _head(told: dict[str, str]) -> Head:
    return Head(UUID(told["tenant"]), int(told["number"]), told["hash"], datetime.fromisoformat(told["at"]))


def _canonical(told: object) -> bytes:
    return json.dumps([_FORM, told], sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
