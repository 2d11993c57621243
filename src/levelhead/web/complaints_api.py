"""The API for complaints: the list, one with its limits, letters and changes, and what people do to one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.complaint import STANDING, Complaint, ComplaintState, LetterKind
from levelhead.casework.complaint_clock import dues
from levelhead.casework.complaint_rules import Decision, Duty
from levelhead.casework.complaint_steps import is_standing
from levelhead.casework.item import Change, Item
from levelhead.live.complaint_facts import facts_of
from levelhead.live.complaint_ledger import Complaints, NotWhole
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.web.complained import changed, complaints_for, in_talk, the_complaint
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of, whose_of
from levelhead.web.promised import cases_of
from levelhead.web.refusals import Refusal
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.workplace import workplace_of

calls = api_router()
of_talk = api_router()
sees = partial(asks, Action.SEE_COMPLAINTS, programs=True)
keeps = asks(Action.KEEP_COMPLAINTS, the_complaint, programs=True)
Words = Annotated[str, Field(max_length=4_000)]


class LimitOut(BaseModel):
    """A limit of a complaint: what it asks for by when, and whether that was done."""

    name: str
    duty: Duty
    due_at: datetime
    met: bool
    paused: bool
    binds: bool
    source: str


class ComplaintOut(BaseModel):
    """A complaint as it stands. `said` are the words that it counts from; nobody has answered what is `proposed`."""

    id: UUID
    conversation: str | None
    n: int
    said: str
    said_at: datetime
    state: ComplaintState
    rules: str
    code: str
    limits: list[LimitOut]
    findings: str
    done: str
    cause: str
    team: UUID | None
    owner: UUID | None
    opened_at: datetime
    changed_at: datetime


class LetterOut(BaseModel):
    """A letter, word for word."""

    kind: LetterKind
    title: str
    paragraphs: list[str]
    pack: str


class SentOut(LetterOut):
    """A letter as it went out: when, and by whom."""

    at: datetime
    by: str


class MoveOut(BaseModel):
    """One move: who made it (as the audit names them), when and why."""

    move: str
    was: ComplaintState | None
    now: ComplaintState
    who: str
    at: datetime
    why: str


class OneOut(ComplaintOut):
    """A complaint with its letters and all that became of it, oldest first."""

    letters: list[SentOut]
    changes: list[MoveOut]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RulesIn(_In):
    """Under which of the tenant's rule sets it falls."""

    rules: Words


class WhyIn(_In):
    """Why, in words of your own."""

    why: Words = ""


class FoundIn(_In):
    """What was found out, and what was done about it."""

    findings: Words
    done: Words = ""


class CauseIn(_In):
    """What it came from: nothing is closed without it."""

    cause: Words


class WithdrawIn(CauseIn):
    """How the customer took it back, in their words, and what it came from."""

    why: Words


class LetterIn(_In):
    """What only the writer of a letter knows; whatever it lacks is named in the refusal. `sent`: it has gone out.

    `by` signs it; where a person calls, they do.
    """

    findings: Words = ""
    done: Words = ""
    decision: Decision | None = None
    reasons: Words = ""
    offer: Words = ""
    outcome: Words = ""
    why_not_yet: Words = ""
    expected_by: Words = ""
    enclosed: list[Words] = Field(default=[], max_length=20)
    by: Words = ""
    sent: bool = False


@calls.get("/complaints")
@sees(own)
async def complaints(
    request: Request,
    state: Annotated[list[ComplaintState] | None, Query(description="Several may be named; open ones if none.")] = None,
    code: Annotated[str, Query(max_length=20, description="Only the one with this code.")] = "",
) -> list[ComplaintOut]:
    """Complaints, what is due first at the top; at most 500. Of a program: those of its team or organisation."""
    cases = cases_of(request)
    found = await to_thread.run_sync(complaints_for, who_of(request), cases, tuple(state or STANDING))
    named = [item for item in found if not code or item.body.code == code.strip().upper()]
    return await to_thread.run_sync(_outs, Complaints(cases), named)


