"""The past cases of a team that ended well, kept at hand beside the desk: directions only, and no words, in memory.

What is found is read anew before it is shown, so that whatever was erased, objected to or not agreed to since is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

import structlog
from anyio import sleep, to_thread

from levelhead.casework.similar import HARD, MOST, Alike, Case, alike, case_of, ended_well, nearest
from levelhead.conversation import Timeline
from levelhead.storage.books import Books
from levelhead.storage.consents import Consents
from levelhead.storage.history import ended_as, hard_conversations
from levelhead.storage.holding import Holding
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.objections import Objections
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.teams import Teams

log = structlog.get_logger(__name__)

LOOKED_AT = 200
"""Hard conversations of a team that are looked at for cases, the latest ones: each has to be opened and read."""
AT_A_TIME = 10
"""Conversations that are opened in one go, so that nobody who asks for a page waits long for the machine."""
LOOK_S = 60.0
"""Between two looks at all teams; what has not gone on since the last one is not opened again."""
_BREATH_S = 0.05
_TRIED = 20
_Team = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class _Looked:
    """A conversation that was looked at when it had come so far; the case is None where it is none."""

    heard_at: datetime
    case: Case | None


@dataclass(slots=True)
class SimilarCases:
    """The cases of all teams as far as they are gathered, for any thread: who asks never waits for more."""

    _known: dict[_Team, Mapping[str, _Looked]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def like(self, books: Books, team: UUID | None, timeline: Timeline) -> tuple[Alike, ...]:
        """The cases of this team that are most like this one; waits on the database for those alone."""
        with self._lock:
            looked = self._known.get((books.tenant, team), {})
        found = []
        for name in nearest([one.case for one in looked.values() if one.case], timeline)[:_TRIED]:
            past = _read(books, name, team)
            shown = alike(timeline, past) if past and ended_well(past, ended_as(books.shelf, name)) else None
            if shown:
                found.append(shown)
            if len(found) == MOST:
                break
        return tuple(found)

    def gather(self, books: Books, team: UUID | None, at_a_time: int = LOOKED_AT) -> bool:
        """Open this many of the team's hard conversations that are new or have gone on; whether more are left.

        Nothing is kept of what is gone, or is no longer among the latest.
        """
        hard, key = hard_conversations(books.shelf, team, HARD, LOOKED_AT), (books.tenant, team)
        with self._lock:
            known = self._known.get(key, {})
        still = {name: known[name] for name, at in hard.items() if name in known and known[name].heard_at == at}
        new = [name for name in hard if name not in still]
        for name in new[:at_a_time]:
            still[name] = _Looked(hard[name], _case(books, name, team))
        with self._lock:
            self._known[key] = still
        return len(new) > at_a_time


class Gathering:
    """Keeps the cases of all teams at hand beside the desk, until it is cancelled."""

    def __init__(self, library: Library, books_of: Callable[[UUID], Books], similar: SimilarCases) -> None:
        self._library = library
        self._books_of = books_of
        self._similar = similar

    async def run(self) -> None:
        """Look for ever; while the database is away, look again later."""
        while True:
            try:
                await self.look()
            except CannotKeep as refused:
                log.warning("Similar cases wait for the database", why=str(refused))
            await sleep(LOOK_S)

    async def look(self) -> None:
        """Look at every team once, a few conversations at a time."""
        for tenant in await to_thread.run_sync(self._library.tenants):
            books = self._books_of(tenant.id)
            teams = await to_thread.run_sync(Teams(books.shelf).all)
            for team in (None, *(one.id for one in teams if one.rollout.shows)):
                while await to_thread.run_sync(self._similar.gather, books, team, AT_A_TIME):
                    await sleep(_BREATH_S)


def _case(books: Books, name: str, team: UUID | None) -> Case | None:
    timeline = _read(books, name, team)
    return case_of(timeline) if timeline and ended_well(timeline, ended_as(books.shelf, name)) else None


def _read(books: Books, conversation: str, team: UUID | None) -> Timeline:
    """The case as it may be shown to this team now; empty where it may not."""
    known = Holding(books.shelf).whose(conversation)
    return read_now(books, conversation) if known is not None and known.team == team else ()


def read_now(books: Books, conversation: str) -> Timeline:
    """A past conversation as its customer put it right; empty where they have not agreed, or it is erased."""
    if not Consents(books.shelf).gate(conversation).reads:
        return ()
    try:
        return Objections(books.shelf).shown(conversation, books.timeline(conversation))
    except KeyGone:
        return ()
