"""Which team a conversation is of: its own where it is known, else the one that its first turn names."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.channels.fields import Fields
from levelhead.people.api_token import ApiToken
from levelhead.people.person import Whose
from levelhead.people.team import Team
from levelhead.storage.teams import Teams
from levelhead.web.gate import Who, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.things import is_new, shelf_of

FIELD = "team"


class Named(NamedTuple):
    """What a request calls the team, and in which field; None where it names none."""

    team: str | None
    field: str = FIELD


async def placed(request: Request, named: Named) -> Whose:
    """Whose the conversation is that the request was let through to; a new one goes to the team that it names.

    Where it names none, to the token's or the only one. Raises Refusal (422) where that leaves a choice, where the team
    is none of the caller's, or where the conversation is of another one already.
    """
    who, whose = who_of(request), whose_of(request)
    if not is_new(request) and named.team is None:
        return whose
    teams = await to_thread.run_sync(Teams(shelf_of(request, who)).all)
    if not is_new(request):
        _check_same(teams, whose, named)
        return whose
    request.state.whose = replace(whose, team=_chosen(_open_to(who, teams), whose, named))
    return whose_of(request)


def team_in(value: object) -> Named:
    """The team that the rows of a request name; raises Malformed where it is no name or they name several."""
    rows = value if isinstance(value, list) else [value]
    found = Named(None)
    for index, row in enumerate(rows):
        fields = Fields(row, path=f"[{index}]." if isinstance(value, list) else "")
        team = fields.name_or_none(FIELD)
        if team is not None and found.team not in (None, team):
            raise fields.bad(FIELD, "the same team in every turn of a conversation")
        if team is not None and found.team is None:
            found = Named(team, fields.path + FIELD)
    return found


def _open_to(who: Who, teams: tuple[Team, ...]) -> tuple[Team, ...]:
    """The teams in which the caller may begin a conversation."""
    if isinstance(who, ApiToken):
        return tuple(team for team in teams if who.team in (None, team.id))
    return tuple(team for team in teams if team.id in who.teams)


def _chosen(teams: tuple[Team, ...], whose: Whose, named: Named) -> UUID | None:
    if named.team is None:
        if whose.team is not None or not teams:
            return whose.team
        if len(teams) == 1:
            return teams[0].id
        raise _refusal(teams, named)
    team = _called(teams, named.team)
    if team is None:
        raise _refusal(teams, named)
    return team.id


def _check_same(teams: tuple[Team, ...], whose: Whose, named: Named) -> None:
    team = _called(teams, named.team or "")
    if team is None or team.id != whose.team:
        own = next(
            (f"{known.name}, whose it is" for known in teams if known.id == whose.team), "no team, as it has none"
        )
        raise Refusal(422, f"expected {own}, found {named.team!r}", field=named.field)


def _called(teams: tuple[Team, ...], name: str) -> Team | None:
    """The team of this name or id; of names that differ in capitals only, the one written the same."""
    exact = (team for team in teams if name in (team.name, str(team.id)))
    alike = (team for team in teams if team.name.casefold() == name.casefold())
    return next(exact, None) or next(alike, None)


def _refusal(teams: tuple[Team, ...], named: Named) -> Refusal:
    found = "nothing" if named.team is None else repr(named.team)
    listed = ", ".join(team.name for team in teams) or "none"
    return Refusal(422, f"expected the team of this new conversation ({listed}), found {found}", field=named.field)
