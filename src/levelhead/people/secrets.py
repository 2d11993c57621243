"""Secrets that open something: a session's cookie, an API token, a link. 256 random bits, kept only as a digest.

Each carries its tenant in the open, so that the right rows are looked at and no table has to span tenants. Whoever
writes another tenant in finds that its rows know no such secret.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

_BYTES = 32
_LONGEST = 200  # Characters; what is longer is none of ours, and nobody's time is spent on it.


class Opens(StrEnum):
    """What a secret is for; it is the first part of it, so that a scanner for lost secrets knows ours."""

    SESSION = "lhs"
    TOKEN = "lht"  # noqa: S105 - a mark, not a secret
    LINK = "lhl"
    SURVEY = "lhv"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A secret in hand. `digest` is what is kept of it: it tells whether one is right, and opens nothing itself."""

    opens: Opens
    tenant: UUID
    random: str

    @classmethod
    def new(cls, opens: Opens, tenant: UUID) -> Self:
        """One that nobody can guess."""
        return cls(opens, tenant, secrets.token_urlsafe(_BYTES))

    @classmethod
    def read(cls, written: str | None, opens: Opens) -> Self | None:
        """The secret that is written there; None where it is none of this kind."""
        if not written or len(written) > _LONGEST or not written.isascii():
            return None
        kind, _, rest = written.partition("_")
        tenant, _, random = rest.partition("_")
        try:
            return cls(opens, UUID(hex=tenant), random) if kind == opens and random else None
        except ValueError:
            return None

    @property
    def written(self) -> str:
        """As its holder keeps it; letters, digits, `-` and `_` only."""
        return f"{self.opens}_{self.tenant.hex}_{self.random}"

    @property
    def digest(self) -> str:
        """SHA-256: with 256 random bits, a slow hash would protect nothing more."""
        return hashlib.sha256(self.written.encode()).hexdigest()

    @property
    def csrf(self) -> str:
        """What the forms of this session carry; it cannot be had without the secret and does not give it away."""
        return hmac.new(self.written.encode(), b"levelhead csrf", hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        """Without the secret, for logs and traces."""
        return f"Secret({self.opens.name.lower()})"
