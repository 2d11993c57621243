"""The API for customers: profile, history and brief; making one of two, parting them; bringing in what was before."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.brief import LineKind, Settle
from levelhead.casework.note import Outcome
from levelhead.casework.packet import Avoid
from levelhead.casework.profile import LONGEST, MOST_NEEDS, Need, Profile, Teller
from levelhead.channels.customer_rows import customer_of_row
from levelhead.channels.history import history_of_rows
from levelhead.channels.malformed import Malformed
from levelhead.conversation import Channel
from levelhead.live.briefing import brief_for
from levelhead.live.importing import Found, Importing
from levelhead.people.permission import Action, may
from levelhead.people.person import Person
from levelhead.privacy.redact import redact
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers
from levelhead.storage.history import contacts_with
from levelhead.storage.merging import Merging
from levelhead.storage.profiles import Profiles
from levelhead.storage.teams import Teams
from levelhead.web.customers_here import (
    books_of,
    customer,
    note_seen,
    readable,
    whose_customer,
)
from levelhead.web.documented import api_router
from levelhead.web.gate import NotHere, asks, who_of, whose_of
from levelhead.web.refusals import Refusal
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import shelf_of, whole_tenant
from levelhead.web.workplace import workplace_of

calls, of_talk, of_people = api_router(), api_router(), api_router(for_people=True)
sees = asks(Action.SEE_CUSTOMER, customer, programs=True)
merges = asks(Action.MERGE_CUSTOMERS, customer)
imports = asks(Action.IMPORT_CUSTOMERS, whole_tenant, programs=True)
MOST_CUSTOMERS, MOST_TURNS = 1_000, 500
Short = Annotated[str, Field(max_length=LONGEST)]
Language = Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?$", max_length=35)]
DryRun = Annotated[bool, Query(description="Only say what would be new.")]


class NeedShape(BaseModel):
    """What makes it easier for them: `agreed_on` is the day on which they agreed that it is kept."""

    model_config = ConfigDict(extra="forbid")
    adjustment: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    told_by: Teller
    agreed_on: date
    need: Short = ""


class ProfileShape(BaseModel):
    """What a customer has told us for the next time; '' where nothing."""

    model_config = ConfigDict(extra="forbid")
    preferred_name: Short = ""
    form_of_address: Short = ""
    language: Language = ""
    needs: Annotated[list[NeedShape], Field(max_length=MOST_NEEDS)] = Field(default_factory=list)


class ContactOut(BaseModel):
    """A conversation of the history, without its words; `outcome` is what the system says that it was imported from."""

    conversation: str
    channel: Channel
    at: datetime
    outcome: Outcome


class IdentityOut(BaseModel):
    """An identity of the person; `same_as` is the one that it was merged into."""

    id: UUID
    same_as: UUID | None
    same_since: datetime | None


class CustomerOut(BaseModel):
    """A customer. `contacts` are the latest 200 over all channels, under whatever identity."""

    id: UUID
    name: str | None
    reference: str | None
    profile: ProfileShape
    identities: list[IdentityOut]
    contacts: list[ContactOut]


class LineOut(BaseModel):
    """A line of a brief, with the turn or the piece of casework that it comes from."""

    kind: LineKind
    words: str
    conversation: str | None
    n: int | None
    item: UUID | None
    at: datetime | None
    avoid: Avoid | None
    times: int


class BriefOut(BaseModel):
    """What to know before a contact, in the order of use. `settle`: facts for which a moment before is good."""

    lines: list[LineOut]
    settle: list[Settle]
    contacts: int


class MergeIn(BaseModel):
    """The other one, who is the same person."""

    model_config = ConfigDict(extra="forbid")
    other: UUID


class ImportedOut(BaseModel):
    """How many were sent, and how many of them are new or changed."""

    sent: int
    new: int


@calls.get("/customers/{customer}")
@sees
async def one(customer: UUID, request: Request) -> CustomerOut:
    """A customer with profile and history."""
    who = who_of(request)
    await to_thread.run_sync(note_seen, shelf_of(request, who), customer, whose_of(request), who)
    return await to_thread.run_sync(_out, books_of(request, who), customer)


@calls.put("/customers/{customer}/profile")
@asks(Action.EDIT_CUSTOMER, customer, programs=True)
async def keep_profile(customer: UUID, told: ProfileShape, request: Request) -> ProfileShape:
    """Keep this as what they have told us, in the place of what was kept before."""
    profiles = Profiles(books_of(request, who_of(request)), workplace_of(request).clock)
    await to_thread.run_sync(profiles.keep, customer, _profile(told))
    return _shape(await to_thread.run_sync(profiles.of, customer))


@of_talk.get("/conversations/{conversation:path}/brief")
@asks(Action.SEE_BRIEF, the_conversation, programs=True)
async def brief(conversation: str, request: Request) -> BriefOut:
    """What to know before this conversation."""
    found = await to_thread.run_sync(_brief, request, conversation)
    if found is None:
        raise NotHere
    return found


@of_people.post("/customers/{customer}/merge")
@merges
async def merge(customer: UUID, said: MergeIn, request: Request) -> CustomerOut:
    """Say that the other one is the same person. 409 under a legal hold, or where they are one already."""
    who = who_of(request)
    books = books_of(request, who)
    whose = await to_thread.run_sync(whose_customer, books, said.other, who)
    if whose is None or not may(who, Action.MERGE_CUSTOMERS, whose):
        raise Refusal(422, "There is no such customer.", field="other")
    merging = Merging(books.shelf, workplace_of(request).clock)
    await to_thread.run_sync(merging.merge, said.other, customer)
    return await to_thread.run_sync(_out, books, customer)


@of_people.post("/customers/{customer}/split")
@merges
async def split(customer: UUID, request: Request) -> CustomerOut:
    """Say that this identity is another person after all. 409 where it was merged into none, or under a legal hold."""
    books = books_of(request, who_of(request))
    await to_thread.run_sync(Merging(books.shelf, workplace_of(request).clock).split, customer)
    return await to_thread.run_sync(_out, books, customer)


@calls.post("/customers/import")
@imports
async def bring_in_customers(
    rows: Annotated[list[dict[str, Any]], Body(max_length=MOST_CUSTOMERS)], request: Request, dry_run: DryRun = False
) -> ImportedOut:
    """Bring in customers of another system, by its `reference`: all or none. The same again changes nothing."""
    try:
        found = [customer_of_row(row, path=f"[{place}].") for place, row in enumerate(rows)]
    except Malformed as bad:
        raise Refusal(422, bad.reason, field=bad.field) from None
    profiles = Profiles(books_of(request, who_of(request)), workplace_of(request).clock)

    def keep() -> int:
        if dry_run:
            return sum(not profiles.known(row.reference, row.name, row.profile) for row in found)
        return sum(profiles.imported(row.reference, row.name, row.profile) for row in found)

    return ImportedOut(sent=len(found), new=await to_thread.run_sync(keep))


@calls.post("/history/import")
@imports
async def bring_in_history(
    rows: Annotated[list[dict[str, Any]], Body(max_length=MOST_TURNS)],
    request: Request,
    team: Annotated[str | None, Query(description="Name of their team, where there are several.")] = None,
    dry_run: DryRun = False,
) -> ImportedOut:
    """Bring in past conversations, a turn a row or a conversation a row. One that is here already stays as it is."""
    try:
        talks = history_of_rows(rows)
    except Malformed as bad:
        raise Refusal(422, bad.reason, field=bad.field) from None
    desk = workplace_of(request).desks.of(who_of(request).tenant)
    into = await to_thread.run_sync(_team, request, team)
    importing = Importing(desk.books, desk.reader, desk.pack_for, workplace_of(request).clock)
    looked = [await to_thread.run_sync(importing.look, talk.turns) for talk in talks]
    if not dry_run:
        for talk in talks:
            await desk.change(talk.id, lambda talk=talk: importing.keep(talk.turns, talk.ended, into))  # type: ignore[misc]
    return ImportedOut(sent=len(talks), new=looked.count(Found.NEW))


def _team(request: Request, name: str | None) -> UUID:
    who = who_of(request)
    teams = Teams(shelf_of(request, who)).all()
    named = [team for team in teams if name in (None, team.name, str(team.id))]
    if len(named) != 1:
        listed = ", ".join(team.name for team in teams)
        raise Refusal(422, f"expected one of the teams ({listed}), found {name!r}", field="team")
    return named[0].id


def _brief(request: Request, conversation: str) -> BriefOut | None:
    who, now = who_of(request), workplace_of(request).clock()
    books = books_of(request, who)
    if not books.timeline(conversation):
        return None
    whose = Customers(books.shelf, books.vault).of(conversation)
    contacts = contacts_with(books.shelf, whose) if whose else ()
    found = brief_for(books, whose, readable(books.shelf, contacts, who), now, conversation)
    return BriefOut(
        lines=[
            LineOut(
                kind=line.kind,
                words=line.words,
                conversation=line.source.conversation,
                n=line.source.n,
                item=line.source.item,
                at=line.at,
                avoid=line.avoid,
                times=line.times,
            )
            for line in found.lines
        ],
        # The moment is for people who answer, each for themselves.
        settle=list(found.settle) if isinstance(who, Person) and whose_of(request).owner in {None, who.id} else [],
        contacts=found.contacts,
    )


def _out(books: Books, named: UUID) -> CustomerOut:
    known = Customers(books.shelf, books.vault).get(named)
    return CustomerOut(
        id=named,
        name=known.name,
        reference=known.reference,
        profile=_shape(Profiles(books).of(named)),
        identities=[
            IdentityOut(id=it.id, same_as=it.same_as, same_since=it.same_since) for it in Merging(books.shelf).of(named)
        ],
        contacts=[
            ContactOut(conversation=it.conversation, channel=it.channel, at=it.at, outcome=it.ended)
            for it in contacts_with(books.shelf, named)
        ],
    )


def _profile(told: ProfileShape) -> Profile:
    """As it is kept: masked like everything."""
    return Profile(
        preferred_name=redact(told.preferred_name).text,
        form_of_address=redact(told.form_of_address).text,
        language=told.language,
        needs=tuple(
            Need(redact(it.adjustment).text, it.told_by, it.agreed_on, agreed=True, need=redact(it.need).text)
            for it in told.needs
        ),
    )


def _shape(profile: Profile) -> ProfileShape:
    return ProfileShape(
        preferred_name=profile.preferred_name,
        form_of_address=profile.form_of_address,
        language=profile.language,
        needs=[
            NeedShape(adjustment=it.adjustment, told_by=it.teller, agreed_on=it.on, need=it.need)
            for it in profile.needs
        ],
    )
