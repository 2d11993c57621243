"""The API for help: a hand that goes up, whispers, joining, taking over with the packet, and a supervisor's list.

What asks for help programs may do for whoever answers; what gives it people do, with their session.
"""

from typing import Annotated

from anyio import to_thread
from fastapi import Query, Request

from levelhead.casework.asked_again import asked_again
from levelhead.casework.handover import Called, HandoverMove, HandoverState
from levelhead.casework.item import Item, Kind
from levelhead.casework.whisper import WhisperState
from levelhead.live.bus import ConversationChanged
from levelhead.live.helping import latest
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.storage.cases import Cases
from levelhead.web.consenting import Name
from levelhead.web.documented import api_router
from levelhead.web.gate import NotAllowed, asks, who_of, whose_of
from levelhead.web.help_deeds import HandTo, answer_grounds, ask, give
from levelhead.web.help_here import helpers_here
from levelhead.web.help_list import HelpList, help_list
from levelhead.web.help_talk import packet_of
from levelhead.web.help_wire import (
    GroundsIn,
    HandIn,
    HandOverIn,
    HelperOut,
    HelpOut,
    ListOut,
    PacketOut,
    RoomIn,
    RoomOut,
    WhisperIn,
    WhisperOut,
    line_out,
    packet_out,
)
from levelhead.web.refusals import Refusal
from levelhead.web.seeing import shown_to
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own, shelf_of
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)


@calls.get("/conversations/{conversation:path}/help")
@asks(Action.ASK_FOR_HELP, the_conversation, programs=True)
async def help_in(conversation: Name, request: Request) -> HelpOut:
    """The call for help that came last, the whispers, and who is here."""
    return await to_thread.run_sync(_told, request, conversation)


@calls.post("/conversations/{conversation:path}/help")
@asks(Action.ASK_FOR_HELP, the_conversation, programs=True)
async def raise_hand(conversation: Name, hand: HandIn, request: Request) -> HelpOut:
    """Raise a hand. One that is up stays up, with its time; nobody comes in time, and it is dropped and counted."""
    await ask(request, conversation, HandoverMove.RAISE, hand.line)
    return await to_thread.run_sync(_told, request, conversation)


@calls.delete("/conversations/{conversation:path}/help")
@asks(Action.ASK_FOR_HELP, the_conversation, programs=True)
async def withdraw(conversation: Name, request: Request) -> HelpOut:
    """Withdraw the hand or the hand-over; 409 where there is none."""
    await ask(request, conversation, HandoverMove.WITHDRAW)
    return await to_thread.run_sync(_told, request, conversation)


@calls.post("/conversations/{conversation:path}/help/hand-over")
@asks(Action.ASK_FOR_HELP, the_conversation, programs=True)
async def hand_over(conversation: Name, to: HandOverIn, request: Request) -> HelpOut:
    """Offer the conversation to a supervisor who is here and free; `sentence` is what to tell the customer."""
    await ask(request, conversation, HandoverMove.PREPARE, to=HandTo(to.to, to.why, to.contact))
    await ask(request, conversation, HandoverMove.OFFER)
    return await to_thread.run_sync(_told, request, conversation)


@calls.get("/conversations/{conversation:path}/packet")
@asks(Action.ASK_FOR_HELP, the_conversation, programs=True)
async def packet(
    conversation: Name, request: Request, until: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None
) -> PacketOut:
    """The packet of a hand-over as it would go along now, or as it was after turn `until`."""
    place, who = workplace_of(request), who_of(request)
    books = place.desks.of(who.tenant).books
    timeline = await shown_to(request, await to_thread.run_sync(books.timeline, conversation))
    cases = Cases(books, place.clock)
    call = await to_thread.run_sync(latest, cases, conversation)
    over = call.body.over_after if call and call.state == HandoverState.TAKEN_OVER else None
    made = await to_thread.run_sync(packet_of, cases, conversation, timeline, until)
    again = () if over is None else asked_again(timeline, over)
    return packet_out(made, again)


@of_people.post("/conversations/{conversation:path}/help/acknowledge")
@asks(Action.GIVE_HELP, the_conversation)
async def acknowledge(conversation: Name, request: Request) -> HelpOut:
    """Say that one has seen the hand and sees to it; 409 where somebody has already."""
    return await _given(request, conversation, HandoverMove.SEE)


@of_people.post("/conversations/{conversation:path}/help/join")
@asks(Action.GIVE_HELP, the_conversation)
async def join(conversation: Name, request: Request) -> HelpOut:
    """Join, called or not. One's turns are sent with the speaker `supervisor`; the conversation stays where it is."""
    return await _given(request, conversation, HandoverMove.JOIN)


