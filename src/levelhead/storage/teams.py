"""The teams of one tenant."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from levelhead.people.audit import Deed
from levelhead.people.team import Rollout, Team
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused

_ALL = select(tables.team).order_by(tables.team.c.id)
_ROLLOUT = select(tables.team.c.rollout).where(tables.team.c.id == bindparam("team"))


class UnknownTeam(Refused):
    """There is no team of this name."""


class Teams:
    """The teams of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> tuple[Team, ...]:
        """In the order in which they were made."""
        return self._shelf.once("teams", self._all)

    def rollout(self, team: UUID) -> Rollout:
        """How far Levelhead has come in this team; a team that is not there is off."""
        with self._shelf.reading() as connection:
            found = connection.scalar(_ROLLOUT, {"team": team})
        return Rollout(found) if found else Rollout.OFF

    def named(self, name: str) -> Team:
        """The one of this name; raises UnknownTeam."""
        teams = self.all()
        for team in teams:
            if team.name == name:
                return team
        raise UnknownTeam(f"There is no team {name!r}. There are: {', '.join(team.name for team in teams)}.")

    def add(self, name: str, rollout: Rollout) -> Team:
        """A new team. Raises CannotKeep where the tenant has one of this name."""
        team = Team(new_id(), name, rollout)
        with self._shelf.writing() as connection:
            add_team(connection, team)
            note(connection, Deed.TEAM_ADDED, team.id)
        return team

    def roll_out(self, team: UUID, rollout: Rollout) -> None:
        """Say how far Levelhead has come in this team."""
        with self._shelf.writing() as connection:
            mine = tables.team.c.id == team
            connection.execute(update(tables.team).where(mine).values(rollout=rollout.value))
            note(connection, Deed.ROLLOUT_CHANGED, f"{team}:{rollout}")

    def _all(self) -> tuple[Team, ...]:
        with self._shelf.reading() as connection:
            return tuple(Team(row.id, row.name, Rollout(row.rollout)) for row in connection.execute(_ALL))


def add_team(connection: Connection, team: Team) -> None:
    """Add a team in a transaction that is open for its tenant."""
    row = {"id": team.id, "name": team.name, "rollout": team.rollout.value}
    connection.execute(insert(tables.team), row)
