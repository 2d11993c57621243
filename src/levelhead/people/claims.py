"""What an OpenID provider says of somebody, as a role and teams here. The mapping alone decides, at every sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from levelhead.people.person import Role


class Unknown(StrEnum):
    """What happens to somebody who signs in with a provider for the first time."""

    REFUSE = "refuse"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """Which values of which claims give which role and teams.

    `roles` are in order: the first whose value the claim holds is given. Where none is, `default_role`; where that is
    None, nobody is let in. `teams` are names of teams here; a value that is not listed gives none.
    """

    role_claim: str = "roles"
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    default_role: Role | None = None
    team_claim: str = "groups"
    teams: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unknown: Unknown = Unknown.REFUSE


@dataclass(frozen=True, slots=True)
class Placed:
    """The role and the names of the teams that the claims give."""

    role: Role
    teams: frozenset[str]


def place(claims: Mapping[str, object], rules: ClaimRules) -> Placed | None:
    """What the claims give; None where they give no role. Never more than the rules say, whatever the claims hold."""
    said = _values(claims, rules.role_claim)
    role = next((role for value, role in rules.roles.items() if value in said), rules.default_role)
    if role is None:
        return None
    teams = _values(claims, rules.team_claim)
    return Placed(role, frozenset(name for value, name in rules.teams.items() if value in teams))


def shown_name(claims: Mapping[str, object], subject: str) -> str:
    """How somebody new is called in lists."""
    given = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    return next((name for name in given if isinstance(name, str) and name.strip()), subject)


def _values(claims: Mapping[str, object], path: str) -> frozenset[str]:
    """The texts at a claim; `realm_access.roles` is the claim `roles` within the claim `realm_access`."""
    found: object = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return frozenset({found})
    return (
        frozenset(value for value in found if isinstance(value, str))
        if isinstance(found, list | tuple)
        else frozenset()
    )