@of_people.post("/conversations/{conversation:path}/help/leave")
@asks(Action.GIVE_HELP, the_conversation)
async def leave(conversation: Name, request: Request) -> HelpOut:
    """Leave what one has joined."""
    return await _given(request, conversation, HandoverMove.LEAVE)


@of_people.post("/conversations/{conversation:path}/help/take-over")
@asks(Action.GIVE_HELP, the_conversation)
async def take_over(conversation: Name, request: Request) -> HelpOut:
    """Have the conversation from here on; whoever held it can open it no longer."""
    return await _given(request, conversation, HandoverMove.TAKE_OVER)


@of_people.post("/conversations/{conversation:path}/whispers")
@asks(Action.GIVE_HELP, the_conversation)
async def whisper(conversation: Name, said: WhisperIn, request: Request) -> HelpOut:
    """Say something to the one who answers, live and to nobody else; secrets in it are masked before it is kept."""
    return await _given(request, conversation, HandoverMove.ANSWER, said.words)


@of_people.post("/conversations/{conversation:path}/grounds", status_code=204)
@asks(Action.GIVE_HELP, the_conversation)
async def answer(conversation: Name, answered: GroundsIn, request: Request) -> None:
    """Acknowledge why a conversation stands in the list, once for the whole team, or disagree, or take that back."""
    await answer_grounds(request, conversation, answered.answer, tuple(answered.grounds))


@of_people.get("/help")
@asks(Action.SEE_SUPERVISOR_LIST, own)
async def where_to_help(request: Request) -> ListOut:
    """Where one can help: open conversations ranked by what can still be changed, down to one's capacity."""
    return await to_thread.run_sync(_list, request)


@of_people.put("/help/room")
@asks(Action.SEE_SUPERVISOR_LIST, own)
async def room(said: RoomIn, request: Request) -> RoomOut:
    """Say whether one is free, for how many at a time, and how customers reach one."""
    place, person = workplace_of(request), _person(request)
    known = {name: value for name, value in said.model_dump().items() if value is not None}
    now = place.presence.say(person.id, **known)
    place.desks.of(person.tenant).bus.publish(ConversationChanged(""))
    return RoomOut(free=now.free, capacity=now.capacity, contact=now.contact)


async def _given(request: Request, conversation: str, move: HandoverMove, words: str = "") -> HelpOut:
    await give(request, conversation, move, words)
    return await to_thread.run_sync(_told, request, conversation)


def _told(request: Request, conversation: str) -> HelpOut:
    place, who, shelf = workplace_of(request), who_of(request), shelf_of(request, who_of(request))
    cases, whose, now = Cases(place.desks.of(who.tenant).books, place.clock), whose_of(request), place.clock()
    call: Item[Called] | None = latest(cases, conversation)
    called = call.body if call else Called()
    readers = place.presence.readers(who.tenant, conversation, now)
    return HelpOut(
        state=HandoverState(call.state) if call else None,
        line=called.line,
        until=call.due_at if call else None,
        asked_by=called.asked_by,
        helper=called.helper,
        to=called.handing.to if called.handing else None,
        sentence=called.handing.sentence if called.handing else "",
        over_after=called.over_after,
        whispers=_whispers(cases, conversation),
        here=[
            HelperOut(person=one.person.id, shown_as=one.person.shown_as, free=one.free)
            for one in helpers_here(shelf, place.presence, whose, now)
        ],
        reading_along=sum(one != whose.owner for one in readers),
    )


def _whispers(cases: Cases, conversation: str) -> list[WhisperOut]:
    said = (one for one in cases.of_conversation(conversation, Kind.WHISPER) if one.state == WhisperState.SAID)
    return [WhisperOut(words=one.body.words, by=one.body.by, at=one.opened_at, n=one.body.n) for one in said]


def _list(request: Request) -> ListOut:
    place, person = workplace_of(request), _person(request)
    books, room_now = place.desks.of(person.tenant).books, place.presence.room(person.id)
    found: HelpList | None = help_list(books, person, room_now, place.clock())
    if found is None:
        raise Refusal(404, "There is no list for this caller.")
    return ListOut(
        now=[line_out(line) for line in found.ranked.now],
        later=[line_out(line) for line in found.ranked.later],
        answered=[line_out(line) for line in found.ranked.answered],
        room=RoomOut(free=found.room.free, capacity=found.room.capacity, contact=found.room.contact),
        dropped=found.dropped,
        disagreed=dict(found.disagreed),
        handed_over=found.handed_over,
        asked_again=found.again,
    )


def _person(request: Request) -> Person:
    who = who_of(request)
    if not isinstance(who, Person):
        raise NotAllowed
    return who
