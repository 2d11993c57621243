"""A browser that somebody has signed in with before: its tries are counted by themselves.

Whoever knows a name can try wrong passwords for it all day long, and then everybody who types this name has to wait,
its owner too. In their own browser they do not: there only the failures of that browser count ("device cookies",
OWASP). What the browser keeps proves an earlier sign-in and opens nothing. It is made with the digest of the password
as the key, so that nothing more has to be kept, and it is worth nothing once there is another password.
"""

import hmac
import secrets
from typing import Final

LASTS_S: Final = 180 * 24 * 3600
"""Seconds for which a browser keeps it; each sign-in begins them anew."""
_BYTES = 16
_LONGEST = 200  # Characters; what is longer is none of ours.


def proof_of(digest: str, name: str) -> str:
    """What the browser keeps in which `name` has just signed in with the password of this digest."""
    mark = secrets.token_urlsafe(_BYTES)
    return f"{mark}.{_sealed(digest, name, mark)}"


def mark_in(proof: str | None, digest: str | None, name: str) -> str | None:
    """The mark of this browser, where it has proved that `name` signed in with it before; else None."""
    if not proof or digest is None or len(proof) > _LONGEST or not proof.isascii():
        return None
    mark, _, seal = proof.partition(".")
    return mark if mark and hmac.compare_digest(seal, _sealed(digest, name, mark)) else None


def _sealed(digest: str, name: str, mark: str) -> str:
    return hmac.new(digest.encode(), f"levelhead known browser\n{name}\n{mark}".encode(), "sha256").hexdigest()
