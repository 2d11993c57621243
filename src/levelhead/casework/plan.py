"""A plan for a customer whose case lasts: one contact, one channel, agreed times, for a while.

It says how we serve them well, and is no punishment: it rests on facts, what would make it easier for them is asked
first, a second person agrees to it, they are told and can object, and it ends by itself. Whoever answers them helps
them all the same.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework import arrangement
from levelhead.casework.arrangement import Appeal, Arrangement, Incomplete, Letter, Limits, Signed, Turned
from levelhead.casework.machine import Machine, NotPossible
from levelhead.casework.persisting import Persisting
from levelhead.casework.plan_times import Window
from levelhead.conversation import Channel


class PlanState(StrEnum):
    """Where a plan stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    OBJECTED = "objected"
    ENDED = "ended"
    EXPIRED = "expired"


class PlanMove(StrEnum):
    """What can happen to a plan. `review` and `expire` come with time; the rest people do."""

    PROPOSE = "propose"
    WORD = "word"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    AGREE = "agree"
    CHANGE_CONTACT = "change_contact"
    TELL = "tell"
    REVIEW = "review"
    KEEP = "keep"
    OBJECT = "object"
    UPHOLD = "uphold"
    END = "end"
    EXPIRE = "expire"


_S, _M = PlanState, PlanMove
HOLDING: Final = (_S.IN_FORCE, _S.UNDER_REVIEW, _S.OBJECTED)
"""States in which it holds; an objection does not end it by itself, it is to be answered soon."""
OPEN: Final = (_S.PROPOSED, _S.AGREED, *HOLDING)
"""States that are no end."""
WAITING: Final = (_S.PROPOSED, _S.AGREED, _S.UNDER_REVIEW, _S.OBJECTED)
"""States in which somebody has to decide or to write."""
PLAN: Final[Machine[PlanState, PlanMove]] = Machine(
    begins={_M.PROPOSE: _S.PROPOSED},
    table={
        (_S.PROPOSED, _M.AGREE): _S.AGREED,
        (_S.PROPOSED, _M.REFUSE): _S.REFUSED,
        **{(state, _M.WORD): state for state in (_S.PROPOSED, _S.AGREED, *HOLDING)},
        **{(state, _M.TAKE_BACK): _S.TAKEN_BACK for state in (_S.PROPOSED, _S.AGREED)},
        **{(state, _M.CHANGE_CONTACT): state for state in (_S.AGREED, *HOLDING)},
        (_S.AGREED, _M.TELL): _S.IN_FORCE,
        **{(state, _M.TELL): state for state in HOLDING},
        (_S.IN_FORCE, _M.REVIEW): _S.UNDER_REVIEW,
        **{(state, _M.KEEP): _S.IN_FORCE for state in (_S.IN_FORCE, _S.UNDER_REVIEW)},
        **{(state, _M.OBJECT): _S.OBJECTED for state in (_S.IN_FORCE, _S.UNDER_REVIEW)},
        (_S.OBJECTED, _M.UPHOLD): _S.IN_FORCE,
        **{(state, _M.END): _S.ENDED for state in HOLDING},
        **{(state, _M.EXPIRE): _S.EXPIRED for state in OPEN},
    },
)


@dataclass(frozen=True, slots=True)
class Former:
    """Who looked after the customer before, what the customer was told of them (None: nothing yet), who changed it."""

    contact: UUID
    name: str
    letter: Letter | None
    told: Signed | None
    changed: Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Arrangement):
    """What a plan says of itself. `contact` is who looks after the customer, by id and by the name they are told.

    `locale` is the language that they are told in, `words` what they are told where somebody has put it otherwise than
    the pack does, `facts` what was counted when it was proposed, `former` who looked after them before, the first
    first. `letter` and `told` are about who looks after them now. Nothing of it says what somebody is like.
    """

    contact: UUID
    contact_name: str
    channel: Channel
    times: tuple[Window, ...]
    locale: str
    facts: Persisting | None = None
    words: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()

    @property
    def told_before(self) -> str:
        """Whom the customer was last told of, where they do not look after them any more; '' where nobody."""
        return next((one.name for one in reversed(self.former) if one.letter), "")


Turn = Turned[PlanState, PlanMove, Plan]
"""A plan after a move."""


def proposed(body: Plan, limits: Limits, judges: re.Pattern[str]) -> Plan:
    """The plan, if it may be proposed at all; `judges` are words that say what somebody is like.

    Raises Incomplete naming what is missing, or what had better be a fact.
    """
    if not body.times:
        raise Incomplete("times", "Say at which times they reach their contact.")
    arrangement.complete(body, limits, _SAID)
    found = judges.search(body.reason)
    if found:
        why = f"“{found[0]}” says what somebody is like. Say what happened instead: how often, since when, about what."
        raise Incomplete("reason", why)
    return body


