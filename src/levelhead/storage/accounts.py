"""The people of one tenant. A change of what somebody may do ends all their sessions in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from levelhead.people.audit import Deed
from levelhead.people.person import Person, Role, is_sign_in_name
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import Write, utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf, in_turn
from levelhead.storage.refusals import Refused
from levelhead.storage.sessions import end_all

PEOPLE = "people"
"""What is changed by one transaction at a time: names have to be free, and an admin has to be left."""


class NameTaken(Refused):
    """Somebody else of this tenant signs in with this name."""


class NotAName(Refused):
    """Nobody can be called so."""


class LastAdmin(Refused):
    """Without this admin, nobody could let anyone in again."""


class UnknownPerson(Refused):
    """There is nobody of this name or id."""


class People:
    """The people of the tenant whose shelf this is. `also` is written in the same transaction as the change."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def all(self) -> tuple[Person, ...]:
        """Everybody, disabled ones too, in the order in which they came."""
        return self._shelf.once("people", self._all)

    def one(self, person: UUID) -> Person:
        """The one of this id; raises UnknownPerson."""
        with self._shelf.reading() as connection:
            return self._one(connection, tables.person.c.id == person)

    def named(self, name: str) -> Person:
        """The one who signs in with this name; raises UnknownPerson."""
        with self._shelf.reading() as connection:
            return self._one(connection, tables.person.c.name == name)

    def has_admin(self) -> bool:
        """Whether an admin is there, active, and not of the demo."""
        with self._shelf.reading() as connection:
            return bool(_admins(connection))

    def add(self, person: Person, also: Iterable[Write] = ()) -> Person:
        """Somebody new, active. Raises NotAName or NameTaken."""
        with self._shelf.writing() as connection:
            add_person(connection, person, self._clock())
            _write(connection, also)
        return person

    def give_role(self, person: UUID, role: Role, also: Iterable[Write] = ()) -> None:
        """Have them be here for something else. Raises UnknownPerson, or LastAdmin."""
        with self._shelf.writing() as connection:
            known = self._one(connection, tables.person.c.id == person)
            if role is not Role.ADMIN:
                _check_other_admin(connection, known)
            set_rights(connection, replace(known, role=role))
            _write(connection, also)

    def put_in_teams(self, person: UUID, teams: Iterable[UUID], also: Iterable[Write] = ()) -> None:
        """Have them be in exactly these teams. Raises UnknownPerson, CannotKeep for a team that is not there."""
        with self._shelf.writing() as connection:
            known = self._one(connection, tables.person.c.id == person)
            set_rights(connection, replace(known, teams=frozenset(teams)))
            _write(connection, also)

    def disable(self, person: UUID, also: Iterable[Write] = ()) -> None:
        """Let them in no more, and end what they have open. Raises UnknownPerson, or LastAdmin."""
        with self._shelf.writing() as connection:
            known = self._one(connection, tables.person.c.id == person)
            _check_other_admin(connection, known)
            _set(connection, person, disabled_at=self._clock())
            end_all(connection, person)
            connection.execute(delete(tables.invitation).where(tables.invitation.c.person == person))
            note(connection, Deed.PERSON_DISABLED, person)
            _write(connection, also)

    def enable(self, person: UUID, also: Iterable[Write] = ()) -> None:
        """Let them in again. Raises UnknownPerson."""
        with self._shelf.writing() as connection:
            self._one(connection, tables.person.c.id == person)
            _set(connection, person, disabled_at=None)
            note(connection, Deed.PERSON_ENABLED, person)
            _write(connection, also)

    def _all(self) -> tuple[Person, ...]:
        with self._shelf.reading() as connection:
            return people_where(connection, self._shelf.tenant)

    def _one(self, connection: Connection, where: ColumnElement[bool]) -> Person:
        found = people_where(connection, self._shelf.tenant, where)
        if not found:
            raise UnknownPerson("There is nobody of this name.")
        return found[0]


