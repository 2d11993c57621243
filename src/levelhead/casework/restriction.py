"""A restriction: how somebody may be in touch for a while, after their contact had to be ended for abuse.

It is proposed by one person and approved by another, told by a letter, ends by itself, is looked at again before that,
and can be appealed against. It follows ombudsman practice: say why, proportionate, in writing, for a limited time,
reasonable adjustments considered first (PHSO, unreasonable behaviour policy; the Adjudicator's Office).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from levelhead.casework import arrangement
from levelhead.casework.arrangement import Appeal, Arrangement, Incomplete, Letter, Limits, Signed, Turned
from levelhead.casework.item import Evidence
from levelhead.casework.machine import Machine


class RestrictionState(StrEnum):
    """Where a restriction stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    APPEALED = "appealed"
    LIFTED = "lifted"
    EXPIRED = "expired"


class RestrictionMove(StrEnum):
    """What can happen to a restriction. `expire` comes with time; the rest people do."""

    PROPOSE = "propose"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    TELL = "tell"
    REVIEW = "review"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    LIFT = "lift"
    EXPIRE = "expire"


class Way(StrEnum):
    """How somebody may be in touch: the least that helps."""

    IN_WRITING = "in_writing"
    ONE_CONTACT = "one_contact"
    SET_TIMES = "set_times"
    AGREED_CONDUCT = "agreed_conduct"
    THROUGH_ADVOCATE = "through_advocate"


_S, _M = RestrictionState, RestrictionMove
RESTRICTION: Final[Machine[RestrictionState, RestrictionMove]] = Machine(
    begins={_M.PROPOSE: _S.PROPOSED},
    table={
        (_S.PROPOSED, _M.APPROVE): _S.APPROVED,
        (_S.PROPOSED, _M.REFUSE): _S.REFUSED,
        (_S.PROPOSED, _M.TAKE_BACK): _S.TAKEN_BACK,
        (_S.APPROVED, _M.TELL): _S.IN_FORCE,
        (_S.APPROVED, _M.TAKE_BACK): _S.TAKEN_BACK,
        (_S.IN_FORCE, _M.REVIEW): _S.IN_FORCE,
        (_S.IN_FORCE, _M.APPEAL): _S.APPEALED,
        (_S.APPEALED, _M.UPHOLD): _S.IN_FORCE,
        **{(state, _M.LIFT): _S.LIFTED for state in (_S.IN_FORCE, _S.APPEALED)},
        **{(state, _M.EXPIRE): _S.EXPIRED for state in (_S.APPROVED, _S.IN_FORCE, _S.APPEALED)},
    },
)
IN_FORCE: Final = (_S.IN_FORCE, _S.APPEALED)
"""States in which it holds; an appeal does not lift it by itself, it is to be answered soon."""
WAITING: Final = (_S.PROPOSED, _S.APPROVED, _S.APPEALED)
"""States in which somebody has to decide or to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Arrangement):
    """What a restriction says of itself. Nothing of it is a label of a person: it is what holds, and until when.

    `still` is how the customer can reach us all the same.
    """

    way: Way
    meaning: str
    still: str
    evidence: tuple[Evidence, ...]


Turn = Turned[RestrictionState, RestrictionMove, Restriction]
"""A restriction after a move."""


def proposed(body: Restriction, limits: Limits) -> Restriction:
    """The restriction, if it may be proposed at all. Raises Incomplete naming what is missing."""
    if not body.evidence:
        raise Incomplete("evidence", "A restriction rests on words that were said, and here there are none.")
    return arrangement.complete(body, limits, _SAID)


def approved(state: RestrictionState, body: Restriction, by: Signed) -> Turn:
    """After a supervisor has approved it. Raises NotPossible where that is who proposed it."""
    return _turned(state, RestrictionMove.APPROVE, arrangement.approved(body, by), by.at)


def refused(state: RestrictionState, body: Restriction) -> Turn:
    """After a supervisor has refused it."""
    return _turned(state, RestrictionMove.REFUSE, body, None)


def taken_back(state: RestrictionState, body: Restriction) -> Turn:
    """After it was taken back before anybody was told."""
    return _turned(state, RestrictionMove.TAKE_BACK, body, None)


def told(state: RestrictionState, body: Restriction, letter: Letter, by: Signed) -> Turn:
    """After the letter has gone out; from now on it holds. Raises NotPossible without an approver or a letter."""
    return _turned(state, RestrictionMove.TELL, arrangement.told(body, letter, by), body.review_at)


def reviewed(state: RestrictionState, body: Restriction, by: Signed, until: datetime, limits: Limits) -> Turn:
    """After somebody has looked at it again and found it still needed; the next look is `until`, it ends no later."""
    return _turned(state, RestrictionMove.REVIEW, arrangement.looked_at(body, by, until, limits), until)


def lifted(state: RestrictionState, body: Restriction, by: Signed, answer: str = "") -> Turn:
    """After it was lifted before its time, by a review or in answer to an appeal."""
    if state is RestrictionState.APPEALED:
        body = arrangement.answered(body, by, answer)
    return _turned(state, RestrictionMove.LIFT, replace(body, reviews=(*body.reviews, by)), None)


def appealed(state: RestrictionState, body: Restriction, appeal: Appeal, answer_within: timedelta) -> Turn:
    """After the customer has said something against it."""
    return _turned(state, RestrictionMove.APPEAL, arrangement.appealed(body, appeal), appeal.received + answer_within)


def upheld(state: RestrictionState, body: Restriction, by: Signed, answer: str) -> Turn:
    """After somebody who had no part in it has looked at the appeal and found that it stays."""
    return _turned(state, RestrictionMove.UPHOLD, arrangement.answered(body, by, answer), body.review_at)


def expired(state: RestrictionState, body: Restriction) -> Turn:
    """After its time."""
    return _turned(state, RestrictionMove.EXPIRE, body, None)


def holds(state: RestrictionState, body: Restriction, now: datetime) -> bool:
    """Whether it holds at this moment: never past its end, whoever has noticed that by now."""
    return state in IN_FORCE and now < body.expires_at


_SAID: Final = {
    field: f"{says} Without that no restriction can be proposed."
    for field, says in (
        ("meaning", "Say what changes for the customer, in plain words."),
        ("reason", "Say why it is needed."),
        ("adjustments", "Say which reasonable adjustments were considered."),
        ("still", "Say how the customer can still reach us."),
        ("appeal_to", "Say where an appeal goes."),
    )
}


def _turned(state: RestrictionState, move: RestrictionMove, body: Restriction, due_at: datetime | None) -> Turn:
    return Turned(move, RESTRICTION.after(state, move), body, due_at)