@calls.get("/complaints/{complaint}")
@sees(the_complaint)
async def one(complaint: UUID, request: Request) -> OneOut:
    """A complaint with its limits, its letters and all that became of it."""
    cases = cases_of(request)
    known = Complaints(cases)
    item = await to_thread.run_sync(known.get, complaint)
    (out,) = await to_thread.run_sync(_outs, known, [item])
    changes = await to_thread.run_sync(cases.changes, complaint)
    letters = [
        SentOut(kind=it.kind, title=it.title, paragraphs=list(it.paragraphs), pack=it.pack, at=it.at, by=it.name)
        for it in item.body.letters
    ]
    return OneOut(**out.model_dump(), letters=letters, changes=[_change(change) for change in changes])


@of_talk.post("/conversations/{conversation:path}/complaint", status_code=201)
@asks(Action.KEEP_COMPLAINTS, the_conversation, programs=True)
async def open_one(conversation: str, request: Request) -> ComplaintOut:
    """Say that the customer complains: a yes to what was proposed, else opened by what they said last. Done once."""
    known, whose = Complaints(cases_of(request)), whose_of(request)
    books = workplace_of(request).desks.of(who_of(request).tenant).books
    item = await in_talk(
        request, conversation, partial(known.heard_in, books, conversation, whose.team, _person(request) or whose.owner)
    )
    return _outs(known, [item])[0]


@calls.post("/complaints/{complaint}/confirm")
@keeps
async def confirm(complaint: UUID, request: Request) -> ComplaintOut:
    """Say that it is one: its limits count from the words."""
    return await _moved(request, complaint, lambda known: known.confirm(complaint, _person(request)))


@calls.post("/complaints/{complaint}/dismiss")
@keeps
async def dismiss(complaint: UUID, request: Request) -> ComplaintOut:
    """Say that it is none; no reason is needed, and the conversation is not asked about again."""
    return await _moved(request, complaint, lambda known: known.dismiss(complaint))


@calls.post("/complaints/{complaint}/take-back")
@keeps
async def take_back(complaint: UUID, request: Request) -> ComplaintOut:
    """Take back what was answered, until a letter has gone out."""
    return await _moved(request, complaint, lambda known: known.take_back(complaint))


@calls.post("/complaints/{complaint}/rules")
@keeps
async def fall_under(complaint: UUID, said: RulesIn, request: Request) -> ComplaintOut:
    """Put it under another rule set, until a letter has gone out."""
    return await _moved(request, complaint, lambda known: known.fall_under(complaint, said.rules))


@calls.post("/complaints/{complaint}/assess")
@keeps
async def assess(complaint: UUID, said: WhyIn, request: Request) -> ComplaintOut:
    """Say that somebody has looked at how serious it is."""
    return await _moved(request, complaint, lambda known: known.assess(complaint, said.why))


@calls.post("/complaints/{complaint}/investigate")
@keeps
async def investigate(complaint: UUID, said: FoundIn, request: Request) -> ComplaintOut:
    """Say what was found out and done."""
    return await _moved(request, complaint, lambda known: known.investigate(complaint, said.findings, said.done))


@calls.post("/complaints/{complaint}/pause")
@keeps
async def pause(complaint: UUID, said: WhyIn, request: Request) -> ComplaintOut:
    """Wait for the customer, where the rules let the clock stand still for that."""
    return await _moved(request, complaint, lambda known: known.pause(complaint, said.why))


@calls.post("/complaints/{complaint}/resume")
@keeps
async def resume(complaint: UUID, request: Request) -> ComplaintOut:
    """Say that what was waited for has come."""
    return await _moved(request, complaint, lambda known: known.resume(complaint))


@calls.post("/complaints/{complaint}/deadlock")
@keeps
async def deadlock(complaint: UUID, said: WhyIn, request: Request) -> ComplaintOut:
    """Say that the customer knows the outcome, does not accept it, and that nobody looks at it again; and why."""
    return await _moved(request, complaint, lambda known: known.deadlock(complaint, said.why))


