"""The team behind `benchmarks.desk_load`: everybody signed in, and everything switched on that a team can switch on."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from benchmarks._killed import Where
from levelhead import packs
from levelhead.advising.overlay import How, is_adjustable
from levelhead.casework.teaching import Counted, Proposal
from levelhead.live.entrance import Entrance
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.people.session import Came
from levelhead.people.team import Rollout
from levelhead.privacy.retention import Kept
from levelhead.storage.accounts import People, new_person
from levelhead.storage.complaint_rules import ComplaintRules, Settled
from levelhead.storage.database import Shelf
from levelhead.storage.library import Library
from levelhead.storage.retention import Retention
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens

HELD_OUT = 10
"""Percent of the cards that may be held out."""
KEPT_DAYS = 365
TEAM = "Returns"
_CAME = Came("192.0.2.1", "benchmarks.desk_load")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody's browser: the cookie that opens Levelhead, and the token that their forms carry."""

    cookie: str
    csrf: str


@dataclass(frozen=True, slots=True)
class World:
    """Who is at work: the channel that sends turns, the agents with a desk, the supervisors who look at *Now*."""

    token: str
    agents: tuple[SignedIn, ...]
    supervisors: tuple[SignedIn, ...]


def world_at(where: Where, agents: int, supervisors: int) -> World:
    """A team at work, written into the database before the server starts."""
    with closing(where.opened()) as library:
        shelf = library.shelf(library.first.id)
        team = Teams(shelf).add(TEAM, Rollout.ON).id
        _switch_on(library, shelf, team)
        scopes = [Action.HEAR_TURN, Action.READ_CONVERSATION]
        return World(
            Tokens(shelf).add("desk_load", scopes, timedelta(days=1), team=team).secret,
            tuple(_signed_in(library, shelf, Role.AGENT, team, agents)),
            tuple(_signed_in(library, shelf, Role.SUPERVISOR, team, supervisors)),
        )


def team_of(library: Library) -> UUID:
    """The team that is at work."""
    return Teams(library.shelf(library.first.id)).named(TEAM).id


def _switch_on(library: Library, shelf: Shelf, team: UUID) -> None:
    """Cards held out and cards quietened by the team, a rule set for complaints, retention of every kind."""
    rule = next(one for one in packs.load("en-GB").rules if is_adjustable(one))
    counted = Counted(rule.name, rule.kind, used=2, not_now=9, wrong=4, conversations=9)
    Teaching(shelf).approve(team, Proposal(How.FROM_INTENSITY, rule.name, 2, counted, None))
    Teaching(shelf).hold_out(team, HELD_OUT)
    sets = packs.complaints()
    ComplaintRules(shelf).settle(Settled((next(iter(sets)),), "Kettles Ltd", "help@example.org"), sets)
    for kind in Kept:
        Retention(library.of(shelf.tenant)).keep_for(kind, KEPT_DAYS)


def _signed_in(library: Library, shelf: Shelf, role: Role, team: UUID, count: int) -> Iterator[SignedIn]:
    for number in range(count):
        name = f"{role.value}.{number}"
        person = People(shelf).add(new_person(shelf.tenant, name, name, role, [team]))
        entered = Entrance(library).enter(person, _CAME)
        yield SignedIn(entered.cookie, entered.visit.csrf)
