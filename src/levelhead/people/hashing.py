"""Passwords as they are kept: Argon2id, with the parameters that argon2-cffi recommends (RFC 9106, second choice)."""

from functools import cache
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from levelhead.people.passwords import LONGEST, normal

AT_ONCE = 4
"""Each takes 64 MiB for as long as it works, so that a flood of sign-ins cannot take the memory of all else."""

_hasher = PasswordHasher()
_room = BoundedSemaphore(AT_ONCE)


class Verdict(NamedTuple):
    """Whether a password is right; `renewed` is its digest by today's parameters where the kept one is of older."""

    right: bool
    renewed: str | None = None


def digest_of(password: str) -> str:
    """What is kept of a password: salt, parameters and digest."""
    with _room:
        return _hasher.hash(normal(password))


def verify(digest: str | None, password: str) -> Verdict:
    """Whether the password is the one of this digest; without one it is wrong, after the same work."""
    nobodys = _nobodys()  # Made with the first password that is tried, right or wrong.
    known = digest is not None and len(password) <= LONGEST
    against = digest if digest is not None and known else nobodys
    try:
        with _room:
            _hasher.verify(against, normal(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return Verdict(right=False)
    renew = known and _hasher.check_needs_rehash(against)
    return Verdict(right=known, renewed=digest_of(password) if renew else None)


@cache
def _nobodys() -> str:
    """The digest of a password that nobody has; made once, so that whoever asks for nobody pays for one check."""
    return digest_of("nobody's password")
