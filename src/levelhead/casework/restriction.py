"""A restriction: how somebody may be in touch for a while, after their contact had to be ended for abuse.

It is proposed by one person and approved by another, told by a letter, ends by itself, is looked at again before that,
and can be appealed against. It follows ombudsman practice: say why, proportionate, in writing, for a limited time,
reasonable adjustments considered first (PHSO, unreasonable behaviour policy; the Adjudicator's Office).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.item import Evidence
from levelhead.casework.machine import Machine, NotPossible


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


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decided something, by id and by the name that a letter gives, and when."""

    person: UUID
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer was told, as it went out, and the version of the pack that it was made from."""

    paragraphs: tuple[str, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """What the customer says against it, in turn what was answered, and by whom."""

    words: str
    received: datetime
    answer: str = ""
    decided: Signed | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a restriction says of itself. Nothing of it is a label of a person: it is what holds, and until when.

    `adjustments` is what was considered to help the customer instead, or beside it; `still` how they can reach us,
    `appeal_to` where an appeal goes.
    """

    way: Way
    meaning: str
    reason: str
    adjustments: str
    still: str
    appeal_to: str
    evidence: tuple[Evidence, ...]
    proposed: Signed
    expires_at: datetime
    review_at: datetime
    approved: Signed | None = None
    letter: Letter | None = None
    told: Signed | None = None
    appeal: Appeal | None = None
    reviews: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a policy allows: how long a restriction may last, and how soon it has to be looked at again, in days."""

    longest_days: int
    review_days: int


class Incomplete(NotPossible):
    """Something without which a restriction may not be; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class Turned:
    """A restriction after a move: where it stands, what it says of itself, and when the next thing is due."""

    move: RestrictionMove
    state: RestrictionState
    body: Restriction
    due_at: datetime | None


def proposed(body: Restriction, limits: Limits) -> Restriction:
    """The restriction, if it may be proposed at all. Raises Incomplete naming what is missing."""
    for field in ("meaning", "reason", "adjustments", "still", "appeal_to"):
        if not getattr(body, field).strip():
            raise Incomplete(field, f"{_SAID[field]} Without that no restriction can be proposed.")
    if not body.evidence:
        raise Incomplete("evidence", "A restriction rests on words that were said, and here there are none.")
    _check_dates(body, body.proposed.at, limits)
    return body


def approved(state: RestrictionState, body: Restriction, by: Signed) -> Turned:
    """After a supervisor has approved it. Raises NotPossible where that is who proposed it."""
    if by.person == body.proposed.person:
        raise NotPossible("Whoever proposes a restriction does not approve it; ask another supervisor.")
    if by.at >= body.expires_at:
        raise NotPossible("It would be over by now. Refuse it, and propose another one if it is still needed.")
    return _turned(state, RestrictionMove.APPROVE, replace(body, approved=by), by.at)


def refused(state: RestrictionState, body: Restriction) -> Turned:
    """After a supervisor has refused it."""
    return _turned(state, RestrictionMove.REFUSE, body, None)


def taken_back(state: RestrictionState, body: Restriction) -> Turned:
    """After it was taken back before anybody was told."""
    return _turned(state, RestrictionMove.TAKE_BACK, body, None)


def told(state: RestrictionState, body: Restriction, letter: Letter, by: Signed) -> Turned:
    """After the letter has gone out; from now on it holds. Raises NotPossible without an approver or a letter."""
    if body.approved is None:
        raise NotPossible("Nobody has approved it yet, so nobody can be told.")
    if not any(paragraph.strip() for paragraph in letter.paragraphs):
        raise Incomplete("letter", "A restriction is told by a letter, and this one is empty.")
    return _turned(state, RestrictionMove.TELL, replace(body, letter=letter, told=by), body.review_at)


def reviewed(state: RestrictionState, body: Restriction, by: Signed, until: datetime, limits: Limits) -> Turned:
    """After somebody has looked at it again and found it still needed; the next look is `until`, it ends no later."""
    again = replace(body, review_at=until, reviews=(*body.reviews, by))
    _check_dates(again, by.at, limits)
    return _turned(state, RestrictionMove.REVIEW, again, again.review_at)


def lifted(state: RestrictionState, body: Restriction, by: Signed, answer: str = "") -> Turned:
    """After it was lifted before its time, by a review or in answer to an appeal."""
    if state is RestrictionState.APPEALED:
        body = _answered(body, by, answer)
    return _turned(state, RestrictionMove.LIFT, replace(body, reviews=(*body.reviews, by)), None)


def appealed(state: RestrictionState, body: Restriction, appeal: Appeal, answer_within: timedelta) -> Turned:
    """After the customer has said something against it."""
    if not appeal.words.strip():
        raise Incomplete("words", "Write down what the customer says against it, in their words.")
    return _turned(state, RestrictionMove.APPEAL, replace(body, appeal=appeal), appeal.received + answer_within)


def upheld(state: RestrictionState, body: Restriction, by: Signed, answer: str) -> Turned:
    """After somebody who had no part in it has looked at the appeal and found that it stays."""
    return _turned(state, RestrictionMove.UPHOLD, _answered(body, by, answer), body.review_at)


def expired(state: RestrictionState, body: Restriction) -> Turned:
    """After its time."""
    return _turned(state, RestrictionMove.EXPIRE, body, None)


def holds(state: RestrictionState, body: Restriction, now: datetime) -> bool:
    """Whether it holds at this moment: never past its end, whoever has noticed that by now."""
    return state in IN_FORCE and now < body.expires_at


def _answered(body: Restriction, by: Signed, answer: str) -> Restriction:
    had_part = {body.proposed.person} | ({body.approved.person} if body.approved else set())
    if by.person in had_part:
        raise NotPossible("An appeal is decided by somebody who neither proposed nor approved the restriction.")
    if body.appeal is None:
        raise NotPossible("There is no appeal to decide.")
    if not answer.strip():
        raise Incomplete("answer", "Write what the customer is told about their appeal, and why.")
    return replace(body, appeal=replace(body.appeal, answer=answer.strip(), decided=by))


def _check_dates(body: Restriction, now: datetime, limits: Limits) -> None:
    if not now < body.expires_at <= now + timedelta(days=limits.longest_days):
        raise Incomplete("expires_at", f"It ends after today, and at most {limits.longest_days} days from now.")
    latest = min(body.expires_at, now + timedelta(days=limits.review_days))
    if not now < body.review_at <= latest:
        why = f"It is looked at again before it ends, and at most {limits.review_days} days from now."
        raise Incomplete("review_at", why)


_SAID: Final = {
    "meaning": "Say what changes for the customer, in plain words.",
    "reason": "Say why it is needed.",
    "adjustments": "Say which reasonable adjustments were considered.",
    "still": "Say how the customer can still reach us.",
    "appeal_to": "Say where an appeal goes.",
}


def _turned(state: RestrictionState, move: RestrictionMove, body: Restriction, due_at: datetime | None) -> Turned:
    return Turned(move, RESTRICTION.after(state, move), body, due_at)
