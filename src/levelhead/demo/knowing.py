"""What the demo's team knows of customers who came by: what makes it easier for them, and who is the same person."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from levelhead.casework.profile import Need, Profile, Teller
from levelhead.conversation import Channel
from levelhead.demo.house import Held, House
from levelhead.demo.past import reference
from levelhead.storage.customers import Customers
from levelhead.storage.merging import Merging
from levelhead.storage.profiles import Profiles

_TELLS: Final = 0.14
_A_WHILE: Final = timedelta(minutes=8)


def _need(adjustment: str, need: str = "", teller: Teller = Teller.CUSTOMER) -> Callable[[date], Profile]:
    return lambda on: Profile(needs=(Need(adjustment, teller, on, agreed=True, need=need),))


_TOLD: Final = (
    _need("Speak a little slower, and say dates twice", "Hears with two aids"),
    _need("Write instead of ringing", "Cannot take calls at work"),
    _need("Letters in large print, 16 point", "Sees little"),
    _need("Her daughter may speak for her", "Finds long calls tiring", Teller.SPEAKS_FOR_THEM),
    _need("One question at a time"),
)


def after_talk(house: House, held: Held) -> None:
    """Write down what they asked for, and put two accounts of one person together."""
    chance, at = held.past.chance("knows"), house.agenda.now() + _A_WHILE
    if chance.random() < _TELLS:
        told = chance.choice(_TOLD)(held.began.date())
        house.later(at, held.agent, held.id, partial(_keep, house, held, told))
    if held.past.channel is Channel.SOCIAL:
        house.later(at, house.staff.supervisor, held.id, partial(_put_together, house, held))


def _keep(house: House, held: Held, profile: Profile) -> None:
    customer = Customers(house.books.shelf, house.books.vault).of(held.id)
    if customer is not None:
        Profiles(house.books, house.agenda.now).keep(customer, profile)


def _put_together(house: House, held: Held) -> None:
    customers = Customers(house.books.shelf, house.books.vault)
    here, known = customers.of(held.id), customers.referred(reference(held.past.customer))
    merging = Merging(house.books.shelf, house.agenda.now)
    if here and known and len(merging.of(here)) == 1:
        merging.merge(here, known)
