"""What the demo's agents offered in the past: mostly within their authority; above it, asked for first."""

from datetime import timedelta
from functools import partial
from typing import Final

from levelhead.casework.remedy import RemedyState
from levelhead.casework.remedy_options import Authority, Facts, Option
from levelhead.demo.house import Held, House
from levelhead.live.approving import Approving
from levelhead.live.packs_in_force import packs_of
from levelhead.live.remedy_clock import RemedyClock
from levelhead.live.remedying import Remedying
from levelhead.storage.cases import NotNow

_OFFERS: Final = 0.75
_ACCEPTS: Final = 0.8
_ASKS: Final = 0.6
"""Of the conversations in which something is above the agent's authority: how often they ask for it."""
_YES, _NO = 0.6, 0.85
"""Shares, added up, of what a supervisor says to a request; what is left nobody answers in time."""
_MOST_LIKELY: Final = 4
_MUCH: Final = 18_500
"""Pence: above what an agent may give back."""
_SECONDS: Final = timedelta(seconds=1)
_WHY: Final = (
    "Third contact about the same thing, and the fault is ours.",
    "Was promised by us last week and did not happen.",
    "Long with us, and lost a day's pay over it.",
)
_REFUSED: Final = "Not for this one: the first repair has not been tried. Offer the visit, and I look again on Friday."


def after_talk(house: House, held: Held) -> None:
    """Look at what can be offered, and offer it, or ask for more."""
    if held.past.chance("offers").random() < _OFFERS:
        house.later(house.agenda.now() + 5 * _SECONDS, held.agent, held.id, partial(_look, house, held))


def ask(house: House, held: Held) -> bool:
    """Ask for what is above the agent's authority, if anything is, and leave the answer open; whether they asked."""
    above = _within_and_above(house, held, _MUCH)[1]
    if above:
        _at(house, held).request(above[0].key, _WHY[0], house.staff.supervisor, house.whose.team)
    return bool(above)


def _look(house: House, held: Held) -> None:
    within, above = _within_and_above(house, held)
    if above and held.past.chance("remedy").random() < _ASKS:
        _ask(house, held, above[0])
    elif within:
        _offer(house, held, within[0].key)


def _within_and_above(house: House, held: Held, amount: int | None = None) -> tuple[list[Option], list[Option]]:
    """What the agent may grant, and what they would have to ask for, once it is settled what went wrong."""
    remedying, team = _at(house, held), house.whose.team
    look = remedying.look(team)
    # Where it is not clear what went wrong, the page asks among what is likely, and the agent knows.
    wrong = look.wrong or (look.found.among[0] if 0 < len(look.found.among) <= _MOST_LIKELY else None)
    if wrong is None or look.state is not RemedyState.PROPOSED:
        return [], []
    if look.missing or look.wrong is None or amount:
        chance = held.past.chance("facts")
        amount = amount or look.facts.amount or chance.randint(12, 160) * 100
        remedying.settle(wrong, Facts(delivered=False, days_late=chance.randint(2, 6), amount=amount), team)
        look = remedying.look(team)
    within = [one for one in look.options if one.authority is Authority.GRANT]
    return within, [one for one in look.options if one.authority is Authority.ASK]


def _offer(house: House, held: Held, key: str) -> None:
    remedying, now = _at(house, held), house.agenda.now()
    remedying.offer(key, house.whose.team)
    if held.past.chance("accepts").random() < _ACCEPTS:
        house.later(now + 20 * _SECONDS, held.agent, held.id, lambda: _at(house, held).accept())
        house.later(now + 40 * _SECONDS, held.agent, held.id, lambda: _at(house, held).grant())
    else:
        house.later(now + 20 * _SECONDS, held.agent, held.id, lambda: _at(house, held).decline())


def _ask(house: House, held: Held, option: Option) -> None:
    sam, chance = house.staff.supervisor, held.past.chance("asks")
    remedying = _at(house, held)
    remedying.request(option.key, chance.choice(_WHY), sam, house.whose.team)
    item = remedying.look(house.whose.team).item
    lot = chance.random()
    if item is None or item.due_at is None:
        return
    if lot >= _NO:
        house.look_at(item.due_at + _SECONDS, RemedyClock)
        return
    approves = lot < _YES
    words = "" if approves else _REFUSED
    answered_at = house.agenda.now() + 70 * _SECONDS
    answer = partial(Approving(house.books, house.cases).answer, item.id, sam, approved=approves, words=words)
    house.later(answered_at, sam, held.id, answer)
    if approves:
        house.later(answered_at + 15 * _SECONDS, held.agent, held.id, partial(_offer_approved, house, held, option.key))


def _offer_approved(house: House, held: Held, key: str) -> None:
    if _at(house, held).look(house.whose.team).state is not RemedyState.APPROVED:
        raise NotNow("What was asked for is above what the supervisor may grant, too.")
    _offer(house, held, key)


def _at(house: House, held: Held) -> Remedying:
    timeline = house.books.timeline(held.id)
    return Remedying(
        house.books, house.cases, packs_of(house.books.shelf).remedies(held.past.locale), timeline, held.agent
    )
