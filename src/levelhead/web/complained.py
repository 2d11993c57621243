"""Whose complaints are, and which somebody sees: their own conversations', and their team's."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.complaint import Complaint, ComplaintState
from levelhead.casework.item import Item, Kind
from levelhead.live.complaint_ledger import Complaints
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Whose
from levelhead.people.sight import Sight, sight_of
from levelhead.storage.cases import Cases, UnknownItem
from levelhead.storage.holding import Holding
from levelhead.web.gate import Who, who_of
from levelhead.web.promised import cases_of
from levelhead.web.seeing import rollouts
from levelhead.web.things import named_in
from levelhead.web.workplace import workplace_of

Done = TypeVar("Done")


async def the_complaint(request: Request, who: Who) -> Whose | None:
    """Of the complaint that the address names."""
    named = named_in(request, "complaint")
    return await to_thread.run_sync(_whose_of_one, cases_of(request, who), named, who) if named else None


def _whose_of_one(cases: Cases, named: UUID, who: Who) -> Whose | None:
    try:
        item = Complaints(cases).get(named)
    except UnknownItem:
        return None
    return whose_are((item,), cases, who).get(item.id)


def whose_are(items: Collection[Item[Complaint]], cases: Cases, who: Who) -> Mapping[UUID, Whose]:
    """Whose these are for the caller: of who holds the conversation, and of who has to see to it.

    What is only proposed was read, so it is left out where a team is not shown that.
    """
    shelf = cases.shelf
    shows = {team: rollout.shows for team, rollout in rollouts(shelf).items()}
    held = Holding(shelf).whose_of([item.conversation for item in items if item.conversation])
    found = {}
    for item in items:
        talk = held.get(item.conversation or "", Whose(shelf.tenant, item.team, item.owner))
        was_read = item.state in (ComplaintState.PROPOSED, ComplaintState.NOT_ONE)
        if was_read and not shows.get(talk.team, False):
            continue
        mine = isinstance(who, Person) and who.id in (item.owner, talk.owner)
        found[item.id] = Whose(shelf.tenant, talk.team, who.id if mine else talk.owner)
    return found


def complaints_for(who: Who, cases: Cases, states: Collection[ComplaintState]) -> tuple[Item[Complaint], ...]:
    """The complaints in these states that the caller sees."""
    items: tuple[Item[Complaint], ...] = cases.standing(Kind.COMPLAINT, states, sight=sight_of(who) or Sight())
    whose = whose_are(items, cases, who)
    return tuple(item for item in items if item.id in whose and may(who, Action.SEE_COMPLAINTS, whose[item.id]))


async def changed(request: Request, complaint: UUID, change: Callable[[Complaints], Done]) -> Done:
    """Change a complaint between two turns of its conversation, and whoever watches hears."""
    complaints = Complaints(cases_of(request))
    item = await to_thread.run_sync(complaints.get, complaint)
    return await in_talk(request, item.conversation, partial(change, complaints))


async def in_talk(request: Request, conversation: str | None, change: Callable[[], Done]) -> Done:
    """Do it between two turns of the conversation."""
    if conversation is None:
        return await to_thread.run_sync(change)
    return await workplace_of(request).desks.of(who_of(request).tenant).change(conversation, change)
