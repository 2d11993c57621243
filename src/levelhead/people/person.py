"""A person who signs in, a token that a program calls with, and whose a thing is."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

_NAME = re.compile(r"[^\s\x00-\x1f\x7f/?#<>\"']{2,100}")


class Role(StrEnum):
    """What somebody is here for; everyone has exactly one."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    TRAINER = "trainer"
    ANALYST = "analyst"
    ADMIN = "admin"


class Relation(StrEnum):
    """How far a right reaches: what is one's own, what is one's teams' (own things too), everything of the tenant."""

    OWN = "own"
    TEAM = "team"
    TENANT = "tenant"

    def includes(self, other: "Relation") -> bool:
        """Whether whoever has this reach has the other as well."""
        return _NARROW_TO_WIDE.index(self) >= _NARROW_TO_WIDE.index(other)


_NARROW_TO_WIDE = (Relation.OWN, Relation.TEAM, Relation.TENANT)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of one tenant; `name` is what they sign in with, `shown_as` what others read.

    Who is not `active` may do nothing. `is_demo`: made for the demo; such a person has no password and is let in only
    while the demo runs. `language` is what pages are in for them: their own choice, else their team's, else the
    tenant's; '' where nobody has said.
    """

    id: UUID
    tenant: UUID
    name: str
    shown_as: str
    role: Role
    teams: frozenset[UUID] = frozenset()
    active: bool = True
    is_demo: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a thing is. A thing of no team is reached with a right over the whole tenant, or by its owner."""

    tenant: UUID
    team: UUID | None = None
    owner: UUID | None = None

    @classmethod
    def of(cls, person: Person) -> "Whose":
        """What is this person's own, and nobody else's below the tenant: a session, a password, a practice result."""
        return cls(person.tenant, owner=person.id)


@dataclass(frozen=True, slots=True)
class Visit:
    """A person who is signed in: the session that let them in, and when it ends at the latest (UTC).

    `csrf` belongs to this session alone and stands in every form that changes something.
    """

    session: UUID
    person: Person
    csrf: str
    ends_at: datetime


def sign_in_name(typed: str) -> str:
    """The name as it is kept and compared: no capitals, one way of composing letters, nothing around it."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def is_sign_in_name(name: str) -> bool:
    """Whether somebody can be called so: 2 to 100 characters without spaces and signs that pages or shells mind."""
    return name == sign_in_name(name) and _NAME.fullmatch(name) is not None
