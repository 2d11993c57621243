"""Help as it is asked for and given over HTTP, by forms and by the API alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.handover import HandoverMove, HandoverState, Why
from levelhead.casework.item import Kind
from levelhead.casework.where_to_help import (
    ANSWER,
    AnswerMove,
    AnswerState,
    GroundAnswered,
    GroundKind,
)
from levelhead.conversation import Timeline
from levelhead.live.helping import Helping, standing
from levelhead.live.packs_in_force import packs_of
from levelhead.live.speaking import told_language
from levelhead.people.person import Person, Whose
from levelhead.storage.cases import Cases, UnknownItem
from levelhead.storage.refusals import Refused
from levelhead.web.forms import BadForm
from levelhead.web.gate import NotHere, who_of, whose_of
from levelhead.web.help_here import helpers_here
from levelhead.web.help_list import ground_key
from levelhead.web.help_talk import Told, handing_of, talk_of
from levelhead.web.things import shelf_of
from levelhead.web.workplace import workplace_of


class NotFree(Refused):
    """Whoever is to have it is not here, or not free."""


class HandTo(NamedTuple):
    """To whom a conversation is to go, why, and how the customer reaches them; '' for what they say of themselves."""

    to: UUID
    why: Why
    contact: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that was let through to a conversation, and what help needs of it."""

    request: Request
    conversation: str
    cases: Cases
    timeline: Timeline
    whose: Whose

    @property
    def helping(self) -> Helping:
        return Helping(self.cases, talk_of(self.conversation, self.timeline, self.whose, packs_of(self.cases.shelf)))

    @property
    def person(self) -> UUID | None:
        who = who_of(self.request)
        return who.id if isinstance(who, Person) else None


async def ask(
    request: Request, conversation: str, move: HandoverMove, line: str = "", to: HandTo | None = None
) -> None:
    """Do what whoever answers asks for. Raises NotNow, or NotFree where nobody of this id is here and free."""
    asked = await _asked(request, conversation)
    deeds: Mapping[HandoverMove, Callable[[], None]] = {
        HandoverMove.RAISE: lambda: asked.helping.raise_hand(asked.person, line),
        HandoverMove.PREPARE: lambda: _prepare(asked, to),
        HandoverMove.OFFER: asked.helping.offer,
        HandoverMove.WITHDRAW: asked.helping.withdraw,
    }
    await _change(asked, deeds[move])


async def give(request: Request, conversation: str, move: HandoverMove, words: str = "") -> None:
    """Do what whoever helps does. Raises NotNow."""
    asked = await _asked(request, conversation)
    helper = asked.person
    if helper is None:
        raise NotHere
    deeds: Mapping[HandoverMove, Callable[[], None]] = {
        HandoverMove.SEE: lambda: asked.helping.see(helper),
        HandoverMove.ANSWER: lambda: asked.helping.whisper(helper, words),
        HandoverMove.JOIN: lambda: asked.helping.join(helper),
        HandoverMove.LEAVE: asked.helping.leave,
        HandoverMove.TAKE_OVER: lambda: asked.helping.take_over(helper),
    }
    await _change(asked, deeds[move])


async def answer_grounds(
    request: Request, conversation: str, move: AnswerMove, grounds: tuple[GroundKind, ...]
) -> None:
    """Keep what a supervisor said to these grounds. A hand is acknowledged by seeing to it, and has no disagreeing."""
    asked = await _asked(request, conversation)
    await _change(asked, lambda: _answer(asked, move, grounds))


def grounds_in(written: str) -> tuple[GroundKind, ...]:
    """The grounds that a form names."""
    named = written.split()
    if not named or not set(named) <= set(GroundKind):
        raise BadForm
    return tuple(GroundKind(one) for one in named)


async def _asked(request: Request, conversation: str) -> _Asked:
    place, who = workplace_of(request), who_of(request)
    desk = place.desks.of(who.tenant)
    timeline = await to_thread.run_sync(desk.books.timeline, conversation)
    if not timeline:
        raise NotHere
    return _Asked(request, conversation, Cases(desk.books, place.clock), timeline, whose_of(request))


async def _change(asked: _Asked, deed: Callable[[], None]) -> None:
    desk = workplace_of(asked.request).desks.of(who_of(asked.request).tenant)
    await desk.change(asked.conversation, deed)


def _prepare(asked: _Asked, to: HandTo | None) -> None:
    place, shelf = workplace_of(asked.request), shelf_of(asked.request, who_of(asked.request))
    found = helpers_here(shelf, place.presence, asked.whose, place.clock())
    helper = next((one for one in found if to and one.free and one.person.id == to.to), None)
    if to is None or helper is None:
        raise NotFree("They are not here any more, or not free. Choose somebody else, or raise your hand.")
    contact = to.contact or helper.contact
    told = Told(asked.timeline, told_language(place.desks.of(shelf.tenant).books, asked.conversation), packs_of(shelf))
    handing = handing_of(told, to.to, helper.person.shown_as, to.why, contact)
    asked.helping.prepare(asked.person, handing)


def _answer(asked: _Asked, move: AnswerMove, grounds: tuple[GroundKind, ...]) -> None:
    called = {GroundKind.HAND, GroundKind.HANDED} & set(grounds)
    if called and move is AnswerMove.ACKNOWLEDGE and asked.person:
        call = standing(asked.cases, asked.conversation)
        if call and call.state in (HandoverState.RAISED, HandoverState.OFFERED):
            asked.helping.see(asked.person)
    for ground in grounds:
        if ground not in called:
            _answer_one(asked, move, ground)


def _answer_one(asked: _Asked, move: AnswerMove, ground: GroundKind) -> None:
    cases, key = asked.cases, ground_key(asked.conversation, ground)
    try:
        known = cases.keyed(Kind.GROUND_ANSWER, key)
    except UnknownItem:
        if move in ANSWER.begins:
            begin = partial(cases.opening, machine=ANSWER, move=move, conversation=asked.conversation)
            cases.write(begin(Kind.GROUND_ANSWER, key, GroundAnswered(ground), team=asked.whose.team))
        return
    if move in ANSWER.moves(AnswerState(known.state)):
        cases.write(cases.moving(known.id, ANSWER, AnswerState, move))
