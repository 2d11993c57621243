"""How often promises were kept in time lately, by what the conversations were about, for whoever mends a process."""

from datetime import timedelta
from typing import Final

from pydantic import BaseModel

from levelhead.casework.item import Item, Kind
from levelhead.casework.keeping import Rate, rates
from levelhead.casework.promise import Promised, PromiseState
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Relation
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage.cases import MOST, Cases
from levelhead.web.gate import Who

DAYS: Final = 90
_ENDED = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.LATE)


class RateOut(BaseModel):
    """Of `promises`, `kept` were kept in time: between `low` and `high` of all such (95 %). `cause` `rest`: others."""

    cause: str
    kept: int
    promises: int
    low: float
    high: float

    @classmethod
    def of(cls, rate: Rate) -> "RateOut":
        """The rate, rounded to what it can say."""
        return cls(cause=rate.name, kept=rate.kept, promises=rate.of, low=round(rate.low, 3), high=round(rate.high, 3))


def rates_for(who: Who, cases: Cases) -> tuple[Rate, ...]:
    """The shares of the last DAYS days in what the caller may see of them: their teams, or everything."""
    reach = reach_of(who, Action.SEE_KEEPING)
    teams = who.teams if isinstance(who, Person) else frozenset()
    sight = EVERYTHING if reach is Relation.TENANT else Sight(teams=teams)
    return rates(_ended(cases, sight), cases.now(), _cause)


def _ended(cases: Cases, sight: Sight) -> list[Item[Promised]]:
    since, found, last = cases.now() - timedelta(days=DAYS), list[Item[Promised]](), None
    while True:
        some = cases.standing(Kind.PROMISE, _ENDED, sight=sight, due_after=since, behind=last, history=False)
        found += some
        if len(some) < MOST:
            return found
        last = some[-1]


def _cause(item: Item[Promised]) -> str:
    return item.body.cause
