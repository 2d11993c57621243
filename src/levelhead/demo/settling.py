"""What goes on in the demo's team: a suggestion that waits for stronger feelings, who is away, what is asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from anyio import to_thread

from levelhead import packs
from levelhead.casework.standing_in import Absence
from levelhead.casework.teaching import proposed
from levelhead.conversation import Channel
from levelhead.demo import remedying
from levelhead.demo.house import Held, House
from levelhead.live.editing import Editing
from levelhead.people.audit_actor import act_as
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.storage.opening_hours import Absences
from levelhead.storage.teaching import Teaching
from levelhead.storage.tokens import Tokens

_DECIDED: Final = timedelta(days=5)
_AWAY_SINCE, _AWAY_FOR = timedelta(hours=3), timedelta(days=2)
_ASKED_SINCE: Final = timedelta(minutes=15)
_ASKED: Final = 2
_MADE: Final = timedelta(days=16)
_OPENS_FOR: Final = timedelta(days=90)
_PROGRAMS: Final = (
    ("Telephone system", frozenset({Action.HEAR_TURN, Action.SEE_PLANS})),
    ("Helpdesk", frozenset({Action.READ_CONVERSATION, Action.SEE_PROMISES, Action.SEE_COMPLAINTS})),
    ("Chat of the old shop", frozenset({Action.HEAR_TURN})),
)
"""Programs and what they may do; the last one is not in use any more. Nobody ever sees their secrets."""
_EDITED: Final = timedelta(days=9)
_IN_FORCE: Final = "remedies.en-GB"
_EDITIONS: Final = (
    (_IN_FORCE, "email = 120", "email = 180", "On Mondays two hours were too short, and requests came back unread."),
    (
        "en-GB",
        "we didn't do what we said we would",
        "we said we would, and we didn't",
        "Easier to say aloud.",
    ),
)
"""Packs, what stood there, what stands there now, and why."""
_WHY: Final = "Mostly waved away while people are calm; it stays for when they are not."


def settle(house: House, held: Iterable[Held], now: datetime) -> None:
    """Put it on the agenda."""
    house.agenda.add(now - _ASKED_SINCE, partial(_ask, house, tuple(held)))
    house.agenda.add(now - _MADE, partial(_programs, house))
    house.agenda.add(now - _EDITED, partial(_packs, house))
    house.agenda.add(now - _DECIDED, partial(_about_cards, house))
    house.agenda.add(now - _AWAY_SINCE, partial(_away, house, now + _AWAY_FOR))


async def _programs(house: House) -> None:
    """Programs of the house have tokens; one of these has been ended."""
    act_as(house.staff["alex"])
    await to_thread.run_sync(_let_in, Tokens(house.books.shelf, house.agenda.now), house.staff["alex"])


def _let_in(tokens: Tokens, by: Person) -> None:
    if tokens.all():
        return
    made = [tokens.add(name, may, _OPENS_FOR, made_by=by.id) for name, may in _PROGRAMS]
    tokens.end(made[-1].token.id)


async def _packs(house: House) -> None:
    """One pack is edited and in force; of another a draft waits for somebody who looks at what it would change."""
    act_as(house.staff["alex"])
    await to_thread.run_sync(_edit, Editing(house.books.shelf, house.agenda.now))


def _edit(editing: Editing) -> None:
    for name, was, is_now, why in _EDITIONS:
        if not editing.standing(name).editions:
            edition = editing.write(name, packs.text_of(name).replace(was, is_now, 1), why, 0)
            if name == _IN_FORCE:
                editing.put_in_force(name, edition.number)


async def _ask(house: House, held: Sequence[Held]) -> None:
    """Two have just asked for more than they may grant; on this channel the answer has time."""
    mails = [one for one in held if one.past.channel is Channel.EMAIL and one.over <= house.agenda.now()]
    asked = 0
    for one in reversed(mails):
        act_as(one.agent)
        asked += await to_thread.run_sync(remedying.ask, house, one)
        if asked == _ASKED:
            return


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
