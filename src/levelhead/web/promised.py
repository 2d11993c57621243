"""Whose promises are, and which somebody sees: their own, those they stand in for, and what a team has to see to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import Promised
from levelhead.casework.standing_in import Absence, sees_to
from levelhead.live.promise_ledger import Ledger
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Whose
from levelhead.people.sight import Sight, sight_of
from levelhead.storage.cases import Cases, UnknownItem
from levelhead.storage.holding import Holding
from levelhead.storage.opening_hours import Absences
from levelhead.web.gate import Who, who_of
from levelhead.web.seeing import rollouts
from levelhead.web.things import named_in
from levelhead.web.workplace import workplace_of

_NOTHING = Sight()


def cases_of(request: Request, who: Who | None = None) -> Cases:
    """The casework of the caller's tenant, by the clock of the house."""
    place = workplace_of(request)
    return Cases(place.desks.of((who or who_of(request)).tenant).books, place.clock)


async def promise(request: Request, who: Who) -> Whose | None:
    """Of the promise that the address names: whoever has to see to it has it as their own."""
    named = named_in(request, "promise")
    return await to_thread.run_sync(_whose_of_one, cases_of(request, who), named, who) if named else None


def _whose_of_one(cases: Cases, named: UUID, who: Who) -> Whose | None:
    try:
        item = Ledger(cases).get(named)
    except UnknownItem:
        return None
    return whose_are((item,), cases, who).get(item.id)


def whose_are(items: Collection[Item[Any]], cases: Cases, who: Who) -> Mapping[UUID, Whose]:
    """Whose these tasks are for the caller; without those of teams that are not shown what is read."""
    shelf = cases.shelf
    shows = {team: rollout.shows for team, rollout in rollouts(shelf).items()}
    held = Holding(shelf).whose_of([item.conversation for item in items if item.conversation])
    absent, now = Absences(shelf, cases.now).now(), cases.now()
    found = {}
    for item in items:
        talk = held.get(item.conversation or "", Whose(shelf.tenant, item.team, item.owner))
        if shows.get(talk.team, False):
            theirs = isinstance(who, Person) and _is_theirs(item, who, talk, absent, now)
            found[item.id] = Whose(shelf.tenant, talk.team, who.id if theirs else item.owner)
    return found


def _is_theirs(item: Item[Any], who: Person, talk: Whose, absent: Mapping[UUID, Absence], now: datetime) -> bool:
    """Theirs by their word, by holding the conversation, by standing in; and of the team's what nobody else has."""
    seer = sees_to(item.owner, absent, now)
    nobody_has_it = talk.owner is None or seer is None
    return who.id in (item.owner, seer, talk.owner) or (nobody_has_it and talk.team in who.teams)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them to list: in these states, due by then, changed since then, those of `mine` alone."""

    states: tuple[StrEnum, ...]
    due_before: datetime | None = None
    changed_after: datetime | None = None
    mine: bool = False
    history: bool = False


def promises_for(who: Who, cases: Cases, wanted: Wanted) -> tuple[Item[Promised], ...]:
    """The promises that the caller sees, what is due first at the top."""
    return tasks_for(who, cases, Kind.PROMISE, Action.SEE_PROMISES, wanted)


def tasks_for(who: Who, cases: Cases, kind: Kind, action: Action, wanted: Wanted) -> tuple[Item[Any], ...]:
    """What somebody has to see to and the caller may see by this action, what is due first at the top."""
    sight = sight_of(who) or _NOTHING
    absent = Absences(cases.shelf, cases.now).now()
    found = cases.standing(
        kind,
        wanted.states,
        sight=sight,
        owners=[one for one in absent if sees_to(one, absent, cases.now()) in (None, who.id)],
        due_before=wanted.due_before,
        changed_after=wanted.changed_after,
        history=wanted.history,
    )
    whose = whose_are(found, cases, who)
    return tuple(item for item in found if _is_seen(item, whose, who, action, mine=wanted.mine))


def _is_seen(item: Item[Any], whose: Mapping[UUID, Whose], who: Who, action: Action, *, mine: bool) -> bool:
    of = whose.get(item.id)
    if of is None or not may(who, action, of):
        return False
    return not mine or of.owner == who.id
