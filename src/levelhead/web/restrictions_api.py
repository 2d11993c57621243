"""Restrictions over the API: proposed and decided by people who are signed in, never by a program."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Annotated, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.item import Item
from levelhead.casework.restriction import Restriction, RestrictionState, Way
from levelhead.live.arranging import NotComplete
from levelhead.live.restricting import Asked, Restrictions
from levelhead.live.speaking import written_in
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.people.sight import sight_of
from levelhead.web.consenting import Name
from levelhead.web.days import begins, zone_of
from levelhead.web.documented import api_router
from levelhead.web.gate import NotHere, asks, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.restricting import Do, the_restriction
from levelhead.web.restriction_forms import LONGEST
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.workplace import WatchedDesk, workplace_of

calls = api_router(for_people=True)
Done = TypeVar("Done")
Text = Annotated[str, Field(max_length=LONGEST)]


class RestrictionIn(BaseModel):
    """A proposal: everything that the customer will have to be told.

    It ends, and is looked at, with the first moment of a day in the zone of the opening hours.
    """

    model_config = ConfigDict(extra="forbid")
    way: Way
    meaning: Text = Field(description="What changes, in the words of the letter.")
    reason: Text
    adjustments: Text = Field(description="Which reasonable adjustments were considered.")
    still: Text = Field(description="How the customer can still reach you.")
    appeal_to: Text = Field(description="Where an appeal goes.")
    ends: date
    review: date


class DecisionIn(BaseModel):
    """What is decided. `why` goes with `refuse`, `review`, `lift`, `appeal` and `uphold`; `review` needs a day."""

    model_config = ConfigDict(extra="forbid")
    do: Do
    why: Text = ""
    review: date | None = None


class RestrictionOut(BaseModel):
    """A restriction as it stands."""

    id: UUID
    conversation: str | None
    state: RestrictionState
    holds: bool = Field(description="Whether it holds at this moment.")
    way: Way
    meaning: str
    reason: str
    adjustments: str
    still: str
    appeal_to: str
    quotes: list[str] = Field(description="The words that it rests on.")
    ends: datetime
    review: datetime
    due: datetime | None = Field(description="By when the next thing has to have happened.")
    proposed_by: str
    approved_by: str | None
    told_at: datetime | None
    letter: list[str] | None = Field(description="The letter as it went out.")
    appeal: str | None
    appeal_answer: str | None


@calls.post("/conversations/{conversation:path}/restriction", status_code=201)
@asks(Action.HOLD_BOUNDARY, the_conversation)
async def propose_restriction(conversation: Name, said: RestrictionIn, request: Request) -> RestrictionOut:
    """Propose a restriction, once the contact was ended for abuse. Nothing holds before another person approves it."""
    zone = await _zone(request)
    asked = Asked(
        said.way,
        said.meaning,
        said.reason,
        said.adjustments,
        said.still,
        said.appeal_to,
        begins(said.ends, zone),
        begins(said.review, zone),
    )
    known = await _known(request, conversation)
    proposing = partial(known.propose, conversation, asked, _person(request), whose_of(request).team)
    return _out(await _changed(request, conversation, proposing), known)


@calls.get("/restrictions")
@asks(Action.DECIDE_RESTRICTION, own)
async def list_restrictions(request: Request, *, over: bool = False) -> list[RestrictionOut]:
    """Those that wait for somebody or hold, what is due first at the top; with `over`, those that hold no more."""
    sight = sight_of(who_of(request))
    if sight is None:
        raise NotHere
    known = await _known(request, None)
    found = await to_thread.run_sync(known.over if over else known.open, sight)
    return [_out(item, known) for item in found]


@calls.get("/restrictions/{restriction}")
@asks(Action.HOLD_BOUNDARY, the_restriction)
async def one_restriction(restriction: UUID, request: Request) -> RestrictionOut:
    """One restriction."""
    item = await to_thread.run_sync(_desk(request).cases.get, restriction)
    return _out(item, await _known(request, item.conversation))


@calls.post("/restrictions/{restriction}")
@asks(Action.DECIDE_RESTRICTION, the_restriction)
async def decide_restriction(restriction: UUID, said: DecisionIn, request: Request) -> RestrictionOut:
    """Approve, refuse, tell, look again, lift, note an appeal or answer it; 409 where that is not possible, and why."""
    item = await to_thread.run_sync(_desk(request).cases.get, restriction)
    known, by = await _known(request, item.conversation), _person(request)
    if said.do is Do.REVIEW and said.review is None:
        raise Refusal(422, "Say on which day somebody looks again.", field="review")
    day = begins(said.review, await _zone(request)) if said.review else workplace_of(request).clock()
    deeds: dict[Do, Callable[[], None]] = {
        Do.APPROVE: partial(known.approve, restriction, by),
        Do.REFUSE: partial(known.refuse, restriction, said.why),
        Do.TELL: partial(known.tell, restriction, by),
        Do.REVIEW: partial(known.review, restriction, by, day, said.why),
        Do.LIFT: partial(known.lift, restriction, by, said.why),
        Do.APPEAL: partial(known.appeal, restriction, said.why),
        Do.UPHOLD: partial(known.uphold, restriction, by, said.why),
    }
    await _changed(request, item.conversation or "", deeds[said.do])
    return _out(await to_thread.run_sync(_desk(request).cases.get, restriction), known)


async def _changed(request: Request, conversation: str, change: Callable[[], Done]) -> Done:
    try:
        return await _desk(request).change(conversation, change)
    except NotComplete as missing:
        field = {"expires_at": "ends", "review_at": "review", "answer": "why", "words": "why"}.get(missing.field)
        raise Refusal(422, str(missing), field=field or missing.field) from missing


def _out(item: Item[Restriction], known: Restrictions) -> RestrictionOut:
    body = item.body
    return RestrictionOut(
        id=item.id,
        conversation=item.conversation,
        state=RestrictionState(item.state),
        holds=known.holds(item),
        way=body.way,
        meaning=body.meaning,
        reason=body.reason,
        adjustments=body.adjustments,
        still=body.still,
        appeal_to=body.appeal_to,
        quotes=[one.words for one in body.evidence],
        ends=body.expires_at,
        review=body.review_at,
        due=item.due_at,
        proposed_by=body.proposed.name,
        approved_by=body.approved.name if body.approved else None,
        told_at=body.told.at if body.told else None,
        letter=list(body.letter.paragraphs) if body.letter else None,
        appeal=body.appeal.words if body.appeal else None,
        appeal_answer=body.appeal.answer or None if body.appeal else None,
    )


async def _known(request: Request, conversation: str | None) -> Restrictions:
    desk = _desk(request)
    timeline = await to_thread.run_sync(desk.books.timeline, conversation) if conversation else ()
    locale = await to_thread.run_sync(written_in, desk.books, timeline)
    policy = await to_thread.run_sync(desk.packs.boundary, locale)
    return Restrictions(desk.books, policy, workplace_of(request).clock)


async def _zone(request: Request) -> tzinfo:
    return await to_thread.run_sync(zone_of, _desk(request).books.shelf)


def _person(request: Request) -> Person:
    who = who_of(request)
    if not isinstance(who, Person):
        raise NotHere
    return who


def _desk(request: Request) -> WatchedDesk:
    return workplace_of(request).desks.of(who_of(request).tenant)