def worded(state: PlanState, body: Plan, words: tuple[str, ...], due_at: datetime | None) -> Turn:
    """After somebody has put otherwise what the customer is told; () takes the words of the pack again.

    Raises NotPossible where they have been told.
    """
    _check_untold(body)
    return _turned(state, PlanMove.WORD, replace(body, words=words), due_at)


def agreed(state: PlanState, body: Plan, by: Signed) -> Turn:
    """After a supervisor has agreed to it. Raises NotPossible where that is who proposed it."""
    return _turned(state, PlanMove.AGREE, arrangement.approved(body, by), body.expires_at)


def refused(state: PlanState, body: Plan) -> Turn:
    """After a supervisor has refused it."""
    return _turned(state, PlanMove.REFUSE, body, None)


def taken_back(state: PlanState, body: Plan) -> Turn:
    """After it was taken back before the customer was told."""
    return _turned(state, PlanMove.TAKE_BACK, body, None)


def told(state: PlanState, body: Plan, letter: Letter, by: Signed, due_at: datetime | None) -> Turn:
    """After the customer was told; from now on it holds. Raises NotPossible where nobody has agreed to it.

    Of one that holds already they are told who looks after them now, once; what is due stays as it is.
    """
    _check_untold(body)
    due = due_at if state in HOLDING else body.review_at
    return _turned(state, PlanMove.TELL, arrangement.told(body, letter, by), due)


def given_to(state: PlanState, body: Plan, contact: UUID, name: str, by: Signed, due_at: datetime | None) -> Turn:
    """After somebody else looks after the customer: it holds on, and the customer is told anew.

    Raises NotPossible where they look after them already.
    """
    if contact == body.contact:
        raise NotPossible("They look after this customer already.")
    former = Former(body.contact, body.contact_name, body.letter, body.told, by)
    # What somebody wrote in their own words names who it was.
    changed = replace(
        body, contact=contact, contact_name=name, former=(*body.former, former), words=(), letter=None, told=None
    )
    return _turned(state, PlanMove.CHANGE_CONTACT, changed, due_at)


def untold(state: PlanState, body: Plan) -> bool:
    """Whether it holds, and the customer has not been told who looks after them now."""
    return state in HOLDING and body.letter is None


def kept(state: PlanState, body: Plan, by: Signed, until: datetime, limits: Limits) -> Turn:
    """After somebody has found that it still helps; the next look is `until`, it ends no later than before."""
    return _turned(state, PlanMove.KEEP, arrangement.looked_at(body, by, until, limits), until)


def objected(state: PlanState, body: Plan, appeal: Appeal, answer_within: timedelta) -> Turn:
    """After the customer has said something against it."""
    return _turned(state, PlanMove.OBJECT, arrangement.appealed(body, appeal), appeal.received + answer_within)


def upheld(state: PlanState, body: Plan, by: Signed, answer: str) -> Turn:
    """After somebody who had no part in it has looked at the objection and found that it goes on."""
    return _turned(state, PlanMove.UPHOLD, arrangement.answered(body, by, answer), body.review_at)


def ended(state: PlanState, body: Plan, by: Signed, answer: str = "") -> Turn:
    """After it was ended before its time, or in answer to an objection."""
    if state is PlanState.OBJECTED:
        body = arrangement.answered(body, by, answer)
    return _turned(state, PlanMove.END, replace(body, reviews=(*body.reviews, by)), None)


def by_time(state: PlanState, body: Plan, move: PlanMove) -> Turn:
    """After its time to be looked at, or its end."""
    return _turned(state, move, body, body.expires_at if move is PlanMove.REVIEW else None)


def moved_by_time(state: PlanState, body: Plan, now: datetime) -> PlanMove | None:
    """What time does to it now; None where nothing."""
    if state in OPEN and body.expires_at <= now:
        return PlanMove.EXPIRE
    return PlanMove.REVIEW if state is PlanState.IN_FORCE and body.review_at <= now else None


def holds(state: PlanState, body: Plan, now: datetime) -> bool:
    """Whether it holds at this moment: never past its end, whoever has noticed that by now."""
    return state in HOLDING and now < body.expires_at


def _check_untold(body: Plan) -> None:
    if body.letter is not None:
        raise NotPossible("They have been told already.")


_SAID: Final = {
    "contact_name": "Say who looks after them.",
    "reason": "Say which facts it rests on: how often, since when, about what.",
    "adjustments": "Say what would make it easier for them, and how you found out: nothing is agreed before that.",
    "appeal_to": "Say how they can object.",
}


def _turned(state: PlanState, move: PlanMove, body: Plan, due_at: datetime | None) -> Turn:
    return Turned(move, PLAN.after(state, move), body, due_at)
