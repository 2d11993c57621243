"""The key that signs the heads of the audit, and the file that they are written to."""

import base64
import binascii
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from levelhead.storage.refusals import CannotKeep, Refused

KEY_FILE = "audit.key"
HEAD_FILE = "audit-head.json"
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class NotAKey(Refused):
    """What is there cannot sign."""


def signing_key(folder: Path, given: str | None = None) -> Ed25519PrivateKey:
    """The key of this folder, made where there is none and readable by this account only; or the one `given`.

    Raises NotAKey or CannotKeep.
    """
    if given is not None:
        return _key(given, "LEVELHEAD_AUDIT_KEY")
    path = folder / KEY_FILE
    if not path.exists():
        key = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode("ascii")
        write_whole(path, f"{key}\n")
    return _key(path.read_text(encoding="ascii", errors="replace"), str(path))


def write_whole(path: Path, text: str) -> None:
    """Have the file hold this, at once or not at all, readable by this account only. Raises CannotKeep."""
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise CannotKeep(f"{path} cannot be written: {error.strerror}.") from error


def _key(text: str, where: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise NotAKey(f"{where} holds no key; it is 32 bytes in base64. Put the right one back.") from error
