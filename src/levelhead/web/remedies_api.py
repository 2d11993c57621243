"""The API for remedies: what can be offered and what became of it; what is granted, people grant with their session."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import Path, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.item import Item
from levelhead.casework.money import LARGEST, Money
from levelhead.casework.remedy import Remedied, RemedyState
from levelhead.casework.remedy_options import Authority, Facts, Option
from levelhead.casework.remedy_pack import FactNeeded, RemedyKind
from levelhead.live.remedying import LONGEST, Look, Proposing
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role
from levelhead.storage.cases import Cases
from levelhead.web.consenting import Name
from levelhead.web.documented import api_router
from levelhead.web.gate import NotHere, asks, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.remedies_asked import answer_request, waiting_for
from levelhead.web.remedies_here import Deed, approvers, do, pack_of, put_right, request_asked
from levelhead.web.seeing import sees_readings
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own, shelf_of
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
Key = Annotated[str, Field(min_length=1, max_length=60)]
Reason = Annotated[str, Field(max_length=LONGEST)]


class MoneyOut(BaseModel):
    """An amount in minor units of an ISO 4217 currency."""

    minor: int
    currency: str


class FactsOut(BaseModel):
    """What is known of the case; null while nobody has said it. `amount` is in minor units."""

    delivered: bool | None
    days_late: int | None
    amount: int | None


class OptionOut(BaseModel):
    """A remedy that can be offered now; `cost` null where it costs no money, `law` null where it is goodwill.

    `authority` says what an agent can do with it: grant it, or ask a supervisor. `precedents` counts how often the
    team has granted it for the same wrong lately.
    """

    option: str
    kind: RemedyKind
    name: str
    cost: MoneyOut | None
    sentence: str
    authority: Authority
    law: str | None
    precedents: int


class RemedyOut(BaseModel):
    """A remedy and where it stands. `until` is when a request goes back to whoever asked."""

    id: UUID
    state: RemedyState
    wrong: str
    pack: str
    option: str | None
    kind: RemedyKind | None
    cost: MoneyOut | None
    sentence: str | None
    until: datetime | None
    asked_by: UUID | None
    granted_by: UUID | None
    granted_at: datetime | None
    approved_by: UUID | None
    opened_at: datetime


class RemediesOut(BaseModel):
    """What went wrong (null: ask which of `among`), what is known and what is missing, options, and all remedies."""

    wrong: str | None
    among: list[str]
    facts: FactsOut
    missing: list[FactNeeded]
    options: list[OptionOut]
    remedies: list[RemedyOut]


class WrongIn(BaseModel):
    """What went wrong, by its key in the pack, and what is known of it."""

    model_config = ConfigDict(extra="forbid")
    wrong: Key
    delivered: bool | None = None
    days_late: Annotated[int | None, Field(ge=0, le=999)] = None
    amount: Annotated[int | None, Field(ge=0, le=LARGEST, description="In minor units.")] = None


class OfferIn(BaseModel):
    """Which option was said to the customer."""

    model_config = ConfigDict(extra="forbid")
    option: Key


class RequestIn(BaseModel):
    """Which option is asked for, why, and of whom; null: of the first who is here and free."""

    model_config = ConfigDict(extra="forbid")
    option: Key
    reason: Reason
    to: UUID | None = None


class AnswerIn(BaseModel):
    """Yes or no, and why."""

    model_config = ConfigDict(extra="forbid")
    approved: bool
    words: Reason = ""


class RequestOut(BaseModel):
    """A remedy that is asked for: who asks whom, why, and until when."""

    remedy: UUID
    conversation: str
    wrong: str
    option: str
    cost: MoneyOut | None
    reason: str
    asked_by: UUID
    to: UUID
    until: datetime


@calls.get("/conversations/{conversation:path}/remedies")
@asks(Action.SEE_REMEDIES, the_conversation, programs=True)
async def remedies(conversation: Name, request: Request) -> RemediesOut:
    """What can be offered in this conversation, and what became of every remedy in it."""
    return await _told(request, conversation)


@of_people.put("/conversations/{conversation:path}/remedies/wrong")
@asks(Action.GRANT_REMEDY, the_conversation)
async def settle(conversation: Name, said: WrongIn, request: Request) -> RemediesOut:
    """Say what went wrong and what is known; options begin anew. 409 once something is offered or granted."""
    facts = Facts(said.delivered, said.days_late, said.amount)
    return await _done(request, conversation, lambda remedying, team: remedying.settle(said.wrong, facts, team))


@of_people.post("/conversations/{conversation:path}/remedies/offer")
@asks(Action.GRANT_REMEDY, the_conversation)
async def offer(conversation: Name, said: OfferIn, request: Request) -> RemediesOut:
    """Say that an option was offered; 409 for one above one's authority that nobody has approved."""
    return await _done(request, conversation, lambda remedying, team: remedying.offer(said.option, team))


@of_people.post("/conversations/{conversation:path}/remedies/accept")
@asks(Action.GRANT_REMEDY, the_conversation)
async def accept(conversation: Name, request: Request) -> RemediesOut:
    """Say that the customer has said yes."""
    return await _done(request, conversation, lambda remedying, _: remedying.accept())


@of_people.post("/conversations/{conversation:path}/remedies/decline")
@asks(Action.GRANT_REMEDY, the_conversation)
async def decline(conversation: Name, request: Request) -> RemediesOut:
    """Say that the customer has said no; other options come."""
    return await _done(request, conversation, lambda remedying, _: remedying.decline())