@calls.post("/complaints/{complaint}/letters/{kind}")
@keeps
async def letter(complaint: UUID, kind: LetterKind, said: LetterIn, request: Request) -> LetterOut:
    """The letter as it would go out, or refused with all that is missing; `sent` keeps it as it has gone out."""
    return await changed(request, complaint, partial(_written, request, complaint, kind, said))


@calls.post("/complaints/{complaint}/close")
@keeps
async def close(complaint: UUID, said: CauseIn, request: Request) -> ComplaintOut:
    """Close it, once it was answered or is at a deadlock."""
    return await _moved(request, complaint, lambda known: known.close(complaint, said.cause))


@calls.post("/complaints/{complaint}/withdraw")
@keeps
async def withdraw(complaint: UUID, said: WithdrawIn, request: Request) -> ComplaintOut:
    """Close it because the customer has taken it back."""
    return await _moved(request, complaint, lambda known: known.withdraw(complaint, said.why, said.cause))


@calls.post("/complaints/{complaint}/reopen")
@keeps
async def reopen(complaint: UUID, request: Request) -> ComplaintOut:
    """Take it up again; its limits count from the first words as they did."""
    return await _moved(request, complaint, lambda known: known.reopen(complaint))


async def _moved(request: Request, complaint: UUID, change: Callable[[Complaints], Item[Complaint]]) -> ComplaintOut:
    known = Complaints(cases_of(request))
    try:
        item = await changed(request, complaint, change)
    except NotWhole as missing:
        raise Refusal(422, str(missing), field=missing.field) from None
    return (await to_thread.run_sync(_outs, known, [item]))[0]


def _person(request: Request) -> UUID | None:
    who = who_of(request)
    return who.id if isinstance(who, Person) else None


def _written(request: Request, complaint: UUID, kind: LetterKind, said: LetterIn, known: Complaints) -> LetterOut:
    who, item, place = who_of(request), known.get(complaint), workplace_of(request)
    books = place.desks.of(who.tenant).books
    by = who.shown_as if isinstance(who, Person) else said.by
    typed = {name: str(value or "") for name, value in said.model_dump().items() if isinstance(value, str)}
    facts = facts_of(known, item, books, typed, by=by, now=place.clock())
    try:
        made = known.letter(item, kind, facts, tuple(said.enclosed))
    except NotWhole as missing:
        raise Refusal(422, str(missing), field=missing.field) from None
    if said.sent:
        known.sent(item, made, who.id, by)
    return LetterOut(kind=made.kind, title=made.title, paragraphs=list(made.paragraphs), pack=made.pack)


def _outs(known: Complaints, items: list[Item[Complaint]]) -> list[ComplaintOut]:
    hours = known.hours()
    return [
        ComplaintOut(
            id=item.id,
            conversation=item.conversation,
            n=item.body.said.n,
            said=item.body.said.words,
            said_at=item.body.said_at,
            state=ComplaintState(item.state),
            rules=known.rules_of(item.body).name,
            code=item.body.code,
            limits=[
                LimitOut(
                    name=due.limit.name,
                    duty=due.limit.duty,
                    due_at=due.at,
                    met=due.met,
                    paused=due.paused,
                    binds=due.limit.binds,
                    source=due.limit.source,
                )
                for due in (dues(item.body, known.rules_of(item.body), hours) if is_standing(item.state) else ())
            ],
            findings=item.body.findings,
            done=item.body.done,
            cause=item.body.cause,
            team=item.team,
            owner=item.owner,
            opened_at=item.opened_at,
            changed_at=item.changed_at,
        )
        for item in items
    ]


def _change(change: Change) -> MoveOut:
    was = ComplaintState(change.was) if change.was else None
    return MoveOut(
        move=change.move,
        was=was,
        now=ComplaintState(change.now),
        who=change.who,
        at=change.at,
        why=change.reason.words,
    )
