"""Whether it worked: the demo's people go through what is due each morning, ask, and write down what they hear."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from levelhead.casework.follow_up import FollowUp, FollowUpState, Way, WhyNot
from levelhead.casework.item import Item, Kind
from levelhead.demo.house import House
from levelhead.demo.past import SEED
from levelhead.live.follow_ups import FollowUps
from levelhead.people.person import Person

_HOUR: Final = 10
_LEFT: Final = timedelta(days=2)
"""What fell due this lately some have not got to yet."""
_BUSY: Final = 0.5
WORKED, NOT_WORKED, ASKED, NOT_NEEDED = 0.55, 0.65, 0.85, 0.95
"""Shares, added up, of what comes of a follow-up; what is left stays for another day."""
_GLAD: Final = ("It holds, they say.", "Works since the same evening.", "Money is there. They said thank you.")
_SORRY: Final = ("It went wrong again on Sunday.", "Half of it came, the rest did not.")


def rounds(house: House) -> None:
    """One round a morning."""
    day = house.agenda.now().astimezone(house.agenda.until.tzinfo).replace(hour=_HOUR, minute=0, second=0)
    while day <= house.agenda.until:
        house.agenda.add(day, partial(_round, house, day))
        day += timedelta(days=1)


async def _round(house: House, day: datetime) -> None:
    states = (FollowUpState.TO_DO, FollowUpState.ASKED)
    for place, item in enumerate(house.cases.standing(Kind.FOLLOW_UP, states, due_before=day)):
        chance = Random(f"{SEED}:{item.conversation}:{item.body.occasion}:{day.date() - house.agenda.until.date()}")  # noqa: S311 - nobody's secret
        if house.agenda.until - day < _LEFT and chance.random() < _BUSY:
            continue
        by = next((one for one in house.staff.agents if one.id == item.owner), house.staff["mateo"])
        at = day + timedelta(minutes=3 * place)
        house.later(at, by, item.conversation or "", partial(_see_to, house, item, by, chance))


def _see_to(house: House, item: Item[FollowUp], by: Person, chance: Random) -> None:
    follow_ups, lot = FollowUps(house.cases), chance.random()
    if lot < WORKED:
        follow_ups.answer(item.id, by.id, worked=True, words=chance.choice(_GLAD))
    elif lot < NOT_WORKED:
        follow_ups.answer(item.id, by.id, worked=False, words=chance.choice(_SORRY))
        follow_ups.go_on(item.id, by.id, Way.CALL)
    elif lot < ASKED and item.state == FollowUpState.TO_DO:
        follow_ups.tell(item.id, by.id)
    elif lot < ASKED:
        follow_ups.give_up(item.id)
    elif lot < NOT_NEEDED:
        follow_ups.call_off(item.id, WhyNot.NOT_NEEDED, "They wrote of their own accord that all is well.")