@of_people.post("/conversations/{conversation:path}/remedies/take-back")
@asks(Action.GRANT_REMEDY, the_conversation)
async def take_back(conversation: Name, request: Request) -> RemediesOut:
    """Take back a slip; what is granted stays granted."""
    return await _done(request, conversation, lambda remedying, _: remedying.take_back())


@of_people.post("/conversations/{conversation:path}/remedies/grant")
@asks(Action.GRANT_REMEDY, the_conversation)
async def grant(conversation: Name, request: Request) -> RemediesOut:
    """Record that one has granted what was accepted. Levelhead pays nothing: others act on the event."""
    return await _done(request, conversation, lambda remedying, _: remedying.grant())


@of_people.post("/conversations/{conversation:path}/remedies/request")
@asks(Action.GRANT_REMEDY, the_conversation)
async def ask(conversation: Name, said: RequestIn, request: Request) -> RemediesOut:
    """Ask a supervisor of the team for an option above one's authority; unanswered, it comes back after its time."""
    to = await to_thread.run_sync(_approver, request, said.to)
    deed: Deed = lambda remedying, team: remedying.request(said.option, said.reason, to, team)  # noqa: E731
    return await _done(request, conversation, deed)


@of_people.get("/requests")
@asks(Action.APPROVE_REMEDY, own)
async def requests(request: Request) -> list[RequestOut]:
    """What waits for the caller's yes or no, what is over soonest first."""
    return await to_thread.run_sync(_waiting, request)


@of_people.post("/requests/{remedy}")
@asks(Action.APPROVE_REMEDY, request_asked)
async def answer(
    remedy: Annotated[UUID, Path(description="The remedy's id.")], said: AnswerIn, request: Request
) -> list[RequestOut]:
    """Say yes or no; 409 after its time, for one's own request, or above one's own authority."""
    await answer_request(request, remedy, approved=said.approved, words=said.words)
    return await to_thread.run_sync(_waiting, request)


async def _done(request: Request, conversation: str, deed: Deed) -> RemediesOut:
    await do(request, conversation, deed)
    return await _told(request, conversation)


async def _told(request: Request, conversation: str) -> RemediesOut:
    if not await sees_readings(request):
        raise NotHere
    return await to_thread.run_sync(_look, request, conversation)


def _look(request: Request, conversation: str) -> RemediesOut:
    who, place = who_of(request), workplace_of(request)
    desk = place.desks.of(who.tenant)
    books, timeline = desk.books, put_right(desk.books, conversation)
    if not timeline:
        raise NotHere
    # A program stands beside the agent: it is shown what an agent may do.
    role = who.role if isinstance(who, Person) else Role.AGENT
    proposing = Proposing(books, Cases(books, place.clock), pack_of(desk, timeline), timeline, role)
    return _out(proposing.look(whose_of(request).team))


def _out(look: Look) -> RemediesOut:
    items = (*look.before, *((look.item,) if look.item else ()))
    return RemediesOut(
        wrong=look.wrong,
        among=[] if look.wrong else list(look.found.among),
        facts=FactsOut(delivered=look.facts.delivered, days_late=look.facts.days_late, amount=look.facts.amount),
        missing=list(look.missing),
        options=[_option(one) for one in look.options],
        remedies=[_remedy(one) for one in items],
    )


def _option(option: Option) -> OptionOut:
    return OptionOut(
        option=option.key,
        kind=option.kind,
        name=option.name,
        cost=_money(option.cost),
        sentence=option.sentence,
        authority=option.authority,
        law=option.law.key if option.law else None,
        precedents=option.precedents,
    )


def _remedy(item: Item[Remedied]) -> RemedyOut:
    body, chosen = item.body, item.body.chosen
    grant, asked = body.granted, body.request
    return RemedyOut(
        id=item.id,
        state=RemedyState(item.state),
        wrong=body.wrong,
        pack=body.pack,
        option=chosen.key if chosen else None,
        kind=chosen.kind if chosen else None,
        cost=_money(chosen.cost) if chosen else None,
        sentence=chosen.sentence if chosen else None,
        until=item.due_at,
        asked_by=asked.by.person if asked else None,
        granted_by=grant.by.person if grant else None,
        granted_at=grant.by.at if grant else None,
        approved_by=grant.approved.person if grant and grant.approved else None,
        opened_at=item.opened_at,
    )


def _money(cost: Money | None) -> MoneyOut | None:
    return MoneyOut(minor=cost.minor, currency=cost.currency) if cost else None


def _approver(request: Request, named: UUID | None) -> Person:
    who, place = who_of(request), workplace_of(request)
    if not isinstance(who, Person):
        raise NotHere
    known = approvers(shelf_of(request, who), place.presence, whose_of(request), who, place.clock())
    found = next((one for one in known if named in (None, one.id)), None)
    if found is None:
        raise Refusal(422, "Nobody of this id may approve it in this conversation's team.", field="to")
    return found


def _waiting(request: Request) -> list[RequestOut]:
    who = who_of(request)
    waiting = waiting_for(request, who) if isinstance(who, Person) else ()
    return [
        RequestOut(
            remedy=item.id,
            conversation=item.conversation or "",
            wrong=item.body.wrong,
            option=asked.chosen.key,
            cost=_money(asked.chosen.cost),
            reason=asked.reason,
            asked_by=asked.by.person,
            to=asked.to,
            until=asked.until,
        )
        for item, asked in waiting
    ]
