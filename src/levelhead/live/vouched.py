"""Letting in whom an OpenID provider vouches for. What it says was checked before: signature, audience, nonce."""

from collections.abc import Mapping
from uuid import UUID

from levelhead.live.entrance import NOT_HERE, Entered, Entrance, NotLetIn
from levelhead.people.claims import ClaimRules, Unknown, place
from levelhead.people.session import Came
from levelhead.storage.accounts_identities import known_by, make_known

LONGEST_SUBJECT = 255
"""Characters of a subject (OpenID Connect Core 1.0, section 2)."""


def enter_by_claims(
    entrance: Entrance,
    tenant: UUID,
    issuer: str,
    claims: Mapping[str, object],
    rules: ClaimRules,
    came: Came,
    leaving: str | None = None,
) -> Entered:
    """Let in the subject of these claims, with the role and teams that the rules give now, and no more.

    Raises NotLetIn for who gets no role, is unknown where those are refused, or was disabled here.
    """
    placed, subject = place(claims, rules), claims.get("sub")
    if placed is None or not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotLetIn(NOT_HERE)
    with entrance.library.shelf(tenant).writing() as connection:
        person = known_by(connection, tenant, issuer, claims, placed)
        if person is None and rules.unknown is Unknown.CREATE:
            person = make_known(connection, tenant, issuer, claims, placed, entrance.clock())
    if person is None:
        raise NotLetIn(NOT_HERE)
    return entrance.enter(person, came, leaving)
