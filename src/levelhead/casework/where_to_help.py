"""Where a supervisor can help: open conversations, ranked by what can still be changed, down to what one can do.

A line says in grounds why it stands there; it leaves when they are gone, as when the customer has calmed. Lines are of
conversations and never of who answers them. What loudness alone would say is no ground.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.handover import Called, HandoverState
from levelhead.casework.item import Item
from levelhead.casework.machine import Machine
from levelhead.casework.promise import Promised, PromiseState
from levelhead.conversation import Abuse, Cue, CustomerReading, Emotion, Heard, Speaker, Timeline


class GroundKind(StrEnum):
    """Why somebody can still change something there, what comes first at the top."""

    SAFETY = "safety"
    HANDED = "handed"
    HAND = "hand"
    PROMISE = "promise"
    ASKED = "asked"
    FORECAST = "forecast"
    AGAIN = "again"


CALLS: Final = (GroundKind.SAFETY, GroundKind.HANDED, GroundKind.HAND)
"""Grounds that are shown whatever the capacity: somebody is in danger, or has asked."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: the turn and the words that it rests on, until when it matters, how likely it is where foretold."""

    kind: GroundKind
    n: int | None = None
    words: str = ""
    until: datetime | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """An open conversation: its turns, its promises, and the call for help that stands."""

    conversation: str
    timeline: Timeline
    promises: tuple[Item[Promised], ...] = ()
    call: Item[Called] | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """From where on something is a ground, as the pack says."""

    forecast: float
    promise_within: timedelta
    calm_turns: int


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list, its weightiest ground first."""

    conversation: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The list: what one can see to now, what comes after it, and what somebody has answered already."""

    now: tuple[Line, ...]
    later: tuple[Line, ...]
    answered: tuple[Line, ...]


class AnswerState(StrEnum):
    """What a supervisor said to a ground: it is seen, it is none, or the answer was taken back."""

    ACKNOWLEDGED = "acknowledged"
    DISAGREED = "disagreed"
    TAKEN_BACK = "taken_back"


class AnswerMove(StrEnum):
    """What a supervisor can say to a ground."""

    ACKNOWLEDGE = "acknowledge"
    DISAGREE = "disagree"
    TAKE_BACK = "take_back"


