"""The API for follow-ups: the list, one with its words and changes, and what people do with one.

Programs may look; whom somebody asks, what is sent and what was answered, people say with their session.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.follow_up import LONGEST, MOST_WORDS, OPEN, FollowUp, FollowUpState, Occasion, Way, WhyNot
from levelhead.casework.item import Item, Kind
from levelhead.casework.mail import Address
from levelhead.live.follow_ups import FollowUps
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.web.consenting import Name
from levelhead.web.documented import api_router
from levelhead.web.follow_up_here import asking, changed, follow_up
from levelhead.web.follow_ups_page import router as pages
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import asks, who_of, whose_of
from levelhead.web.promised import Wanted, cases_of, tasks_for
from levelhead.web.promises_api import Moment
from levelhead.web.refusals import Refusal
from levelhead.web.rendering import here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
keeps = asks(Action.KEEP_FOLLOW_UPS, follow_up)
Text = Annotated[str, Field(max_length=LONGEST)]
Words = Annotated[str, Field(max_length=MOST_WORDS)]


class FollowUpOut(BaseModel):
    """A follow-up as it stands. `trouble` says why the post did not bring it away, `worked` what they say."""

    id: UUID
    conversation: str | None
    state: FollowUpState
    way: Way
    occasion: Occasion
    days: int = Field(description="How long after something was put right a look back comes; 0 for others.")
    due_at: datetime | None
    team: UUID | None
    owner: UUID | None
    told_at: datetime | None
    worked: bool | None
    why_not: WhyNot | None
    trouble: str
    instead_of: UUID | None
    opened_at: datetime
    changed_at: datetime


class ReachOut(BaseModel):
    """An address that the customer gave: where it is kept sealed, and a hint."""

    conversation: str
    n: int
    place: int
    hint: str


class OneOut(FollowUpOut):
    """One with its words, drafted where nobody settled any, and where a mail could go."""

    subject: str
    text: str
    locale: str
    answer: str
    reaches: list[ReachOut]


class PlanIn(BaseModel):
    """How to ask, and by when; without a time it is due at the next open hour."""

    model_config = ConfigDict(extra="forbid")
    way: Way = Way.CALL
    due_at: Moment | None = None


class WordsIn(BaseModel):
    """How it is asked and in which words; no text has it drafted again."""

    model_config = ConfigDict(extra="forbid")
    way: Way = Way.MAIL
    subject: Annotated[str, Field(max_length=150)] = ""
    text: Text = ""


class SendIn(BaseModel):
    """Where it goes (one of `reaches`), and the words as they leave."""

    model_config = ConfigDict(extra="forbid")
    conversation: Annotated[str, Field(max_length=200)]
    n: Annotated[int, Field(ge=0, le=2**31 - 1)]
    place: Annotated[int, Field(ge=0, le=1000)]
    subject: Annotated[str, Field(min_length=1, max_length=150)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class AnswerIn(BaseModel):
    """What the customer says: whether it worked, and in which words."""

    model_config = ConfigDict(extra="forbid")
    worked: bool
    words: Words = ""


class GoOnIn(BaseModel):
    """Who sees to it next: nobody in particular (`null`) is the team."""

    model_config = ConfigDict(extra="forbid")
    owner: UUID | None = None
    way: Way = Way.CALL
    due_at: Moment | None = None


class CallOffIn(BaseModel):
    """Why nobody has to ask. `does_not_want` and `died` hold for everything that we would ask of this customer."""

    model_config = ConfigDict(extra="forbid")
    why: WhyNot
    words: Words = ""


@calls.get("/follow-ups")
@asks(Action.SEE_FOLLOW_UPS, own, programs=True)
async def follow_ups(
    request: Request,
    state: Annotated[list[FollowUpState] | None, Query(description="Several may be named; open ones if none.")] = None,
    due_before: Moment | None = None,
    mine: Annotated[bool, Query(description="What the caller has to see to, and not what others do.")] = False,
) -> list[FollowUpOut]:
    """Follow-ups, what is due first at the top; at most 500."""
    wanted = Wanted(tuple(state or OPEN), due_before=due_before, mine=mine, history=True)
    who, cases = who_of(request), cases_of(request)
    found = await to_thread.run_sync(tasks_for, who, cases, Kind.FOLLOW_UP, Action.SEE_FOLLOW_UPS, wanted)
    return [_out(item) for item in found]


@calls.get("/follow-ups/{follow_up}")
@asks(Action.SEE_FOLLOW_UPS, follow_up, programs=True)
async def one(follow_up: UUID, request: Request) -> OneOut:
    """One with its words and where a mail could go: as hints, since addresses are kept sealed."""
    return await to_thread.run_sync(_whole, request, follow_up)


@of_people.post("/conversations/{conversation:path}/follow-ups", status_code=201)
@asks(Action.KEEP_FOLLOW_UPS, the_conversation)
async def plan(conversation: Name, said: PlanIn, request: Request) -> OneOut:
    """Plan one by hand; 422 for a customer who is asked nothing."""
    named = await _planned(request, conversation, said.way, said.due_at)
    return await to_thread.run_sync(_whole, request, named)


@of_people.put("/follow-ups/{follow_up}/words")
@keeps
async def word(follow_up: UUID, said: WordsIn, request: Request) -> OneOut:
    """Settle how it is asked, and in which words."""
    await changed(request, follow_up, lambda all_: all_.word(follow_up, said.way, said.subject, said.text))
    return await to_thread.run_sync(_whole, request, follow_up)


@of_people.post("/follow-ups/{follow_up}/send")
@keeps
async def send(follow_up: UUID, said: SendIn, request: Request) -> FollowUpOut:
    """Have the post bring it away; 409 without a mail server, or where it is not to be sent now."""
    if not workplace_of(request).settings.sends_mail:
        raise Refusal(409, "No mail server is set (LEVELHEAD_SMTP_HOST); send it by hand, and say so with `told`.")
    to = Address(said.conversation, said.n, said.place)
    known = await to_thread.run_sync(_whole, request, follow_up)
    if to not in [Address(one.conversation, one.n, one.place) for one in known.reaches]:
        raise Refusal(422, "No address of this customer is kept there; `reaches` names those that are.", field="place")
    return _out(await changed(request, follow_up, lambda all_: all_.send(follow_up, to, said.subject, said.text)))


@of_people.post("/follow-ups/{follow_up}/told")
@keeps
async def told(follow_up: UUID, request: Request) -> FollowUpOut:
    """Say that it was asked: a mail went out by hand, or a call was made and the answer is to come."""
    me = _me(request)
    return _out(await changed(request, follow_up, lambda all_: all_.tell(follow_up, me)))


@of_people.post("/follow-ups/{follow_up}/answer")
@keeps
async def answer(follow_up: UUID, said: AnswerIn, request: Request) -> FollowUpOut:
    """Write down what the customer says. What did not work has to go on."""
    me = _me(request)
    answered = await changed(
        request, follow_up, lambda all_: all_.answer(follow_up, me, worked=said.worked, words=said.words)
    )
    return _out(answered)


@of_people.post("/follow-ups/{follow_up}/no-answer")
@keeps
async def no_answer(follow_up: UUID, request: Request) -> FollowUpOut:
    """Say that none came."""
    return _out(await changed(request, follow_up, lambda all_: all_.give_up(follow_up)))


@of_people.post("/follow-ups/{follow_up}/go-on", status_code=201)
@keeps
async def go_on(follow_up: UUID, said: GoOnIn, request: Request) -> FollowUpOut:
    """After what did not work: a new task in somebody's hands. The answer is the new one."""
    return _out(
        await changed(request, follow_up, lambda all_: all_.go_on(follow_up, said.owner, said.way, said.due_at))
    )


