"""The notes of the demo's past: looked through and sealed soon after the end, now and then with a line of one's own."""

from datetime import timedelta
from functools import partial
from typing import Final

from levelhead.demo.house import Held, House
from levelhead.live.noting import About, Notes

SEALED: Final = 0.93
_OWN_LINE: Final = 0.12
_ADDED: Final = 0.06
_LINES: Final = (
    "Prefers a message to a call before noon.",
    "Neighbour at number 12 can take it in.",
    "Has the letter and the photos ready if somebody asks.",
    "Asked that nobody reads out the script again.",
)
_LATER: Final = (
    "They wrote again to say that it works.",
    "The other department confirmed it today.",
    "Nobody answered when I rang; I left a message.",
)
_LOOKS_THROUGH: Final = timedelta(seconds=95)
_A_DAY: Final = timedelta(hours=20)


def after_talk(house: House, held: Held) -> None:
    """Seal the note, unless somebody was called away; what is of today may still wait."""
    chance = held.past.chance("note")
    if chance.random() > SEALED:
        return
    by = house.holder(held.id) or held.agent
    notes, about = Notes(house.cases), partial(_about, house, held)
    at = house.agenda.now() + _LOOKS_THROUGH * chance.uniform(0.6, 2.0)

    def seal() -> None:
        if chance.random() < _OWN_LINE:
            notes.write(about(), chance.choice(_LINES))
        notes.seal(about(), by.id)

    house.later(at, by, held.id, seal)
    if chance.random() < _ADDED:
        words = chance.choice(_LATER)
        house.later(at + _A_DAY, by, held.id, lambda: notes.add(about(), by.id, words))


def _about(house: House, held: Held) -> About:
    return About(held.id, house.books.timeline(held.id), house.whose.team, held.past.locale)
