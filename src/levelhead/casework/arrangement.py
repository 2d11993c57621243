"""What a restriction and a plan have in common: how somebody may be in touch with us for a while.

Two people stand behind it, the customer is told in writing, it is looked at again before it ends, it ends by itself,
and the customer can say something against it, which somebody decides who had no part in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from levelhead.casework.machine import NotPossible


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
class Limits:
    """What a policy allows: how long it may last, and how soon it has to be looked at again, in days."""

    longest_days: int
    review_days: int


class Incomplete(NotPossible):
    """Something without which it may not be; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What every arrangement says of itself. `adjustments` is what was considered to help the customer instead, or
    beside it; `appeal_to` where they say something against it. `expires_at` and `review_at` are in the tenant's zone.
    """

    reason: str
    adjustments: str
    appeal_to: str
    proposed: Signed
    expires_at: datetime
    review_at: datetime
    approved: Signed | None = None
    letter: Letter | None = None
    told: Signed | None = None
    appeal: Appeal | None = None
    reviews: tuple[Signed, ...] = ()


State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Body = TypeVar("Body", bound=Arrangement)


@dataclass(frozen=True, slots=True)
class Turned(Generic[State, Move, Body]):
    """An arrangement after a move: where it stands, what it says of itself, and when the next thing is due."""

    move: Move
    state: State
    body: Body
    due_at: datetime | None


def complete(body: Body, limits: Limits, says: Mapping[str, str]) -> Body:
    """The arrangement, if it may be proposed at all. `says`: what to say of each field that may not be empty.

    Raises Incomplete naming what is missing.
    """
    for field, missing in says.items():
        if not getattr(body, field).strip():
            raise Incomplete(field, missing)
    return check_dates(body, body.proposed.at, limits)


def approved(body: Body, by: Signed) -> Body:
    """With the name of a second person to it. Raises NotPossible where that is who proposed it."""
    if by.person == body.proposed.person:
        raise NotPossible("Whoever proposes it does not approve it; ask another supervisor.")
    if by.at >= body.expires_at:
        raise NotPossible("It would be over by now. Refuse it, and propose another one if it is still needed.")
    return replace(body, approved=by)


def told(body: Body, letter: Letter, by: Signed) -> Body:
    """With the letter that has gone out. Raises NotPossible without an approver or a letter."""
    if body.approved is None:
        raise NotPossible("Nobody has approved it yet, so nobody can be told.")
    if not any(paragraph.strip() for paragraph in letter.paragraphs):
        raise Incomplete("letter", "The customer is told in writing, and this letter is empty.")
    return replace(body, letter=letter, told=by)


def looked_at(body: Body, by: Signed, until: datetime, limits: Limits) -> Body:
    """After somebody has found it still needed; the next look is `until`, and it ends no later than before."""
    return check_dates(replace(body, review_at=until, reviews=(*body.reviews, by)), by.at, limits)


def appealed(body: Body, appeal: Appeal) -> Body:
    """With what the customer says against it. Raises Incomplete where that is nothing."""
    if not appeal.words.strip():
        raise Incomplete("words", "Write down what the customer says against it, in their words.")
    return replace(body, appeal=appeal)


def answered(body: Body, by: Signed, answer: str) -> Body:
    """With the answer to what the customer said against it, by somebody who had no part in it."""
    if by.person in {signed.person for signed in (body.proposed, body.approved) if signed}:
        raise NotPossible("An appeal is decided by somebody who neither proposed nor approved it.")
    if body.appeal is None:
        raise NotPossible("There is no appeal to decide.")
    if not answer.strip():
        raise Incomplete("answer", "Write what the customer is told about what they said against it, and why.")
    return replace(body, appeal=replace(body.appeal, answer=answer.strip(), decided=by))


def check_dates(body: Body, now: datetime, limits: Limits) -> Body:
    """The arrangement where it ends, and is looked at before, as soon as the policy asks. Raises Incomplete."""
    if not now < body.expires_at <= now + timedelta(days=limits.longest_days):
        raise Incomplete("expires_at", f"It ends after today, and at most {limits.longest_days} days from now.")
    latest = min(body.expires_at, now + timedelta(days=limits.review_days))
    if not now < body.review_at <= latest:
        why = f"It is looked at again before it ends, and at most {limits.review_days} days from now."
        raise Incomplete("review_at", why)
    return body
