"""What people do about help on their pages: raise a hand, hand over, whisper, join, take over, answer a ground."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.handover import HELPS, HandoverMove, Why
from levelhead.casework.where_to_help import AnswerMove
from levelhead.live.bus import ConversationChanged
from levelhead.people.permission import Action
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.help_deeds import HandTo, answer_grounds, ask, give, grounds_in
from levelhead.web.rendering import Page, here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own

MOST_CAPACITY = 9
MOST_CONTACT = 120
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


@router.post("/conversations/{conversation:path}/hand")
@asks(Action.ASK_FOR_HELP, the_conversation)
async def hand(conversation: str, request: Request, page: Asked) -> Response:
    """Raise or withdraw a hand; prepare a hand-over, or make it."""
    form = await form_of(request)
    move = _move(form("do"))
    to = HandTo(_id(form("to")), _why(form("why")), form("contact")[:MOST_CONTACT]) if form("to") else None
    if move in HELPS or (move is HandoverMove.PREPARE and to is None):
        raise BadForm
    await ask(request, conversation, move, form("line"), to)
    return _done(page, here_of(conversation))


@router.post("/conversations/{conversation:path}/helping")
@asks(Action.GIVE_HELP, the_conversation)
async def helping(conversation: str, request: Request, page: Asked) -> Response:
    """See to a hand, whisper, join, leave, or take the conversation over."""
    form = await form_of(request)
    move, words = _move(form("do")), form("words").strip()
    if move not in HELPS or (move is HandoverMove.ANSWER and not words):
        raise BadForm
    await give(request, conversation, move, words)
    return _done(page, here_of(conversation))


@router.post("/conversations/{conversation:path}/grounds")
@asks(Action.GIVE_HELP, the_conversation)
async def grounds(conversation: str, request: Request, page: Asked) -> Response:
    """Acknowledge why it stands in the list, disagree, or take that back."""
    form = await form_of(request)
    if form("answer") not in set(AnswerMove):
        raise BadForm
    await answer_grounds(request, conversation, AnswerMove(form("answer")), grounds_in(form("grounds")))
    return _done(page, "/")


@router.post("/now/room")
@asks(Action.SEE_SUPERVISOR_LIST, own)
async def room(request: Request, page: Asked) -> Response:
    """Say whether one is free, for how many at a time, and how customers reach one."""
    form = await form_of(request)
    capacity = form("capacity")
    if not (capacity.isdecimal() and 1 <= int(capacity) <= MOST_CAPACITY):
        raise BadForm
    contact = " ".join(form("contact").split())[:MOST_CONTACT]
    page.place.presence.say(page.person.id, free=form("free") == "yes", capacity=int(capacity), contact=contact)
    # Of no conversation: every list and every desk that shows who is free looks again.
    page.desk.bus.publish(ConversationChanged(""))
    return _done(page, "/")


def _done(page: Page, there: str) -> Response:
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(there, status_code=303)


def _move(written: str) -> HandoverMove:
    if written not in set(HandoverMove) or written == HandoverMove.DROP:
        raise BadForm
    return HandoverMove(written)


def _why(written: str) -> Why:
    if written not in set(Why):
        raise BadForm
    return Why(written)


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise BadForm from None
