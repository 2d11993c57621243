"""Which conversations somebody sees in a list."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from levelhead.people.api_token import ApiToken
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Relation


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything of the tenant, or what `teams` have, what `holder` holds, and what nobody holds in `open_to`."""

    everything: bool = False
    teams: frozenset[UUID] = frozenset()
    holder: UUID | None = None
    open_to: frozenset[UUID] = frozenset()


EVERYTHING: Final = Sight(everything=True)
"""What the house itself sees, and whoever may read the whole tenant."""


def sight_of(who: Person | ApiToken) -> Sight | None:
    """What they see, exactly where `may_open` says yes; None for whoever sees no conversation at all."""
    reach, takes = reach_of(who, Action.READ_CONVERSATION), reach_of(who, Action.TAKE_CONVERSATION)
    if reach is None and takes is None:
        return None
    if reach is Relation.TENANT:
        return EVERYTHING
    teams = frozenset({who.team} if isinstance(who, ApiToken) and who.team else ())
    teams = who.teams if isinstance(who, Person) else teams
    return Sight(
        teams=teams if reach is Relation.TEAM else frozenset(),
        holder=who.id if reach is not None and isinstance(who, Person) else None,
        open_to=teams if takes is not None else frozenset(),
    )
