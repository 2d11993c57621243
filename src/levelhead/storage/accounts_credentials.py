"""What people sign in with: a password's digest, an identity at a provider, a link to begin with."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from levelhead.people.audit import Deed
from levelhead.people.person import Person
from levelhead.people.secrets import Opens, Secret
from levelhead.storage import tables
from levelhead.storage.accounts import people_where
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id

LINK_LASTS = timedelta(hours=24)


class Account(NamedTuple):
    """Somebody with what is kept of their password; None where they have none."""

    person: Person
    digest: str | None


class Invitation(NamedTuple):
    """A link that may be followed once: to choose a password, or, for nobody yet, to become the first admin."""

    id: UUID
    tenant: UUID
    person: Person | None


def account_named(connection: Connection, tenant: UUID, name: str) -> Account | None:
    """The account of this sign-in name."""
    found = people_where(connection, tenant, tables.person.c.name == name)
    return Account(found[0], digest_kept(connection, found[0].id)) if found else None


def digest_kept(connection: Connection, person: UUID) -> str | None:
    """What is kept of the person's password."""
    return connection.scalar(select(tables.credential.c.digest).where(tables.credential.c.person == person))


def keep_digest(connection: Connection, person: UUID, digest: str, now: datetime) -> None:
    """Have this be the person's password."""
    known = {"digest": digest, "changed_at": now}
    mine = tables.credential.c.person == person
    if not connection.execute(update(tables.credential).where(mine).values(known)).rowcount:
        connection.execute(insert(tables.credential), {"person": person, **known})


def forget_digest(connection: Connection, person: UUID) -> None:
    """Have the person's password open nothing any more."""
    connection.execute(delete(tables.credential).where(tables.credential.c.person == person))


def identified(connection: Connection, tenant: UUID, issuer: str, subject: str) -> Person | None:
    """Who this subject of the issuer is here."""
    known = tables.identity.c
    person = connection.scalar(select(known.person).where(known.issuer == issuer, known.subject == subject))
    return people_where(connection, tenant, tables.person.c.id == person)[0] if person else None


def identify(connection: Connection, person: UUID, issuer: str, subject: str) -> None:
    """Have this subject of the issuer be this person."""
    connection.execute(insert(tables.identity), {"issuer": issuer, "subject": subject, "person": person})


def invite(connection: Connection, tenant: UUID, person: UUID | None, now: datetime) -> Secret:
    """A new link, good for LINK_LASTS; earlier ones for the same person open nothing any more."""
    secret = Secret.new(Opens.LINK, tenant)
    link = tables.invitation
    # `== None` is IS NULL: the links for the first admin take each other's place too.
    connection.execute(delete(link).where((link.c.person == person) | (link.c.expires_at <= now)))
    row = {"id": new_id(), "person": person, "digest": secret.digest, "expires_at": now + LINK_LASTS}
    connection.execute(insert(link), row)
    note(connection, Deed.LINK_MADE, person or "first-admin")
    return secret


def invited(connection: Connection, secret: Secret, now: datetime) -> Invitation | None:
    """What this link is for; None where it was used, is too old, or never was."""
    link = tables.invitation.c
    row = connection.execute(
        select(link.id, link.person).where(link.digest == secret.digest, link.expires_at > now)
    ).first()
    if row is None:
        return None
    person = people_where(connection, secret.tenant, tables.person.c.id == row.person)[0] if row.person else None
    return Invitation(row.id, secret.tenant, person)


def use_up(connection: Connection, invitation: Invitation) -> bool:
    """Have the link open nothing any more; False where somebody was quicker."""
    gone = connection.execute(delete(tables.invitation).where(tables.invitation.c.id == invitation.id))
    return gone.rowcount == 1
