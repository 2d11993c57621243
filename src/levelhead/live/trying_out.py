"""Tries a draft of a pack on past conversations: what would have changed. Past conversations are only read."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from levelhead.advising.overlay import overlaid
from levelhead.advising.pack import Pack
from levelhead.conversation import Channel, Timeline
from levelhead.live.packs_in_force import packs_of
from levelhead.live.similar_cases import read_now
from levelhead.live.what_if import SAYING, Ground, Otherwise, Words, otherwise
from levelhead.packs import name_of
from levelhead.packs.checking import check
from levelhead.packs.kinds import PackKind, kind_of
from levelhead.people.sight import Sight
from levelhead.storage.books import Books
from levelhead.storage.history import recent_conversations
from levelhead.storage.holding import Holding
from levelhead.storage.teaching import Teaching

MOST: Final = 50
"""Conversations that a draft is tried on, the latest ones."""
LONGEST: Final = timedelta(seconds=8)
"""So long somebody waits for a page; what was tried by then is told."""


@dataclass(frozen=True, slots=True)
class Differs:
    """A past conversation that would have gone otherwise; its id is for whoever may read it."""

    conversation: str
    channel: Channel
    heard_at: datetime
    turns: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something would have been said, of everything that changed."""

    words: Words
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: how many conversations it was tried on, whether that was all of them, and those that differ."""

    conversations: int
    all_of_them: bool
    differing: tuple[Differs, ...]

    @property
    def turns(self) -> int:
        """How many turns differ."""
        return sum(len(one.turns) for one in self.differing)

    @property
    def counted(self) -> tuple[Counted, ...]:
        """What would have been said more or less often, the largest change first."""
        turns = [turn for one in self.differing for turn in one.turns]
        was, now = Counter(turn.before for turn in turns), Counter(turn.after for turn in turns)
        words = [one for one in dict.fromkeys((*was, *now)) if one is not None]
        found = (Counted(one, was[one], now[one]) for one in words if was[one] != now[one])
        return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))


def speaks(pack: str) -> bool:
    """Whether packs of this kind say something within a conversation, so that there is something to try."""
    return kind_of(pack) in SAYING


def try_out(
    books: Books, pack: str, before: str, after: str, sight: Sight, now: datetime, clock: Callable[[], float]
) -> Tried:
    """Try the text `after` against `before` on the latest conversations in sight; `clock` counts seconds.

    Raises NotUsable. Waits on the database and on the core, so use a thread.
    """
    packs = check(pack, before), check(pack, after)
    recent = recent_conversations(books.shelf, sight, MOST)
    ends, tried, found = clock() + LONGEST.total_seconds(), 0, []
    ground, all_of_them = _grounds(books, now), True
    for conversation, timeline, team in _past(books, pack, tuple(recent)):
        if clock() >= ends:
            all_of_them = False
            break
        turns = _differing(pack, packs, timeline, ground(timeline[-1].turn.locale, team))
        tried += 1
        if turns:
            found.append(Differs(conversation, timeline[-1].turn.channel, recent[conversation], turns))
    return Tried(tried, all_of_them, tuple(found))


def _differing(
    pack: str, packs: tuple[object, object], timeline: Timeline, ground: tuple[Ground, Callable[[Pack], Pack]]
) -> tuple[Otherwise, ...]:
    place, settled = ground
    before, after = (settled(one) if isinstance(one, Pack) else one for one in packs)
    return otherwise(kind_of(pack), before, after, timeline, place)


def _past(books: Books, pack: str, names: tuple[str, ...]) -> Iterator[tuple[str, Timeline, UUID | None]]:
    """The conversations that this pack is for, as they may be read now."""
    whose = Holding(books.shelf).whose_of(names)
    for name in names:
        timeline = read_now(books, name)
        if timeline and _is_for(pack, timeline[-1].turn.locale):
            yield name, timeline, whose[name].team if name in whose else None


def _is_for(pack: str, locale: str) -> bool:
    """Whether a conversation in this locale has this pack."""
    kind = kind_of(pack)
    return kind is PackKind.HEARD or name_of("" if kind is PackKind.CARDS else kind, locale) == pack


def _grounds(books: Books, now: datetime) -> Callable[[str, UUID | None], tuple[Ground, Callable[[Pack], Pack]]]:
    known, teaching = packs_of(books.shelf), Teaching(books.shelf, lambda: now)

    @cache
    def of(locale: str, team: UUID | None) -> tuple[Ground, Callable[[Pack], Pack]]:
        settled = teaching.in_force(team)
        return Ground(overlaid(known.load(locale), settled), now.date()), lambda pack: overlaid(pack, settled)

    return of
