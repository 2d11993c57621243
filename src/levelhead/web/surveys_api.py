"""What customers said in surveys: by team and cause, with small counts left out, and never by person."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from anyio import to_thread
from fastapi import Request
from pydantic import BaseModel, Field

from levelhead.casework.survey import Tally
from levelhead.live.surveying import Surveys
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Relation
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.teams import Teams
from levelhead.web.documented import api_router
from levelhead.web.gate import Who, asks, who_of
from levelhead.web.promised import cases_of
from levelhead.web.things import own
from levelhead.web.workplace import workplace_of

DAYS: Final = 90
calls = api_router()


class TallyOut(BaseModel):
    """What was said of one cause in one team: at least five answers. A figure is null where fewer answered that."""

    team: UUID | None
    team_name: str
    cause: str = Field(description="What the conversations were about; empty where that was not clear.")
    answers: int
    satisfied: float | None = Field(description="The share that gave 4 or 5 of 5.")
    csat: float | None = Field(description="Mean, 1 to 5.")
    effort: float | None = Field(description="Mean, 1 to 7; 7: very easy.")
    words: list[str] = Field(
        description="What they wrote, in an order that says nothing; names of colleagues left out."
    )


@calls.get("/surveys")
@asks(Action.SEE_SURVEYS, own)
async def surveys(request: Request) -> list[TallyOut]:
    """The answers of the last 90 days by team and cause, for supervisors and analysts. They judge no person."""
    books = workplace_of(request).desks.of(who_of(request).tenant).books
    return list(await to_thread.run_sync(tallies_for, who_of(request), cases_of(request), books))


def tallies_for(who: Who, cases: Cases, books: Books) -> tuple[TallyOut, ...]:
    """What the caller may see of them: their teams', or everything."""
    reach = reach_of(who, Action.SEE_SURVEYS)
    teams = who.teams if isinstance(who, Person) else frozenset()
    sight = EVERYTHING if reach is Relation.TENANT else Sight(teams=teams)
    names = {team.id: team.name for team in Teams(books.shelf).all()}
    found = Surveys(books, cases, sends=False).tallies(sight, cases.now() - timedelta(days=DAYS))
    return tuple(_out(tally, names.get(tally.team, "") if tally.team else "") for tally in found)


def _out(tally: Tally, team: str) -> TallyOut:
    return TallyOut(
        team=tally.team,
        team_name=team,
        cause=tally.cause,
        answers=tally.answers,
        satisfied=_rounded(tally.satisfied),
        csat=_rounded(tally.csat),
        effort=_rounded(tally.effort),
        words=list(tally.words),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
