"""*Where you can help*: the ranked part of a supervisor's *Now*, with what was answered, dropped and asked again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from levelhead.casework.asked_again import asked_again
from levelhead.casework.handover import STANDING, Called, HandoverState
from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import OPEN, Promised
from levelhead.casework.where_to_help import AnswerState, GroundAnswered, GroundKind, Live, Ranked, ranked
from levelhead.conversation import Timeline
from levelhead.live.packs_in_force import packs_of
from levelhead.live.presence import Room
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person
from levelhead.people.sight import Sight, sight_of
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.holding import Holding
from levelhead.storage.objections import Objections, as_put_right
from levelhead.web.glance import LIVE_FOR
from levelhead.web.seeing import Glance, seen_by

COUNTED: Final = timedelta(days=7)
"""How far back dropped calls and disagreements are counted, and for how long an answer to a ground holds."""
_MOST = 60


@dataclass(frozen=True, slots=True)
class HelpList:
    """The list of one supervisor. Counts are of their conversations in the last seven days, and name nobody."""

    ranked: Ranked
    timelines: Mapping[str, Timeline]
    calls: Mapping[str, Item[Called]]
    room: Room
    dropped: int
    disagreed: Mapping[GroundKind, int]
    disagreed_in: frozenset[str]
    handed_over: int
    again: int


def help_list(books: Books, person: Person, room: Room, now: datetime) -> HelpList | None:
    """The list as it is now; None for whoever helps nobody. Waits on the database, so use a thread."""
    sight = sight_of(person)
    if reach_of(person, Action.SEE_SUPERVISOR_LIST) is None or sight is None:
        return None
    cases = Cases(books, lambda: now)
    calls = {one.conversation or "": one for one in cases.standing(Kind.HANDOVER, STANDING, sight=sight)}
    lives = tuple(_lives(books, person, sight, calls, now))
    answered = _answered(cases, sight, now)
    disagreed = tuple(one for one in answered if one.state == AnswerState.DISAGREED)
    handed, again = _asked_again(books, cases, sight, now)
    return HelpList(
        ranked=ranked(
            lives,
            _by_conversation(answered),
            viewer=person.id,
            now=now,
            weighing=packs_of(books.shelf).help_pack("").weighing,
            capacity=room.capacity,
        ),
        timelines={live.conversation: live.timeline for live in lives},
        calls=calls,
        room=room,
        dropped=len(cases.standing(Kind.HANDOVER, [HandoverState.DROPPED], sight=sight, changed_after=now - COUNTED)),
        disagreed=Counter(one.body.ground for one in disagreed),
        disagreed_in=frozenset(one.conversation or "" for one in disagreed),
        handed_over=handed,
        again=again,
    )


def ground_key(conversation: str, ground: GroundKind) -> str:
    """What an answer to a ground is kept under: one a conversation and ground."""
    return f"{conversation}:{ground}"


def _lives(
    books: Books, person: Person, sight: Sight, calls: Mapping[str, Item[Called]], now: datetime
) -> Iterator[Live]:
    seen = [one for one in seen_by(books, person, _MOST) if _is_live(one, calls, now)]
    names = [one.summary.id for one in seen]
    whose, marks = Holding(books.shelf).whose_of(names), Objections(books.shelf).among(names)
    promises = _promises(Cases(books), names)
    for glance in seen:
        name = glance.summary.id
        if name in whose and whose[name].owner == person.id:
            continue
        timeline = as_put_right(books.timeline(name), marks.get(name, {})) if glance.with_readings else ()
        yield Live(name, timeline, promises.get(name, ()), calls.get(name))
    # Whoever asks is there, however long ago the last turn was.
    yield from (Live(name, (), call=call) for name, call in calls.items() if name not in names)


def _is_live(glance: Glance, calls: Mapping[str, Item[Called]], now: datetime) -> bool:
    found = glance.summary
    return found.id in calls or (not found.ended and now - found.last_heard_at < LIVE_FOR)


def _promises(cases: Cases, conversations: Collection[str]) -> Mapping[str, tuple[Item[Promised], ...]]:
    """Those that are open, the one that is due first first."""
    found: defaultdict[str, tuple[Item[Promised], ...]] = defaultdict(tuple)
    for one in cases.standing(Kind.PROMISE, OPEN, conversations=conversations):
        found[one.conversation or ""] += (one,)
    return found


def _answered(cases: Cases, sight: Sight, now: datetime) -> tuple[Item[GroundAnswered], ...]:
    states = (AnswerState.ACKNOWLEDGED, AnswerState.DISAGREED)
    return cases.standing(Kind.GROUND_ANSWER, states, sight=sight, changed_after=now - COUNTED)


def _by_conversation(answered: tuple[Item[GroundAnswered], ...]) -> Mapping[str, frozenset[GroundKind]]:
    found: defaultdict[str, frozenset[GroundKind]] = defaultdict(frozenset)
    for one in answered:
        found[one.conversation or ""] |= {one.body.ground}
    return found


def _asked_again(books: Books, cases: Cases, sight: Sight, now: datetime) -> tuple[int, int]:
    """How many conversations were handed over, and how many facts their customers had to say again."""
    taken = cases.standing(Kind.HANDOVER, [HandoverState.TAKEN_OVER], sight=sight, changed_after=now - COUNTED)
    last: dict[str, Item[Called]] = {one.conversation or "": one for one in taken[-_MOST:]}
    again = sum(
        len(asked_again(books.timeline(name), one.body.over_after))
        for name, one in last.items()
        if one.body.over_after is not None
    )
    return len(taken), again
