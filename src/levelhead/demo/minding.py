"""What the demo's agents said to cards, and what they did about the boundaries that were proposed to them."""

from datetime import timedelta
from functools import partial
from typing import Final

from levelhead.casework.boundary import BoundaryState, Rung, may_end, must_ask_first
from levelhead.conversation import Card, Heard, Speaker
from levelhead.demo.house import Held, House
from levelhead.live.bounds import Bounds
from levelhead.live.climbing import boundary_of
from levelhead.storage.records import CardAnswer

_READS: Final = timedelta(seconds=1)
UNFITTING: Final = frozenset({"repair_letter", "promise_vague_letter"})
"""Rules whose cards this team mostly waves away: so that there is something to decide about suggestions."""
_LEFT: Final = 0.25
_ENDS: Final = 0.2


def after_turn(house: House, held: Held, heard: Heard) -> None:
    """Answer the card, and say the rung that is proposed or pass it over."""
    card = heard.advice.card
    if card is not None:
        house.agenda.add(house.agenda.now() + _READS, partial(_answer, house, held, card))
    if heard.turn.speaker is Speaker.CUSTOMER:
        return
    boundary = boundary_of(house.cases, held.id)
    if boundary is None or boundary.body.due is None:
        return
    bounds, due = Bounds(house.books, house.cases, house.agenda.now), boundary.body.due
    if must_ask_first(boundary.body) and due is Rung.FINAL_WARNING:
        house.later(house.agenda.now(), held.agent, held.id, partial(bounds.asked, held.id))
    if due is not Rung.ENDING and held.past.chance(f"rung {heard.turn.n}").random() < _LEFT:
        house.later(house.agenda.now(), held.agent, held.id, partial(bounds.not_needed, held.id))
    else:
        house.later(house.agenda.now(), held.agent, held.id, partial(bounds.said, held.id, due))


def after_talk(house: House, held: Held) -> None:
    """End the contact where the ladder allows it; whoever threatened twice is not spoken with on."""
    boundary = boundary_of(house.cases, held.id)
    if boundary is None or not may_end(BoundaryState(boundary.state), boundary.body):
        return
    if held.past.chance("ends").random() > _ENDS:
        return
    bounds = Bounds(house.books, house.cases, house.agenda.now)
    house.later(house.agenda.now(), held.agent, held.id, partial(bounds.end, held.id))


async def _answer(house: House, held: Held, card: Card) -> None:
    chance = held.past.chance(card.id)
    shares = (8, 72, 10) if card.rule in UNFITTING else (70, 9, 4)
    left = max(0, 100 - sum(shares))
    answer = chance.choices((CardAnswer.USED, CardAnswer.NOT_NOW, CardAnswer.WRONG, None), (*shares, left))[0]
    if answer is not None:
        await house.desk.answer(held.id, card.id, answer)
