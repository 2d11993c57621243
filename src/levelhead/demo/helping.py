"""Hands raised in the demo's past: seen, answered by a whisper, joined, taken over, and now and then by nobody."""

from datetime import timedelta
from functools import partial
from typing import Final

from levelhead import packs
from levelhead.conversation import Channel, Cue, Heard, Speaker
from levelhead.demo.house import Held, House
from levelhead.live.help_clock import HelpClock
from levelhead.live.helping import Helping, Talk, standing

_SPOKEN: Final = frozenset({Channel.VOICE, Channel.CHAT, Channel.IN_PERSON})
_RAISES: Final = 0.7
_COMES, _WHISPERS, _JOINS = 0.75, 0.45, 0.75
"""How often somebody comes; then, added up, by a whisper, by joining, else by taking over."""
_LINES: Final = (
    "Asks for a manager and has every reason to.",
    "May I go above the limit here?",
    "Third call about this; I need somebody who can decide.",
)
_WHISPERED: Final = (
    "Name the day and the hour. Then stop apologising.",
    "You may give the full month back. Say it first.",
    "Ask what would put it right for them, and wait.",
)


def after_turn(house: House, held: Held, heard: Heard) -> None:
    """Raise a hand where the customer asks for somebody above."""
    is_asked = heard.turn.speaker is Speaker.CUSTOMER and heard.reading.shows(Cue.ASKS_SUPERVISOR)
    if not is_asked or held.past.channel not in _SPOKEN or standing(house.cases, held.id):
        return
    chance = held.past.chance("help")
    if chance.random() > _RAISES:
        return
    now, sam = house.agenda.now(), house.staff.supervisor
    helping = Helping(house.cases, _talk(house, held, heard.turn.n))
    line = chance.choice(_LINES)
    house.later(now + _seconds(1), held.agent, held.id, partial(helping.raise_hand, held.agent.id, line))
    if chance.random() > _COMES:
        house.look_at(now + _talk(house, held, heard.turn.n).limit + _seconds(2), HelpClock)
        return
    lot = chance.random()
    house.later(now + _seconds(3), sam, held.id, partial(helping.see, sam.id))
    if lot < _WHISPERS:
        words = chance.choice(_WHISPERED)
        house.later(now + _seconds(6), sam, held.id, partial(helping.whisper, sam.id, words))
        house.later(held.over, held.agent, held.id, helping.withdraw)
    elif lot < _JOINS:
        house.later(now + _seconds(6), sam, held.id, partial(helping.join, sam.id))
        house.later(held.over, sam, held.id, helping.leave)
    else:
        house.later(now + _seconds(6), sam, held.id, partial(helping.take_over, sam.id))


def _talk(house: House, held: Held, n: int) -> Talk:
    return Talk(held.id, house.whose.team, n, packs.help_pack(held.past.locale).limits[held.past.channel])


def _seconds(count: int) -> timedelta:
    return timedelta(seconds=count)
