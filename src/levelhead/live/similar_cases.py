"""The past cases of a team that ended well, kept ready to be searched: directions only, and no words, in memory.

What is found is read anew before it is shown, so that whatever was erased, objected to or not agreed to since is not.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from levelhead.casework.similar import HARD, MOST, Alike, Case, alike, case_of, ended_well, nearest
from levelhead.conversation import Timeline
from levelhead.storage.books import Books
from levelhead.storage.consents import Consents
from levelhead.storage.history import ended_as, hard_conversations
from levelhead.storage.holding import Holding
from levelhead.storage.keyring import KeyGone
from levelhead.storage.objections import Objections

LOOKED_AT = 200
"""Hard conversations of a team that are looked at for cases, the latest ones: each has to be opened and read."""
GOOD_FOR = timedelta(minutes=10)
_TRIED = 20


@dataclass(slots=True)
class SimilarCases:
    """The cases of all teams, gathered when the first one asks; for any thread."""

    _known: dict[tuple[UUID, UUID | None], tuple[datetime, tuple[Case, ...]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def like(self, books: Books, team: UUID | None, timeline: Timeline, now: datetime) -> tuple[Alike, ...]:
        """The cases of this team that are most like this one; waits on the database."""
        found = []
        for name in nearest(self._cases(books, team, now), timeline)[:_TRIED]:
            past = _read(books, name, team)
            shown = alike(timeline, past) if past and ended_well(past, ended_as(books.shelf, name)) else None
            if shown:
                found.append(shown)
            if len(found) == MOST:
                break
        return tuple(found)

    def _cases(self, books: Books, team: UUID | None, now: datetime) -> tuple[Case, ...]:
        key = (books.tenant, team)
        with self._lock:
            since, cases = self._known.get(key, (None, ()))
        if since is not None and now - since < GOOD_FOR:
            return cases
        cases = tuple(_gathered(books, team))
        with self._lock:
            self._known[key] = (now, cases)
        return cases


def _gathered(books: Books, team: UUID | None) -> list[Case]:
    names = hard_conversations(books.shelf, team, HARD, LOOKED_AT)
    cases = []
    for name in names:
        timeline = _read(books, name, team)
        case = case_of(timeline) if timeline and ended_well(timeline, ended_as(books.shelf, name)) else None
        if case:
            cases.append(case)
    return cases


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