@of_people.post("/follow-ups/{follow_up}/call-off")
@keeps
async def call_off(follow_up: UUID, said: CallOffIn, request: Request) -> FollowUpOut:
    """Say that nobody has to ask; 409 for what did not work, unless it is about the person."""
    return _out(await changed(request, follow_up, lambda all_: all_.call_off(follow_up, said.why, said.words)))


@of_people.post("/follow-ups/{follow_up}/reopen")
@keeps
async def reopen(follow_up: UUID, request: Request) -> FollowUpOut:
    """Take back what was answered or called off."""
    return _out(await changed(request, follow_up, lambda all_: all_.reopen(follow_up)))


@pages.post("/conversations/{conversation:path}/follow-up")
@asks(Action.KEEP_FOLLOW_UPS, the_conversation)
async def plan_here(conversation: str, request: Request) -> Response:
    """Plan one from the panel of its conversation."""
    way = (await form_of(request))("way")
    if way not in set(Way):
        raise BadForm
    await _planned(request, conversation, Way(way), None)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


async def _planned(request: Request, conversation: str, way: Way, due: datetime | None) -> UUID:
    desk, whose = workplace_of(request).desks.of(who_of(request).tenant), whose_of(request)
    all_, me = FollowUps(cases_of(request)), _me(request)
    return await desk.change(conversation, lambda: all_.plan(conversation, whose, way, me, due))


def _me(request: Request) -> UUID:
    who = who_of(request)
    if not isinstance(who, Person):
        raise Refusal(401, "People say this with their session.")
    return who.id


def _whole(request: Request, named: UUID) -> OneOut:
    cases, who = cases_of(request), who_of(request)
    item = FollowUps(cases).get(named)
    desk = workplace_of(request).desks.of(who.tenant)
    found = asking(desk, cases, item, who.shown_as if isinstance(who, Person) else "")
    return OneOut(
        **_out(item).model_dump(),
        subject=found.draft.subject,
        text=found.draft.text,
        locale=found.locale,
        answer=item.body.answer.words if item.body.answer else "",
        reaches=[
            ReachOut(conversation=one.address.conversation, n=one.address.n, place=one.address.place, hint=one.hint)
            for one in found.reaches
        ],
    )


def _out(item: Item[FollowUp]) -> FollowUpOut:
    body = item.body
    return FollowUpOut(
        id=item.id,
        conversation=item.conversation,
        state=FollowUpState(item.state),
        way=body.way,
        occasion=body.occasion,
        days=body.days,
        due_at=item.due_at,
        team=item.team,
        owner=item.owner,
        told_at=body.told.at if body.told else None,
        worked=body.answer.worked if body.answer else None,
        why_not=body.why_not,
        trouble=body.trouble,
        instead_of=body.instead_of,
        opened_at=item.opened_at,
        changed_at=item.changed_at,
    )
