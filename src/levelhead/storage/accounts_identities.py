"""People whom an OpenID provider vouches for: found, or made, with the role and the teams that its claims give."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from levelhead.people.claims import Placed, shown_name
from levelhead.people.person import Person, is_sign_in_name, sign_in_name
from levelhead.storage import tables
from levelhead.storage.accounts import add_person, new_person, set_rights
from levelhead.storage.accounts_credentials import identified, identify


def known_by(
    connection: Connection, tenant: UUID, issuer: str, claims: Mapping[str, object], placed: Placed
) -> Person | None:
    """Who this is here, with the rights that were given now; None for somebody new.

    Where the rights changed, the sessions that were open have ended.
    """
    known = identified(connection, tenant, issuer, str(claims["sub"]))
    if known is None:
        return None
    now = replace(known, role=placed.role, teams=_teams(connection, placed))
    set_rights(connection, now)
    return now


def make_known(
    connection: Connection, tenant: UUID, issuer: str, claims: Mapping[str, object], placed: Placed, now: datetime
) -> Person:
    """Somebody new with these rights. They never become a person who was here before, whatever they are called."""
    subject = str(claims["sub"])
    shown_as = shown_name(claims, subject)
    person = new_person(tenant, "", shown_as, placed.role, _teams(connection, placed))
    person = replace(person, name=_free_name(connection, claims, person.id))
    add_person(connection, person, now)
    identify(connection, person.id, issuer, subject)
    return person


def _teams(connection: Connection, placed: Placed) -> frozenset[UUID]:
    team = tables.team.c
    return frozenset(connection.scalars(select(team.id).where(team.name.in_(placed.teams))))


def _free_name(connection: Connection, claims: Mapping[str, object], person: UUID) -> str:
    """What they are called at the provider, or a name of no meaning where that is taken or cannot be one."""
    for claim in ("preferred_username", "email"):
        name = sign_in_name(str(claims.get(claim) or ""))
        if is_sign_in_name(name) and not connection.scalar(
            select(tables.person.c.id).where(tables.person.c.name == name)
        ):
            return name
    return f"person-{person.hex[-12:]}"
