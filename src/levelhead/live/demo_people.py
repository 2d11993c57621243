"""The people of the demo: one for each role and two colleagues, without a password, in a tenant of their own.

They come in only while the demo runs, and the wall between tenants keeps them from every real conversation.
"""

from collections.abc import Mapping
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
COLLEAGUES: Final = ("Mateo Rojas", "Hana Sato")
"""Two more who answer customers: the team is one of eight."""


def demo_tenant(library: Library) -> Tenant:
    """The tenant of the demo, with its people; made where it is missing."""
    known = next((tenant for tenant in library.tenants() if tenant.slug == SLUG), None)
    tenant = known or library.add_tenant(NAME, SLUG)
    shelf = library.shelf(tenant.id)
    people, team = People(shelf), Teams(shelf).all()[0]
    there = {person.name for person in people.all()}
    for role, shown_as in (*SHOWN_AS.items(), *((Role.AGENT, one) for one in COLLEAGUES)):
        name = _name(shown_as)
        if name not in there:
            people.add(replace(new_person(tenant.id, name, shown_as, role, {team.id}), is_demo=True))
    return tenant


def demo_people(library: Library) -> tuple[Person, ...]:
    """One for each role, in the order of SHOWN_AS."""
    known = demo_staff(library)
    return tuple(known[_name(shown_as)] for shown_as in SHOWN_AS.values() if _name(shown_as) in known)


def demo_staff(library: Library) -> Mapping[str, Person]:
    """All of them, by first name in small letters."""
    found = People(library.shelf(demo_tenant(library).id)).all()
    return {person.name: person for person in found if person.is_demo}


def _name(shown_as: str) -> str:
    return shown_as.split(maxsplit=1)[0].lower()
