"""Cards are muted in one conversation, and shown again. Those about somebody's safety come all the same."""

from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from levelhead.people.permission import Action
from levelhead.storage.muting import Muting
from levelhead.web.consenting import Asked, Name
from levelhead.web.documented import api_router
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks, who_of
from levelhead.web.rendering import here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import shelf_of
from levelhead.web.workplace import workplace_of

calls = api_router()
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)


class Muted(BaseModel):
    """Whether cards are muted in a conversation."""

    model_config = ConfigDict(extra="forbid")
    muted: bool = Field(description="Muted, only cards about somebody's safety are shown and told.")


@calls.get("/conversations/{conversation:path}/muted")
@asks(Action.ANSWER_CARD, the_conversation, programs=True)
async def is_muted(conversation: Name, request: Request) -> Muted:
    """Whether cards are muted in this conversation."""
    muting = Muting(shelf_of(request, who_of(request)))
    return Muted(muted=await to_thread.run_sync(muting.is_muted, conversation))


@calls.put("/conversations/{conversation:path}/muted")
@asks(Action.ANSWER_CARD, the_conversation, programs=True)
async def say_muted(conversation: Name, said: Muted, request: Request) -> Muted:
    """Mute the cards of this conversation, or have them shown again; what is advised is kept all the same."""
    await _mute(request, conversation, muted=said.muted)
    return said


@pages.post("/conversations/{conversation:path}/mute")
@asks(Action.ANSWER_CARD, the_conversation)
async def mute(conversation: str, request: Request, page: Asked) -> Response:
    """Mute, or show again, as the form says; the open page learns of it by its stream."""
    await _mute(request, conversation, muted=(await form_of(request))("muted") == "yes")
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


async def _mute(request: Request, conversation: str, *, muted: bool) -> None:
    who, place = who_of(request), workplace_of(request)
    muting = Muting(shelf_of(request, who), place.clock)
    await place.desks.of(who.tenant).change(conversation, partial(muting.mute, conversation, muted=muted))
