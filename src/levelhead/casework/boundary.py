"""The boundary of a conversation: the ladder that its agent climbs, rung by rung, with the words that led there.

A turn that was read as abuse only proposes a rung; what was said, passed over, calmed or ended a person decides. It is
of one conversation and never of a person: the next conversation begins with none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from levelhead.casework.item import Evidence, Item, Kind
from levelhead.casework.machine import Machine, NotPossible
from levelhead.conversation import Abuse


class Rung(StrEnum):
    """What can be said next, bottom to top."""

    NAMING = "naming"
    WARNING = "warning"
    FINAL_WARNING = "final_warning"
    ENDING = "ending"


class BoundaryState(StrEnum):
    """How far it has come: `noticed` is read and nothing decided; `end_offered` is said that it may end now."""

    NOTICED = "noticed"
    NAMED = "named"
    WARNED = "warned"
    FINAL_WARNED = "final_warned"
    END_OFFERED = "end_offered"
    ENDED = "ended"
    CALMED = "calmed"
    SET_ASIDE = "set_aside"


class BoundaryMove(StrEnum):
    """What can happen to it. Only `notice` and `calm` come by themselves, and neither says anything to anybody."""

    NOTICE = "notice"
    NAME = "name"
    WARN = "warn"
    WARN_FINALLY = "warn_finally"
    OFFER_END = "offer_end"
    END = "end"
    CALM = "calm"
    NOT_NEEDED = "not_needed"
    ASK = "ask"
    TELL = "tell"
    SET_ASIDE = "set_aside"
    REOPEN = "reopen"


_S, _M = BoundaryState, BoundaryMove
OPEN: Final = (_S.NOTICED, _S.NAMED, _S.WARNED, _S.FINAL_WARNED, _S.END_OFFERED)
"""States in which something stands between the two."""
SPOKEN: Final = (_S.NAMED, _S.WARNED, _S.FINAL_WARNED, _S.END_OFFERED)
"""Open states in which something was said, bottom to top."""
SAYS: Final = {
    Rung.NAMING: _M.NAME,
    Rung.WARNING: _M.WARN,
    Rung.FINAL_WARNING: _M.WARN_FINALLY,
    Rung.ENDING: _M.OFFER_END,
}
"""The move that says a rung."""

BOUNDARY: Final[Machine[BoundaryState, BoundaryMove]] = Machine(
    begins={_M.NOTICE: _S.NOTICED},
    table={
        **{(state, _M.NOTICE): state for state in OPEN},
        # Abuse after a calm stretch begins below: what was said before it counts no more.
        **{(state, _M.NOTICE): _S.NOTICED for state in (_S.CALMED, _S.SET_ASIDE)},
        **{(state, _M.NAME): _S.NAMED for state in (_S.NOTICED, _S.NAMED)},
        **{(state, _M.WARN): _S.WARNED for state in (_S.NOTICED, _S.NAMED, _S.WARNED)},
        **{(state, _M.WARN_FINALLY): _S.FINAL_WARNED for state in (_S.NOTICED, _S.NAMED, _S.WARNED, _S.FINAL_WARNED)},
        **{(state, _M.OFFER_END): _S.END_OFFERED for state in OPEN},
        **{(state, _M.END): _S.ENDED for state in OPEN},
        **{(state, _M.CALM): _S.CALMED for state in OPEN},
        **{(state, _M.NOT_NEEDED): state for state in SPOKEN},
        (_S.NOTICED, _M.SET_ASIDE): _S.SET_ASIDE,
        # Pressed by mistake, or the customer is back: the contact goes on where it was.
        (_S.ENDED, _M.REOPEN): _S.END_OFFERED,
        **{(state, _M.ASK): state for state in OPEN},
        **{(state, _M.TELL): state for state in (*OPEN, _S.ENDED, _S.CALMED)},
    },
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Abuse as it was read in a turn, with its words as they were kept."""

    n: int
    abuse: Abuse
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A rung that was said; `n` is the last turn by then, None where there was none."""

    rung: Rung
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """What a boundary says of itself. `seen`, `said` and `asked` only ever grow.

    `due` is the rung that is proposed, None where nothing is. `distress` is the turn in which a vulnerability or
    distress was told that nobody has asked about since; `asked` are the turns by which somebody had.
    """

    seen: tuple[Seen, ...]
    due: Rung | None = None
    said: tuple[Step, ...] = ()
    distress: int | None = None
    asked: tuple[int, ...] = ()
    calm_from: int | None = None
    told: bool = False

    @property
    def because(self) -> Seen:
        """What was read last."""
        return self.seen[-1]

    @property
    def was_threat(self) -> bool:
        """Whether anybody was threatened."""
        return any(seen.abuse is Abuse.THREAT for seen in self.seen)


@dataclass(frozen=True, slots=True)
class Climb:
    """A boundary after a move: where it stands, and what it says of itself then."""

    move: BoundaryMove
    state: BoundaryState
    body: Boundary


def climbs(abuse: Abuse) -> bool:
    """Whether this is abuse of a person; swearing at the fault is none."""
    return abuse not in (Abuse.NONE, Abuse.PROFANITY)


def begun(seen: Seen, due: Rung, distress: int | None = None) -> Boundary:
    """The boundary that abuse in a turn opens. Raises NotPossible where it is none."""
    _check_abuse(seen)
    return Boundary((seen,), due, distress=distress)


def noticed(state: BoundaryState, body: Boundary, seen: Seen, due: Rung, distress: int | None = None) -> Climb:
    """After more abuse: a rung is proposed, and nothing else has happened."""
    _check_abuse(seen)
    told = body.distress if distress is None else distress
    return _moved(state, BoundaryMove.NOTICE, replace(body, seen=(*body.seen, seen), due=due, distress=told))


def spoke(state: BoundaryState, body: Boundary, rung: Rung, n: int | None) -> Climb:
    """After the agent has said a rung. Raises NotPossible before its time, or before distress was asked about."""
    _check_due(state, body, rung)
    if rung is Rung.FINAL_WARNING:
        _check_asked(body)
    return _moved(state, SAYS[rung], replace(body, due=None, said=(*body.said, Step(rung, n))))


def passed_over(state: BoundaryState, body: Boundary) -> Climb:
    """After the agent found that nothing has to be said: before anything was, the matter is set aside."""
    if body.due is None:
        raise NotPossible("Nothing is proposed that could be passed over.")
    move = BoundaryMove.SET_ASIDE if state is BoundaryState.NOTICED else BoundaryMove.NOT_NEEDED
    return _moved(state, move, replace(body, due=None))


def asked_after(state: BoundaryState, body: Boundary, n: int) -> Climb:
    """After somebody asked about what the customer is going through, in turn `n` or by then."""
    return _moved(state, BoundaryMove.ASK, replace(body, distress=None, asked=(*body.asked, n)))


def calmed(state: BoundaryState, body: Boundary, n: int) -> Climb:
    """After the customer has calmed: what comes after turn `n` begins at the bottom again."""
    return _moved(state, BoundaryMove.CALM, replace(body, due=None, calm_from=n))


def supervisor_told(state: BoundaryState, body: Boundary) -> Climb:
    """After a supervisor was told."""
    return _moved(state, BoundaryMove.TELL, replace(body, told=True))


def ended(state: BoundaryState, body: Boundary) -> Climb:
    """After the agent has ended the contact. Raises NotPossible where the ladder does not allow that."""
    if not may_end(state, body):
        raise NotPossible("The contact can be ended once a final warning was passed over, or after a second threat.")
    return _moved(state, BoundaryMove.END, replace(body, due=None, told=True))


def reopened(state: BoundaryState, body: Boundary) -> Climb:
    """After the contact was ended by mistake: it goes on."""
    return _moved(state, BoundaryMove.REOPEN, body)


def may_end(state: BoundaryState, body: Boundary) -> bool:
    """Whether the agent may end the contact now."""
    return state is BoundaryState.END_OFFERED or (state in OPEN and body.due is Rung.ENDING)


def must_ask_first(body: Boundary) -> bool:
    """Whether a vulnerability or distress is open that has to be asked about before a final warning."""
    return body.distress is not None


def evidence(conversation: str, body: Boundary) -> tuple[Evidence, ...]:
    """The words that it all rests on, oldest first."""
    return tuple(Evidence(conversation, seen.n, seen.words) for seen in body.seen)


def was_ended_for_abuse(casework: Iterable[Item[object]]) -> bool:
    """Whether a contact was ended for abuse, by the casework of its conversation.

    Whoever was sent away like that is sent no survey.
    """
    return any(item.kind is Kind.BOUNDARY and item.state == BoundaryState.ENDED for item in casework)


def _moved(state: BoundaryState, move: BoundaryMove, body: Boundary) -> Climb:
    return Climb(move, BOUNDARY.after(state, move), body)


def _check_abuse(seen: Seen) -> None:
    if not climbs(seen.abuse):
        raise NotPossible("Swearing at what went wrong is no abuse of anybody, so there is nothing to climb.")


def _check_due(state: BoundaryState, body: Boundary, rung: Rung) -> None:
    """A rung that is proposed can be said, and so can any gentler one that does not go back."""
    if body.due is None or list(Rung).index(rung) > list(Rung).index(body.due):
        raise NotPossible("This rung is not due: nothing that was said since calls for it.")
    BOUNDARY.after(state, SAYS[rung])


def _check_asked(body: Boundary) -> None:
    if must_ask_first(body):
        raise NotPossible("Ask first what the customer is going through; then a final warning can be given.")
