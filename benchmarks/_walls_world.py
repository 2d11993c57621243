"""Two organisations for a walk along the walls: everything in them has a word of its own, by which it is known again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from uuid import UUID

from levelhead.conversation import Advice, Channel, Heard, Reading, Speaker, Turn
from levelhead.live.entrance import Entrance
from levelhead.people.api_token import ApiToken
from levelhead.people.permission import SCOPES
from levelhead.people.person import Person, Relation, Role
from levelhead.people.session import Came
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens

OWN, TEAM, TENANT = Relation.OWN, Relation.TEAM, Relation.TENANT
CAME = Came("192.0.2.1", "a walk")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that an address can name: how the walker is related to it (None: of another organisation), its word.

    `free`: a conversation that nobody holds. `near`: somebody of the walker's team.
    """

    kind: str
    id: str
    relation: Relation | None
    word: str
    free: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Who walks, and all there is around them; a program walks with a token."""

    walker: Person | ApiToken
    secret: str
    things: tuple[Thing, ...]
    tenants: tuple[UUID, UUID]


def world(library: Library, role: Role | None, *, wide: bool = False) -> World:
    """Two new organisations, and somebody of this role in the first; without a role a program, of a team or `wide`."""
    ours, theirs = (library.add_tenant(f"Tenant {number}", f"tenant-{number}").id for number in _pair())
    shelf = library.shelf(ours)
    day, night = Teams(shelf).all()[0].id, Teams(shelf).add(word("night"), Rollout.ON).id
    walker, secret, own = _walker(library, ours, day, role, wide=wide)
    colleague, other = (_person(library, ours, Role.AGENT, team) for team in (day, night))
    near = TENANT if wide else TEAM
    things = [
        Thing("person", str(colleague.id), TENANT, colleague.shown_as, near=True),
        Thing("person", str(other.id), TENANT, other.shown_as),
        Thing("session", _session(library, colleague), TENANT, ""),
        Thing("team", str(day), near, ""),
        Thing("team", str(night), TENANT, ""),
        _conversation(library.of(ours), near, day, colleague.id),
        _conversation(library.of(ours), near, day, None),
        _conversation(library.of(ours), TENANT, night, other.id),
        _conversation(library.of(ours), TENANT, night, None),
        _conversation(library.of(ours), TENANT, None, None),
        *own,
        *_others(library, theirs),
    ]
    return World(walker, secret, tuple(things), (ours, theirs))


def word(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"{kind}zq{next(_numbers):05}x"


def _pair() -> tuple[int, int]:
    return next(_numbers), next(_numbers)


def _walker(
    library: Library, tenant: UUID, team: UUID, role: Role | None, *, wide: bool
) -> tuple[Person | ApiToken, str, list[Thing]]:
    if role is None:
        lasts = timedelta(days=1)
        made = Tokens(library.shelf(tenant)).add("walk", SCOPES, lasts, team=None if wide else team)
        return made.token, made.secret, []
    person = _person(library, tenant, role, team)
    return (
        person,
        "",
        [
            Thing("person", str(person.id), OWN, person.shown_as, near=True),
            Thing("session", _session(library, person), OWN, ""),
            _conversation(library.of(tenant), OWN, team, person.id),
        ],
    )


def _others(library: Library, tenant: UUID) -> Iterator[Thing]:
    team = Teams(library.shelf(tenant)).all()[0].id
    person = _person(library, tenant, Role.AGENT, team)
    yield Thing("person", str(person.id), None, person.shown_as)
    yield Thing("session", _session(library, person), None, "")
    yield Thing("team", str(team), None, "")
    yield _conversation(library.of(tenant), None, team, person.id)
    yield _conversation(library.of(tenant), None, team, None)


def _person(library: Library, tenant: UUID, role: Role, team: UUID) -> Person:
    name = word("person")
    return People(library.shelf(tenant)).add(new_person(tenant, name, name, role, [team]))


def _session(library: Library, person: Person) -> str:
    return str(Entrance(library).enter(person, CAME).visit.session)


def _conversation(books: Books, relation: Relation | None, team: UUID | None, holder: UUID | None) -> Thing:
    name, said = word("talk"), word("said")
    turn = Turn(conversation=name, n=0, speaker=Speaker.CUSTOMER, text=f"I said {said}.", channel=Channel.CHAT)
    with books.turn_of(name, team, holder) as book:
        book.keep(Heard(turn, Reading(language="en", readable=True), Advice(steps={})))
    return Thing("conversation", name, relation, said, free=holder is None)
