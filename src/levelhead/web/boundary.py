"""What an agent decides on the boundary ladder: by the buttons of the panel, and by the API in their name."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import BoundaryState, Rung
from levelhead.conversation import Abuse
from levelhead.live.bounds import Bounds
from levelhead.live.climbing import boundary_of
from levelhead.live.helping import Helping, Talk
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.web.consenting import Asked, Name
from levelhead.web.documented import api_router
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, NotHere, asks, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.rendering import Page, here_of
from levelhead.web.seeing import sees_readings
from levelhead.web.things import conversation as the_conversation
from levelhead.web.workplace import WatchedDesk, workplace_of

calls = api_router(for_people=True)
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)


class Do(StrEnum):
    """What an agent says about the ladder."""

    SAID = "said"
    NOT_NEEDED = "not_needed"
    ASKED = "asked"
    CALM = "calm"
    END = "end"
    REOPEN = "reopen"
    TELL = "tell"
    JOIN = "join"


class SeenOut(BaseModel):
    """Words that it rests on."""

    n: int
    abuse: Abuse
    words: str


class StepOut(BaseModel):
    """A rung that was said, by turn `n`."""

    rung: Rung
    n: int | None


class BoundaryOut(BaseModel):
    """The boundary of a conversation: where it stands, and what is proposed in words for its channel."""

    state: BoundaryState
    due: Rung | None = Field(description="The rung that is proposed; null where nothing is.")
    say: str | None = Field(description="The sentence of that rung for this channel.")
    ask_first: str | None = Field(description="What has to be asked before a final warning; null where nothing has.")
    may_end: bool = Field(description="Whether the agent may end the contact now.")
    supervisor_told: bool
    seen: list[SeenOut]
    said: list[StepOut]
    asked: list[int] = Field(description="The turns by which somebody had asked what the customer is going through.")
    policy: str = Field(description="Name, locale and version of the policy.")


class BoundaryIn(BaseModel):
    """What the agent says; `rung` goes with `said`."""

    model_config = ConfigDict(extra="forbid")
    do: Annotated[Do, Field(description="`join` asks a supervisor to join, which needs no ladder.")]
    rung: Rung | None = None


@calls.get("/conversations/{conversation:path}/boundary")
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def boundary(conversation: Name, request: Request) -> BoundaryOut:
    """Where the boundary of this conversation stands; 404 where nothing was ever noticed in it."""
    await _check_shown(request)
    return await to_thread.run_sync(_told, _desk(request), conversation)


@calls.post("/conversations/{conversation:path}/boundary", status_code=204)
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def decide(conversation: Name, said: BoundaryIn, request: Request) -> None:
    """Say what was said, passed over, asked, calmed or ended. 409 where the ladder does not allow it, and why."""
    if said.do is Do.SAID and said.rung is None:
        raise Refusal(422, "Say which rung was said.", field="rung")
    await _do(request, conversation, said.do, said.rung)


@pages.post("/conversations/{conversation:path}/boundary")
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def decide_here(conversation: str, request: Request, page: Asked) -> Response:
    """A button of the panel; the page shows what came of it by itself."""
    form = await form_of(request)
    do, rung = form("do"), form("rung")
    if do not in set(Do) or (do == Do.SAID and rung not in set(Rung)):
        raise BadForm
    await _do(page.request, conversation, Do(do), Rung(rung) if rung in set(Rung) else None)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


async def _do(request: Request, conversation: str, do: Do, rung: Rung | None) -> None:
    await _check_shown(request)
    desk, place = _desk(request), workplace_of(request)
    bounds = Bounds(desk.books, desk.cases, place.clock)
    deeds: Mapping[Do, Callable[[], None]] = {
        Do.SAID: partial(bounds.said, conversation, rung or Rung.NAMING),
        Do.NOT_NEEDED: partial(bounds.not_needed, conversation),
        Do.ASKED: partial(bounds.asked, conversation),
        Do.CALM: partial(bounds.calm, conversation),
        Do.END: partial(_end, request, conversation, bounds),
        Do.REOPEN: partial(bounds.reopen, conversation),
        Do.TELL: partial(_tell, request, conversation, bounds),
        Do.JOIN: partial(_call, request, conversation, bounds),
    }
    await desk.change(conversation, deeds[do])


def _end(request: Request, conversation: str, bounds: Bounds) -> None:
    """Whoever had to end a contact is not left alone with it."""
    bounds.end(conversation)
    _raise_hand(request, conversation, "boundary.line_end")


def _tell(request: Request, conversation: str, bounds: Bounds) -> None:
    bounds.tell_supervisor(conversation)
    _raise_hand(request, conversation, "boundary.line_tell")


def _call(request: Request, conversation: str, bounds: Bounds) -> None:
    bounds.call_for_safety(conversation)
    _raise_hand(request, conversation, "boundary.line_join")


def _raise_hand(request: Request, conversation: str, line: str) -> None:
    """The call stands in the supervisors' list, as any other one does."""
    desk, who = _desk(request), who_of(request)
    last = desk.books.timeline(conversation)[-1].turn
    limit = desk.packs.help_pack(last.locale).limits[last.channel]
    talk = Talk(conversation, whose_of(request).team, last.n, limit)
    Helping(desk.cases, talk).raise_hand(
        who.id if isinstance(who, Person) else None, Page.asked_by(request).words(line)
    )


async def _check_shown(request: Request) -> None:
    """Of a team that is shown nothing, nothing is proposed either."""
    if not await sees_readings(request):
        raise NotHere


def _told(desk: WatchedDesk, conversation: str) -> BoundaryOut:
    found = boundary_of(desk.cases, conversation)
    if found is None:
        raise Refusal(404, "Nothing was noticed in this conversation.")
    last, body, state = desk.books.timeline(conversation)[-1].turn, found.body, BoundaryState(found.state)
    policy = desk.packs.boundary(last.locale)
    asks_first = body.due is Rung.FINAL_WARNING and ladder.must_ask_first(body)
    return BoundaryOut(
        state=state,
        due=body.due,
        say=policy.say(body.due, last.channel, body.because.abuse) if body.due else None,
        ask_first=policy.ask(last.channel) if asks_first else None,
        may_end=ladder.may_end(state, body),
        supervisor_told=body.told,
        seen=[SeenOut(n=seen.n, abuse=seen.abuse, words=seen.words) for seen in body.seen],
        said=[StepOut(rung=step.rung, n=step.n) for step in body.said],
        asked=list(body.asked),
        policy=policy.label,
    )


def _desk(request: Request) -> WatchedDesk:
    return workplace_of(request).desks.of(who_of(request).tenant)
