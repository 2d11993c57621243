"""What the demo's team decided about itself lately: a suggestion that waits for stronger feelings, and who is away."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from levelhead import packs
from levelhead.casework.standing_in import Absence
from levelhead.casework.teaching import proposed
from levelhead.demo.house import House
from levelhead.people.audit_actor import act_as
from levelhead.storage.opening_hours import Absences
from levelhead.storage.teaching import Teaching

_DECIDED: Final = timedelta(days=5)
_AWAY_SINCE, _AWAY_FOR = timedelta(hours=3), timedelta(days=2)
_WHY: Final = "Mostly waved away while people are calm; it stays for when they are not."


def settle(house: House, now: datetime) -> None:
    """Put it on the agenda."""
    house.agenda.add(now - _DECIDED, partial(_about_cards, house))
    house.agenda.add(now - _AWAY_SINCE, partial(_away, house, now + _AWAY_FOR))


async def _about_cards(house: House) -> None:
    act_as(house.staff.supervisor)
    team, teaching = house.whose.team, Teaching(house.books.shelf, house.agenda.now)
    if team is None:
        return
    counted, figures = teaching.counted(team, teaching.now() - packs.proposing().window), packs.proposing()
    for proposal in proposed(counted, teaching.settled(team), packs.load("en-GB"), figures, teaching.now())[:1]:
        teaching.approve(team, proposal, _WHY)


async def _away(house: House, until: datetime) -> None:
    hana, mateo = house.staff["hana"], house.staff["mateo"]
    act_as(hana)
    Absences(house.books.shelf, house.agenda.now).begin(Absence(hana.id, until, mateo.id))
