"""How somebody gets a password: by a link that works once, or by giving the old one."""

from uuid import UUID

from levelhead.live.entrance import WRONG, Entered, Entrance, NotLetIn
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import actor_of
from levelhead.people.hashing import digest_of, verify
from levelhead.people.known_browser import proof_of
from levelhead.people.lockout import Counted
from levelhead.people.passwords import check_password
from levelhead.people.person import Person, Role, Visit, sign_in_name
from levelhead.people.secrets import Opens, Secret
from levelhead.people.session import Came
from levelhead.storage.accounts import People, add_person, new_person
from levelhead.storage.accounts_credentials import (
    Invitation,
    digest_kept,
    forget_digest,
    invite,
    invited,
    keep_digest,
    use_up,
)
from levelhead.storage.accounts_failures import FailureBook
from levelhead.storage.audit_notes import note
from levelhead.storage.library import Library
from levelhead.storage.refusals import Refused
from levelhead.storage.sessions import end_all

PATH = "/welcome/"
"""Where the page is that a link leads to; the link is this and the secret."""


class LinkOver(Refused):
    """The link was followed already, is older than a day, or never was."""


def first_link(entrance: Entrance) -> str | None:
    """The path of a new link that makes the first admin of the first tenant; None where there is an admin."""
    shelf = entrance.library.shelf(entrance.library.first.id)
    if People(shelf).has_admin():
        return None
    with shelf.writing() as connection:
        return PATH + invite(connection, shelf.tenant, None, entrance.clock()).written


def link_for(entrance: Entrance, person: Person) -> str:
    """The path of a new link that lets this person choose a password.

    For who is new, and for who has lost theirs: the old one opens nothing from now on, and they are signed out
    everywhere.
    """
    with entrance.library.shelf(person.tenant).writing() as connection:
        forget_digest(connection, person.id)
        end_all(connection, person.id)
        return PATH + invite(connection, person.tenant, person.id, entrance.clock()).written


def invitation_of(entrance: Entrance, link: str) -> Invitation | None:
    """What the link is for, without using it up; None where it is over."""
    secret = Secret.read(link, Opens.LINK)
    if secret is None:
        return None
    with entrance.library.shelf(secret.tenant).reading() as connection:
        return invited(connection, secret, entrance.clock())


def accept(entrance: Entrance, link: str, password: str, came: Came, *, name: str = "", shown_as: str = "") -> Entered:
    """Use the link up, keep the password and let the person in; `name` and `shown_as` are of the first admin.

    Raises LinkOver, WeakPassword, NotAName, NameTaken, or NotLetIn for who was disabled; the link stays good then.
    """
    secret, invitation = Secret.read(link, Opens.LINK), invitation_of(entrance, link)
    if secret is None or invitation is None:
        raise LinkOver("This link has been used, or is older than a day. Ask for a new one.")
    person = invitation.person or _first_admin(entrance.library, secret.tenant, name, shown_as)
    if not entrance.lets_in(person):
        raise NotLetIn(WRONG)
    check_password(password, person.name, person.shown_as)
    digest, now = digest_of(password), entrance.clock()
    with entrance.library.shelf(secret.tenant).writing() as connection:
        if not use_up(connection, invitation):
            raise LinkOver("This link has been used. Sign in with the password that was chosen.")
        if invitation.person is None:
            add_person(connection, person, now)
        keep_digest(connection, person.id, digest, now)
        note(connection, Deed.PASSWORD_CHANGED, person.id, who=actor_of(person))
        end_all(connection, person.id)
    return entrance.enter(person, came)._replace(known=proof_of(digest, person.name))


def change_password(entrance: Entrance, visit: Visit, old: str, new: str, came: Came) -> Entered:
    """Keep a new password; every session ends, and the person is in with a new one.

    Wrong tries count as those to sign in do, but apart from them: who knows no more than the name holds nobody up here.
    Raises NotLetIn, Locked, WeakPassword or CannotKeep.
    """
    person, shelf = visit.person, entrance.library.shelf(visit.person.tenant)
    tried = {Counted.CHANGE: person.name}
    entrance.count(shelf, tried)
    with shelf.reading() as connection:
        kept = digest_kept(connection, person.id)
    if not verify(kept, old).right:
        raise NotLetIn("The old password is not right.")
    FailureBook(shelf).take_back(tried, entrance.clock())
    check_password(new, person.name, person.shown_as)
    digest = digest_of(new)
    with shelf.writing() as connection:
        keep_digest(connection, person.id, digest, entrance.clock())
        note(connection, Deed.PASSWORD_CHANGED, person.id, who=actor_of(person))
        end_all(connection, person.id)
    return entrance.enter(person, came)._replace(known=proof_of(digest, person.name))


def _first_admin(library: Library, tenant: UUID, name: str, shown_as: str) -> Person:
    """With the tenant's first team; an admin reads no conversation of it."""
    if People(library.shelf(tenant)).has_admin():
        raise LinkOver("There is an admin already. Ask them for a link of your own.")
    called = sign_in_name(name)
    return new_person(tenant, called, shown_as.strip() or called, Role.ADMIN)