def people_where(connection: Connection, tenant: UUID, *where: ColumnElement[bool]) -> tuple[Person, ...]:
    """Who is like that, in the order in which they came."""
    rows = connection.execute(select(tables.person).where(*where).order_by(tables.person.c.id)).all()
    teams = defaultdict(set)
    member = tables.membership.c
    for membership in connection.execute(
        select(member.person, member.team).where(member.person.in_(r.id for r in rows))
    ):
        teams[membership.person].add(membership.team)
    return tuple(
        Person(
            id=row.id,
            tenant=tenant,
            name=row.name,
            shown_as=row.shown_as,
            role=Role(row.role),
            teams=frozenset(teams[row.id]),
            active=row.disabled_at is None,
            is_demo=bool(row.is_demo),
        )
        for row in rows
    )


def person_of(connection: Connection, tenant: UUID, person: UUID) -> Person | None:
    """The one of this id; None where there is nobody."""
    return next(iter(people_where(connection, tenant, tables.person.c.id == person)), None)


def add_person(connection: Connection, person: Person, now: datetime) -> None:
    """Add somebody in a transaction that is open for their tenant. Raises NotAName or NameTaken."""
    if not is_sign_in_name(person.name):
        raise NotAName("name: 2 to 100 characters without spaces, quotes, slashes, or capitals, such as amira.haddad")
    in_turn(connection, PEOPLE)
    if connection.scalar(select(tables.person.c.id).where(tables.person.c.name == person.name)):
        raise NameTaken(f"name: somebody is already called {person.name}; add something to tell them apart")
    row = {"id": person.id, "name": person.name, "shown_as": person.shown_as, "role": person.role.value}
    connection.execute(insert(tables.person), row | {"is_demo": int(person.is_demo), "made_at": now})
    _add_teams(connection, person)
    note(connection, Deed.PERSON_ADDED, f"{person.id}:{person.role}")


def set_rights(connection: Connection, person: Person) -> None:
    """Keep this role and these teams; where they change anything, every session of the person ends."""
    before = people_where(connection, person.tenant, tables.person.c.id == person.id)[0]
    if (before.role, before.teams) == (person.role, person.teams):
        return
    _set(connection, person.id, role=person.role.value)
    connection.execute(delete(tables.membership).where(tables.membership.c.person == person.id))
    _add_teams(connection, person)
    if before.role is not person.role:
        note(connection, Deed.ROLE_GIVEN, f"{person.id}:{person.role}")
    if before.teams != person.teams:
        note(connection, Deed.TEAMS_GIVEN, person.id)
    end_all(connection, person.id)


def new_person(tenant: UUID, name: str, shown_as: str, role: Role, teams: Iterable[UUID] = ()) -> Person:
    """Somebody with an id of their own, not kept yet."""
    return Person(new_id(), tenant, name, shown_as, role, frozenset(teams))


def _add_teams(connection: Connection, person: Person) -> None:
    rows = [{"person": person.id, "team": team} for team in sorted(person.teams)]
    if rows:
        connection.execute(insert(tables.membership), rows)


def _set(connection: Connection, person: UUID, **known: object) -> None:
    connection.execute(update(tables.person).where(tables.person.c.id == person).values(known))


def _admins(connection: Connection, *but: UUID) -> int:
    person = tables.person.c
    is_admin = (person.role == Role.ADMIN.value) & person.disabled_at.is_(None) & (person.is_demo == 0)
    return (
        connection.scalar(select(func.count()).select_from(tables.person).where(is_admin, person.id.not_in(but))) or 0
    )


def _check_other_admin(connection: Connection, person: Person) -> None:
    in_turn(connection, PEOPLE)
    is_one = person.role is Role.ADMIN and person.active and not person.is_demo
    if is_one and not _admins(connection, person.id):
        raise LastAdmin("This is the only admin. Make somebody else an admin first.")


def _write(connection: Connection, also: Iterable[Write]) -> None:
    for write in also:
        write(connection)
