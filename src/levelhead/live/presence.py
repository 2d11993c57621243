"""Who of those who can help is here, and who reads along where: known in this process alone, and gone by itself.

An open page gives a sign of life with its stream. Of agents nothing is kept but that a page of theirs is open on a
conversation that somebody else holds, which its holder is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

HERE_FOR: Final = timedelta(seconds=25)
"""After the last sign of life: two rounds of a stream and a little more (`web/streams.py`)."""


@dataclass(frozen=True, slots=True)
class Room:
    """What somebody says of themselves: free for a hand-over, to how many conversations they can see at a time, and
    how customers reach them.
    """

    free: bool = True
    capacity: int = 3
    contact: str = ""


@dataclass(slots=True)
class Presence:
    """Signs of life and rooms; for any thread."""

    _seen: dict[UUID, datetime] = field(default_factory=dict)
    _reads: dict[tuple[UUID, str], dict[UUID, datetime]] = field(default_factory=dict)
    _rooms: dict[UUID, Room] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def beat(self, person: UUID, at: datetime) -> None:
        """A page of this person is open."""
        with self._lock:
            self._seen[person] = at

    def here(self, people: Iterable[UUID], at: datetime) -> frozenset[UUID]:
        """Those of these people who are here."""
        with self._lock:
            return frozenset(one for one in people if _is_fresh(self._seen.get(one), at))

    def reads(self, tenant: UUID, conversation: str, person: UUID, at: datetime) -> bool:
        """This person reads along in a conversation; whether they have only just begun to."""
        with self._lock:
            readers = self._reads.setdefault((tenant, conversation), {})
            is_new = not _is_fresh(readers.get(person), at)
            readers[person] = at
            self._sweep(at)
            return is_new

    def readers(self, tenant: UUID, conversation: str, at: datetime) -> tuple[UUID, ...]:
        """Who reads along, who came first at the front."""
        with self._lock:
            readers = self._reads.get((tenant, conversation), {})
            return tuple(person for person, seen in readers.items() if _is_fresh(seen, at))

    def room(self, person: UUID) -> Room:
        """What they last said of themselves since this process began; else free, for three at a time."""
        with self._lock:
            return self._rooms.get(person, Room())

    def say(self, person: UUID, **said: bool | int | str) -> Room:
        """Take what they say of themselves; what is left out stays."""
        with self._lock:
            self._rooms[person] = replace(self._rooms.get(person, Room()), **said)  # type: ignore[arg-type]
            return self._rooms[person]

    def _sweep(self, at: datetime) -> None:
        for place, readers in tuple(self._reads.items()):
            for person in [one for one, seen in readers.items() if not _is_fresh(seen, at)]:
                del readers[person]
            if not readers:
                del self._reads[place]


def _is_fresh(seen: datetime | None, at: datetime) -> bool:
    return seen is not None and at - seen < HERE_FOR