_S, _M = AnswerState, AnswerMove
ANSWER: Final[Machine[AnswerState, AnswerMove]] = Machine(
    begins={_M.ACKNOWLEDGE: _S.ACKNOWLEDGED, _M.DISAGREE: _S.DISAGREED},
    table={
        **{(state, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED for state in (_S.DISAGREED, _S.TAKEN_BACK)},
        **{(state, _M.DISAGREE): _S.DISAGREED for state in (_S.ACKNOWLEDGED, _S.TAKEN_BACK)},
        **{(state, _M.TAKE_BACK): _S.TAKEN_BACK for state in (_S.ACKNOWLEDGED, _S.DISAGREED)},
    },
)


@dataclass(frozen=True, slots=True)
class GroundAnswered:
    """To which ground of a conversation a supervisor said something; it holds for the whole team."""

    ground: GroundKind


def ranked(
    lives: Iterable[Live],
    answered: Mapping[str, frozenset[GroundKind]],
    *,
    viewer: UUID,
    now: datetime,
    weighing: Weighing,
    capacity: int,
) -> Ranked:
    """The list of one supervisor. `answered`: grounds that were acknowledged or disagreed with, by conversation.

    Calls stand at the top whatever the capacity; what else fits it fills. The same input gives the same order.
    """
    seen: list[Line] = []
    standing: list[Line] = []
    for live in lives:
        grounds = tuple(sorted(grounds_of(live, viewer, now, weighing), key=_weight))
        if not grounds:
            continue
        open_grounds = tuple(one for one in grounds if one.kind not in answered.get(live.conversation, frozenset()))
        (standing if open_grounds else seen).append(Line(live.conversation, open_grounds or grounds))
    lines = sorted(standing, key=_place)
    calls = sum(line.grounds[0].kind in CALLS for line in lines)
    room = max(capacity, calls)
    return Ranked(tuple(lines[:room]), tuple(lines[room:]), tuple(sorted(seen, key=_place)))


def grounds_of(live: Live, viewer: UUID, now: datetime, weighing: Weighing) -> Iterator[Ground]:
    """Everything by which somebody can still change how this conversation goes, in no order."""
    yield from _safety(live.timeline)
    yield from _called(live.call, viewer)
    yield from _promised(live.promises, now + weighing.promise_within)
    yield from _foretold(live.timeline, weighing.forecast)
    if not has_calmed(live.timeline, weighing.calm_turns):
        yield from _said(live.timeline)


def has_calmed(timeline: Timeline, turns: int) -> bool:
    """Whether the customer's last turns were calm or pleased, or the last says that all is solved."""
    customers = [heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER]
    if customers and customers[-1].reading.shows(Cue.CONFIRMS_RESOLVED):
        return True
    last = [heard.reading.of_customer for heard in customers[-turns:]]
    return len(customers) > turns and all(felt is not None and _is_calm(felt) for felt in last)


def _is_calm(felt: CustomerReading) -> bool:
    return felt.intensity <= 1 or felt.emotion is Emotion.SATISFIED


def _safety(timeline: Timeline) -> Iterator[Ground]:
    for heard in reversed(timeline):
        for label in (Cue.SELF_HARM, Abuse.THREAT):
            if heard.turn.speaker is Speaker.CUSTOMER and heard.reading.shows(label):
                yield _ground(GroundKind.SAFETY, heard, label)
                return


def _called(call: Item[Called] | None, viewer: UUID) -> Iterator[Ground]:
    """A hand that somebody else is seeing to is theirs, and a hand-over to somebody is for that one alone."""
    if call is None:
        return
    if call.state == HandoverState.OFFERED and call.body.handing and call.body.handing.to == viewer:
        yield Ground(GroundKind.HANDED, words=call.body.line, until=call.due_at)
    if call.state == HandoverState.RAISED or (call.state == HandoverState.SEEN and call.body.helper == viewer):
        yield Ground(GroundKind.HAND, words=call.body.line, until=call.due_at)


def _promised(promises: tuple[Item[Promised], ...], soon: datetime) -> Iterator[Ground]:
    """The promise that has to be kept next. One that was broken cannot be kept any more."""
    dated = [(one.due_at, one) for one in promises if one.state in _CAN_BE_KEPT and one.due_at and one.due_at <= soon]
    if dated:
        due, promise = min(dated, key=lambda one: (one[0], one[1].key))
        yield Ground(GroundKind.PROMISE, promise.body.n, promise.body.action, due)


_CAN_BE_KEPT = (PromiseState.MADE, PromiseState.DUE_SOON, PromiseState.LATE)


def _foretold(timeline: Timeline, at_least: float) -> Iterator[Ground]:
    """The forecast as it is after the last turn: it recovers, and the line with it. What came true is none any more."""
    if any(heard.reading.shows(Cue.ASKS_SUPERVISOR) for heard in timeline):
        return
    outlook = next((heard.reading.outlook for heard in reversed(timeline) if heard.reading.outlook), None)
    if outlook and outlook.asks_supervisor is not None and outlook.asks_supervisor >= at_least:
        yield Ground(GroundKind.FORECAST, words="; ".join(outlook.reasons[:2]), p=outlook.asks_supervisor)


def _said(timeline: Timeline) -> Iterator[Ground]:
    helped_at = max((heard.turn.n for heard in timeline if heard.turn.speaker is Speaker.SUPERVISOR), default=-1)
    for cue, kind in ((Cue.ASKS_SUPERVISOR, GroundKind.ASKED), (Cue.REPEAT_CONTACT, GroundKind.AGAIN)):
        heard = next((one for one in reversed(timeline) if one.reading.shows(cue)), None)
        if heard is not None and heard.turn.n > helped_at:
            yield _ground(kind, heard, cue)


def _ground(kind: GroundKind, heard: Heard, label: str) -> Ground:
    return Ground(kind, heard.turn.n, heard.reading.words_of(label, heard.turn.text))


_ORDER: Final = {kind: place for place, kind in enumerate(GroundKind)}
_LATEST: Final = datetime.max.replace(tzinfo=UTC)


def _weight(ground: Ground) -> tuple[int, datetime]:
    return _ORDER[ground.kind], ground.until or _LATEST


def _place(line: Line) -> tuple[int, datetime, int, str]:
    """Weightiest ground, then what is over soonest, then how many grounds; the name only so that nothing jumps."""
    return (*_weight(line.grounds[0]), -len(line.grounds), line.conversation)
