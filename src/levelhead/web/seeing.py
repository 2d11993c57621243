"""What of a conversation is shown to whoever was let through to it: by their role, and by their team's roll-out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.conversation import Timeline
from levelhead.live.climbing import boundary_of
from levelhead.live.one_hint import with_one_hint
from levelhead.people.person import Whose
from levelhead.people.sight import sight_of
from levelhead.people.team import Rollout
from levelhead.privacy.objections import Mark
from levelhead.storage.books import Books
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.muting import Muting
from levelhead.storage.objections import Objections
from levelhead.storage.records import ConversationSummary
from levelhead.storage.teams import Teams
from levelhead.web.gate import Who, who_of, whose_of
from levelhead.web.things import shelf_of
from levelhead.web.veil import as_shown, is_muted_away, is_shown, without_muted
from levelhead.web.workplace import workplace_of

Marks = Mapping[int, tuple[Mark, ...]]
"""What was said about the labels of a conversation, by the number of the turn."""


async def shown_to(request: Request, timeline: Timeline) -> Timeline:
    """The conversation that the request is about, as the caller may see it, with what its customer put right."""
    return await to_thread.run_sync(shown, request, timeline)


def shown(request: Request, timeline: Timeline) -> Timeline:
    """As `shown_to`; waits on the database, so use a thread."""
    who, whose = who_of(request), whose_of(request)
    shelf = shelf_of(request, who)
    with shelf.at_one_moment():
        if not timeline:
            return ()
        conversation = timeline[0].turn.conversation
        right = Objections(shelf).shown(conversation, timeline)
        raised = any(heard.advice.card or heard.advice.showing for heard in timeline)
        if raised and Muting(shelf).is_muted(conversation):
            right = without_muted(right)
        if raised:
            right = _with_one_hint(request, right)
        return as_shown(right, who, whose, rollouts(shelf)[whose.team])


def _with_one_hint(request: Request, timeline: Timeline) -> Timeline:
    desk, last = workplace_of(request).desks.of(who_of(request).tenant), timeline[-1].turn
    return with_one_hint(timeline, boundary_of(desk.cases, last.conversation), desk.packs.boundary(last.locale))


async def sees_readings(request: Request) -> bool:
    """Whether the caller is shown what was read in the conversation that the request is about."""
    return await to_thread.run_sync(readings_are_shown, request)


def readings_are_shown(request: Request) -> bool:
    """As `sees_readings`; waits on the database, so use a thread."""
    who, whose = who_of(request), whose_of(request)
    return is_shown(who, whose, rollouts(shelf_of(request, who))[whose.team])


class Glance(NamedTuple):
    """A conversation in a list: as the caller may see it, and whether that includes what was read."""

    summary: ConversationSummary
    with_readings: bool


def seen_by(books: Books, who: Who, limit: int) -> tuple[Glance, ...]:
    """The conversations that the caller may open, the one heard last first."""
    return books.shelf.once(("seen", who.id, limit), lambda: _seen_by(books, who, limit))


def _seen_by(books: Books, who: Who, limit: int) -> tuple[Glance, ...]:
    sight = sight_of(who)
    if sight is None:
        return ()
    found, told = books.conversations(limit, sight), rollouts(books.shelf)
    names = [summary.id for summary in found]
    whose, muted = Holding(books.shelf).whose_of(names), Muting(books.shelf).among(names)
    return tuple(_glance(summary, who, told, whose.get(summary.id), muted=summary.id in muted) for summary in found)


def _glance(
    summary: ConversationSummary, who: Who, told: dict[UUID | None, Rollout], whose: Whose | None, *, muted: bool
) -> Glance:
    if muted and is_muted_away(summary.showing):
        summary = replace(summary, showing=None)
    if whose is not None and is_shown(who, whose, told[whose.team]):
        return Glance(summary, with_readings=True)
    bare = replace(summary, emotion=None, intensity=None, outlook=None, showing=None, ended=False)
    return Glance(bare, with_readings=False)


def rollouts(shelf: Shelf) -> dict[UUID | None, Rollout]:
    """How far Levelhead has come in each team; what is of no team is read and shown."""
    return {None: Rollout.ON} | {team.id: team.rollout for team in Teams(shelf).all()}
