"""A piece of casework as it stands, and its changes: who made each, when and why, with the words it rests on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Generic, TypeVar
from uuid import UUID


class Kind(StrEnum):
    """What a piece of casework is."""

    PROMISE = "promise"
    REMEDY = "remedy"
    BOUNDARY = "boundary"
    RESTRICTION = "restriction"
    HANDOVER = "handover"
    NOTE = "note"
    FOLLOW_UP = "follow_up"
    SURVEY = "survey"
    MAIL = "mail"
    COMPLAINT = "complaint"
    PLAN = "plan"
    WHISPER = "whisper"
    GROUND_ANSWER = "ground_answer"


Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Item(Generic[Body]):
    """One piece of casework. `body` is what its kind says of it (a frozen dataclass); times are UTC.

    `key` makes it one of its kind: what is opened twice under one key is opened once. `owner` is the person who has to
    see to it, nobody or a team where None. `due_at` is when the next thing has to have happened.
    """

    id: UUID
    kind: Kind
    key: str
    state: str
    customer: UUID
    conversation: str | None
    team: UUID | None
    owner: UUID | None
    due_at: datetime | None
    opened_at: datetime
    changed_at: datetime
    body: Body


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a turn that a change rests on, redacted as they were kept."""

    conversation: str
    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was changed: in words of whoever changed it, and with the words of turns that it rests on."""

    words: str = ""
    evidence: tuple[Evidence, ...] = ()


NO_REASON: Final = Reason()


@dataclass(frozen=True, slots=True)
class Change:
    """One move of an item: `was` is None where it began. `who` is as the audit names them (`people/audit_actor.py`)."""

    move: str
    was: str | None
    now: str
    who: str
    at: datetime
    reason: Reason = NO_REASON
