"""The people of the demo: one for each role, without a password, in a tenant of their own.

They come in only while the demo runs, and the wall between tenants keeps them from every real conversation.
"""

from dataclasses import replace
from typing import Final

from levelhead.people.person import Person, Role
from levelhead.people.team import Tenant
from levelhead.storage.accounts import People, new_person
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams

NAME, SLUG = "Demo team", "demo"

SHOWN_AS: Final = {
    Role.AGENT: "Amira Haddad",
    Role.SUPERVISOR: "Sam Okafor",
    Role.REVIEWER: "Rosa Lindqvist",
    Role.TRAINER: "Tom Becker",
    Role.ANALYST: "Priya Nair",
    Role.ADMIN: "Alex Morgan",
}


def demo_tenant(library: Library) -> Tenant:
    """The tenant of the demo, with its people; made where it is missing."""
    known = next((tenant for tenant in library.tenants() if tenant.slug == SLUG), None)
    tenant = known or library.add_tenant(NAME, SLUG)
    shelf = library.shelf(tenant.id)
    people, team = People(shelf), Teams(shelf).all()[0]
    there = {person.name for person in people.all()}
    for role, shown_as in SHOWN_AS.items():
        name = shown_as.split()[0].lower()
        if name not in there:
            people.add(replace(new_person(tenant.id, name, shown_as, role, {team.id}), is_demo=True))
    return tenant


def demo_people(library: Library) -> tuple[Person, ...]:
    """One for each role, in the order of SHOWN_AS."""
    found = People(library.shelf(demo_tenant(library).id)).all()
    return tuple(person for role in SHOWN_AS for person in found if person.is_demo and person.role is role)
