"""A complaint: proposed by words that were heard, confirmed by a person, answered by letters, closed with its cause.

What was read only ever proposes one; whether it is a complaint a person says. It can be made again after it was closed,
and the clock then still counts from the first words (`complaint_clock.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.item import Evidence
from levelhead.casework.machine import Machine


class ComplaintState(StrEnum):
    """Where a complaint stands. `not_one` is what somebody said of a proposal; it needs no reason."""

    PROPOSED = "proposed"
    NOT_ONE = "not_one"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATED = "investigated"
    RESPONDED = "responded"
    DEADLOCK = "deadlock"
    CLOSED = "closed"
    REOPENED = "reopened"


class ComplaintMove(StrEnum):
    """What can happen to it. `propose` comes with words, `remind` and `reach` with time; the rest people do.

    A complaint that a person hears is proposed by them, and confirmed at once.
    """

    PROPOSE = "propose"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    TAKE_BACK = "take_back"
    FALL_UNDER = "fall_under"
    ACKNOWLEDGE = "acknowledge"
    ASSESS = "assess"
    INVESTIGATE = "investigate"
    RESPOND = "respond"
    SEND = "send"
    DECLARE_DEADLOCK = "declare_deadlock"
    PAUSE = "pause"
    RESUME = "resume"
    REMIND = "remind"
    REACH = "reach"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


class LetterKind(StrEnum):
    """What a letter is. `holding` says why there is no answer yet; `adr` is the one at deadlock or the limit."""

    ACKNOWLEDGEMENT = "acknowledgement"
    SUMMARY = "summary"
    HOLDING = "holding"
    FINAL_RESPONSE = "final_response"
    ADR = "adr"


_S, _M = ComplaintState, ComplaintMove
WORKING: Final = (_S.OPEN, _S.REOPENED, _S.ACKNOWLEDGED, _S.ASSESSED, _S.INVESTIGATED)
"""States in which the customer has no answer yet."""
STANDING: Final = (*WORKING, _S.RESPONDED, _S.DEADLOCK)
"""States in which a limit can still be missed."""
WRITES: Final = {
    LetterKind.ACKNOWLEDGEMENT: _M.ACKNOWLEDGE,
    LetterKind.SUMMARY: _M.RESPOND,
    LetterKind.HOLDING: _M.SEND,
    LetterKind.FINAL_RESPONSE: _M.RESPOND,
    LetterKind.ADR: _M.SEND,
}
"""The move that each letter makes once it was sent."""
_NEW: Final = (_S.OPEN, _S.REOPENED)

COMPLAINT: Final[Machine[ComplaintState, ComplaintMove]] = Machine(
    begins={_M.PROPOSE: _S.PROPOSED},
    table={
        (_S.PROPOSED, _M.CONFIRM): _S.OPEN,
        (_S.PROPOSED, _M.DISMISS): _S.NOT_ONE,
        (_S.NOT_ONE, _M.CONFIRM): _S.OPEN,
        # Pressed by mistake: asked once more.
        **{(state, _M.TAKE_BACK): _S.PROPOSED for state in (_S.NOT_ONE, _S.OPEN)},
        **{(state, _M.FALL_UNDER): state for state in WORKING},
        **{(state, _M.ACKNOWLEDGE): _S.ACKNOWLEDGED for state in _NEW},
        # A late acknowledgement takes nothing back of what has been done since.
        **{(state, _M.ACKNOWLEDGE): state for state in (_S.ACKNOWLEDGED, _S.ASSESSED, _S.INVESTIGATED)},
        # What is simple is not led through every stage: each may be passed over on the way to an answer.
        **{(state, _M.ASSESS): _S.ASSESSED for state in (*_NEW, _S.ACKNOWLEDGED, _S.ASSESSED)},
        **{(state, _M.INVESTIGATE): _S.INVESTIGATED for state in WORKING},
        **{(state, _M.RESPOND): _S.RESPONDED for state in STANDING},
        **{(state, _M.SEND): state for state in STANDING},
        **{(state, _M.DECLARE_DEADLOCK): _S.DEADLOCK for state in (*WORKING, _S.RESPONDED)},
        **{(state, move): state for state in WORKING for move in (_M.PAUSE, _M.RESUME)},
        **{(state, move): state for state in STANDING for move in (_M.REMIND, _M.REACH)},
        **{(state, _M.WITHDRAW): _S.CLOSED for state in WORKING},
        **{(state, _M.CLOSE): _S.CLOSED for state in (_S.RESPONDED, _S.DEADLOCK)},
        (_S.CLOSED, _M.REOPEN): _S.REOPENED,
    },
)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which we waited for the customer; `until` is None while we still do."""

    since: datetime
    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as it went out, word for word: when, by whom, and the version of the rules that it was made from."""

    kind: LetterKind
    title: str
    paragraphs: tuple[str, ...]
    pack: str
    at: datetime
    person: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a complaint says of itself. `letters`, `warned` and `reached` only ever grow.

    `said` are the first words, `said_at` when they were said: the clock counts from there. `rules` is the name of the
    rule set that it falls under, `code` what the customer can name it by. `warned` and `reached` are names of limits.
    `findings` is what was found out, `done` what was done about it, `cause` what it came from, in words.
    """

    said: Evidence
    said_at: datetime
    rules: str = ""
    code: str = ""
    letters: tuple[Sent, ...] = ()
    pauses: tuple[Pause, ...] = ()
    warned: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    findings: str = ""
    done: str = ""
    deadlock_at: datetime | None = None
    reopened_at: datetime | None = None
    closed_at: datetime | None = None
    cause: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether we wait for the customer now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    def sent(self, *kinds: LetterKind) -> tuple[Sent, ...]:
        """The letters of these kinds since it was last taken up."""
        since = self.reopened_at
        return tuple(one for one in self.letters if one.kind in kinds and (since is None or one.at >= since))
