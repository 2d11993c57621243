"""Who sees to something while its owner is away: the stand-in they named, and where there is none, the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from levelhead.casework.promise import PromiseState


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away until then; `stand_in` sees to what is theirs, the team where None."""

    person: UUID
    until: datetime
    stand_in: UUID | None = None


class Whom(StrEnum):
    """Who is reminded."""

    OWNER = "owner"
    STAND_IN = "stand_in"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Who is reminded of a promise; `person` is the one who sees to it, None where anybody of the team may."""

    whom: Whom
    person: UUID | None


def reminder(owner: UUID | None, state: str, away: Mapping[UUID, Absence], now: datetime) -> Reminder:
    """Whom to remind of what is in this state: before it is due whoever sees to it, from then on the team with them."""
    person = sees_to(owner, away, now)
    if person is None or state != PromiseState.DUE_SOON:
        return Reminder(Whom.TEAM, person)
    return Reminder(Whom.OWNER if person == owner else Whom.STAND_IN, person)


def sees_to(owner: UUID | None, away: Mapping[UUID, Absence], now: datetime) -> UUID | None:
    """Who has to see to what is this person's: they, or along the line of stand-ins the first who is there."""
    asked: set[UUID] = set()
    person = owner
    while person is not None and person not in asked:
        absence = away.get(person)
        if absence is None or absence.until <= now:
            return person
        asked.add(person)
        person = absence.stand_in
    return None


def stands_in_for(person: UUID, away: Mapping[UUID, Absence], now: datetime) -> frozenset[UUID]:
    """Whose things this person sees to now, besides their own."""
    return frozenset(one for one in away if one != person and sees_to(one, away, now) == person)
