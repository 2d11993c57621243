"""What of a conversation is shown to whoever was let through to it: by their role, and by their team's roll-out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.conversation import Timeline
from levelhead.people.person import Whose
from levelhead.people.sight import sight_of
from levelhead.people.team import Rollout
from levelhead.privacy.objections import Mark
from levelhead.storage.books import Books
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.muting import Muting
from levelhead.storage.objections import Objections, as_put_right
from levelhead.storage.records import ConversationSummary
from levelhead.storage.teams import Teams
from levelhead.web.gate import Who, who_of, whose_of
from levelhead.web.things import shelf_of
from levelhead.web.veil import as_shown, is_muted_away, is_shown, without_muted

Marks = Mapping[int, tuple[Mark, ...]]
"""What was said about the labels of a conversation, by the number of the turn."""


async def shown_to(request: Request, timeline: Timeline, marks: Marks | None = None) -> Timeline:
    """The conversation that the request is about, as the caller may see it, with what its customer put right.

    `marks` are looked up where they are not given.
    """
    if timeline and marks is None:
        objections = Objections(shelf_of(request, who_of(request)))
        marks = await to_thread.run_sync(objections.of, timeline[0].turn.conversation)
    right = as_put_right(timeline, marks or {})
    if timeline and any(heard.advice.card or heard.advice.showing for heard in timeline):
        muting = Muting(shelf_of(request, who_of(request)))
        if await to_thread.run_sync(muting.is_muted, timeline[0].turn.conversation):
            right = without_muted(right)
    return as_shown(right, who_of(request), whose_of(request), await _rollout(request))


async def sees_readings(request: Request) -> bool:
    """Whether the caller is shown what was read in the conversation that the request is about."""
    return is_shown(who_of(request), whose_of(request), await _rollout(request))


class Glance(NamedTuple):
    """A conversation in a list: as the caller may see it, and whether that includes what was read."""

    summary: ConversationSummary
    with_readings: bool


def seen_by(books: Books, who: Who, limit: int) -> tuple[Glance, ...]:
    """The conversations that the caller may open, the one heard last first."""
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


async def _rollout(request: Request) -> Rollout:
    found = await to_thread.run_sync(rollouts, shelf_of(request, who_of(request)))
    return found[whose_of(request).team]
