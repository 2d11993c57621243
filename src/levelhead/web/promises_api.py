"""The API for the ledger of promises: the list, one with all its changes, and what people do to one."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from levelhead.casework.item import Item
from levelhead.casework.promise import OPEN, Promised, PromiseState
from levelhead.live.promise_ledger import Ledger
from levelhead.people.permission import Action
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of
from levelhead.web.promised import Wanted, cases_of, promise, promises_for
from levelhead.web.promises_changing import changed
from levelhead.web.promises_rates import RateOut, rates_for
from levelhead.web.things import own

calls = api_router()
sees = partial(asks, Action.SEE_PROMISES, programs=True)
keeps = asks(Action.KEEP_PROMISES, promise, programs=True)
MOST_WORDS = 500
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Moment = Annotated[AwareDatetime, Field(ge=_FIRST, le=_LAST, description="With its offset from UTC.")]
Words = Annotated[str, Field(max_length=MOST_WORDS, description="Why, in words of your own; may be left out.")]


class SaidOut(BaseModel):
    """Words of a turn."""

    conversation: str
    n: int
    words: str


class PromiseOut(BaseModel):
    """A promise as it stands. Where `needs_time`, nobody has said a time, and `due_at` is one that we propose.

    `sign` are words that sound as if it were kept; nobody has said that it was until its state is `kept`.
    """

    id: UUID
    conversation: str | None
    n: int | None
    action: str
    due_text: str
    due_at: datetime | None
    state: PromiseState
    confirmed: bool
    needs_time: bool
    sign: SaidOut | None
    kept_at: datetime | None
    instead_of: UUID | None
    team: UUID | None
    owner: UUID | None
    opened_at: datetime
    changed_at: datetime


class ChangeOut(BaseModel):
    """One move: who made it (as the audit names them), when, why, and from which words."""

    move: str
    was: PromiseState | None
    now: PromiseState
    who: str
    at: datetime
    why: str
    evidence: list[SaidOut]


class OneOut(PromiseOut):
    """A promise with all that became of it, oldest first."""

    changes: list[ChangeOut]


class ConfirmIn(BaseModel):
    """That it is one; with `due_at`, that it is due then."""

    model_config = ConfigDict(extra="forbid")
    due_at: Moment | None = None


class KeepIn(BaseModel):
    """That it was kept; `at` says when, now where it is left out."""

    model_config = ConfigDict(extra="forbid")
    at: Moment | None = None
    why: Words = ""


class WithdrawIn(BaseModel):
    """That it was none, or is needed no longer."""

    model_config = ConfigDict(extra="forbid")
    why: Words = ""


class SupersedeIn(BaseModel):
    """That the customer has been told another time."""

    model_config = ConfigDict(extra="forbid")
    due_at: Moment
    why: Words = ""


@calls.get("/promises")
@sees(own)
async def promises(
    request: Request,
    state: Annotated[list[PromiseState] | None, Query(description="Several may be named; open ones if none.")] = None,
    due_before: Moment | None = None,
    mine: Annotated[
        bool, Query(description="What the caller has to see to, and not what others of the team do.")
    ] = False,
) -> list[PromiseOut]:
    """Promises, what is due first at the top; at most 500. Of a program: those of its team or organisation."""
    wanted = Wanted(tuple(state or OPEN), due_before=due_before, mine=mine, history=True)
    found = await to_thread.run_sync(promises_for, who_of(request), cases_of(request), wanted)
    return [_out(item) for item in found]


@calls.get("/promises/rates")
@asks(Action.SEE_KEEPING, own)
async def rates(request: Request) -> list[RateOut]:
    """How many promises of the last 90 days were kept in time, by what the conversations were about."""
    return [RateOut.of(rate) for rate in await to_thread.run_sync(rates_for, who_of(request), cases_of(request))]


@calls.get("/promises/{promise}")
@sees(promise)
async def one(promise: UUID, request: Request) -> OneOut:
    """A promise with all that became of it."""
    cases = cases_of(request)
    item = await to_thread.run_sync(Ledger(cases).get, promise)
    changes = await to_thread.run_sync(cases.changes, promise)
    return OneOut(
        **_out(item).model_dump(),
        changes=[
            ChangeOut(
                move=change.move,
                was=PromiseState(change.was) if change.was else None,
                now=PromiseState(change.now),
                who=change.who,
                at=change.at,
                why=change.reason.words,
                evidence=[
                    SaidOut(conversation=it.conversation, n=it.n, words=it.words) for it in change.reason.evidence
                ],
            )
            for change in changes
        ],
    )


@calls.post("/promises/{promise}/confirm")
@keeps
async def confirm(promise: UUID, said: ConfirmIn, request: Request) -> PromiseOut:
    """Agree that it was promised; a time that is given begins its clock anew."""
    return _out(await changed(request, promise, lambda ledger: ledger.confirm(promise, said.due_at)))


@calls.post("/promises/{promise}/keep")
@keeps
async def keep(promise: UUID, said: KeepIn, request: Request) -> PromiseOut:
    """Say that it was kept. One that is late or broken may be, too; `at` tells whether that was in time."""
    return _out(await changed(request, promise, lambda ledger: ledger.keep(promise, said.at, said.why)))


@calls.post("/promises/{promise}/withdraw")
@keeps
async def withdraw(promise: UUID, said: WithdrawIn, request: Request) -> PromiseOut:
    """Say that nothing has to be done."""
    return _out(await changed(request, promise, lambda ledger: ledger.withdraw(promise, said.why)))


@calls.post("/promises/{promise}/supersede", status_code=201)
@keeps
async def supersede(promise: UUID, said: SupersedeIn, request: Request) -> PromiseOut:
    """Give it another time: the answer is the promise that comes in its place."""
    return _out(await changed(request, promise, lambda ledger: ledger.supersede(promise, said.due_at, said.why)))


@calls.post("/promises/{promise}/reopen")
@keeps
async def reopen(promise: UUID, request: Request) -> PromiseOut:
    """Take back that it was kept, withdrawn or superseded; a promise that came in its place is withdrawn."""
    return _out(await changed(request, promise, lambda ledger: ledger.reopen(promise)))


def _out(item: Item[Promised]) -> PromiseOut:
    body, sign = item.body, item.body.sign
    return PromiseOut(
        id=item.id,
        conversation=item.conversation,
        n=body.n,
        action=body.action,
        due_text=body.due_text,
        due_at=item.due_at,
        state=PromiseState(item.state),
        confirmed=body.confirmed,
        needs_time=body.needs_time,
        sign=SaidOut(conversation=sign.conversation, n=sign.n, words=sign.words) if sign else None,
        kept_at=body.kept_at,
        instead_of=body.instead_of,
        team=item.team,
        owner=item.owner,
        opened_at=item.opened_at,
        changed_at=item.changed_at,
    )
