"""A follow-up: after a conversation somebody asks whether it worked, by mail or by a call, and writes down the answer.

Levelhead drafts it and puts it before a person; it asks nobody by itself. What did not work never just ends: it goes on
in a new task, of one's own or in somebody else's hands.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine
from levelhead.casework.mail import Address

LONGEST: Final = 4_000
"""Characters of a text; a mail that is read on a telephone has far fewer."""
MOST_WORDS: Final = 500
"""Characters of an answer, or of a reason."""
ANSWER_WITHIN: Final = timedelta(days=5)
"""After so long without an answer it stands in the list again: to ask once more, or to say that none came."""


class Way(StrEnum):
    """How somebody asks."""

    MAIL = "mail"
    CALL = "call"


class Occasion(StrEnum):
    """What it comes after. `relationship` is a look back, weeks after something was put right."""

    NOTE = "note"
    PROMISE = "promise"
    REMEDY = "remedy"
    RELATIONSHIP = "relationship"
    BY_HAND = "by_hand"
    NOT_WORKED = "not_worked"


class WhyNot(StrEnum):
    """Why nobody is asked. All but the first hold for everything that we would ask of this customer."""

    NOT_NEEDED = "not_needed"
    DOES_NOT_WANT = "does_not_want"
    DIED = "died"
    ENDED_FOR_ABUSE = "ended_for_abuse"
    RESTRICTED = "restricted"


class FollowUpState(StrEnum):
    """Where a follow-up stands. `asked`: it was said or sent, and the answer is to come."""

    TO_DO = "to_do"
    LEAVING = "leaving"
    ASKED = "asked"
    WORKED = "worked"
    NOT_WORKED = "not_worked"
    UNANSWERED = "unanswered"
    PASSED_ON = "passed_on"
    CALLED_OFF = "called_off"


class FollowUpMove(StrEnum):
    """What can happen to one. `arrive` and `fail` come with the post; the rest people do; the clock calls off."""

    PLAN = "plan"
    WORD = "word"
    SEND = "send"
    ARRIVE = "arrive"
    FAIL = "fail"
    TELL = "tell"
    SAY_WORKED = "say_worked"
    SAY_NOT = "say_not"
    GIVE_UP = "give_up"
    GO_ON = "go_on"
    CALL_OFF = "call_off"
    REOPEN = "reopen"


_S, _M = FollowUpState, FollowUpMove
OPEN: Final = (_S.TO_DO, _S.LEAVING, _S.ASKED, _S.NOT_WORKED)
"""States in which somebody still has to do something, or the post has."""
ENDED: Final = (_S.WORKED, _S.UNANSWERED, _S.PASSED_ON, _S.CALLED_OFF)
FOLLOW_UP: Final[Machine[FollowUpState, FollowUpMove]] = Machine(
    begins={_M.PLAN: _S.TO_DO},
    table={
        (_S.TO_DO, _M.WORD): _S.TO_DO,
        (_S.TO_DO, _M.SEND): _S.LEAVING,
        (_S.LEAVING, _M.ARRIVE): _S.ASKED,
        # It did not leave, or nobody knows whether it did: a person decides what to do.
        (_S.LEAVING, _M.FAIL): _S.TO_DO,
        **{(state, _M.TELL): _S.ASKED for state in (_S.TO_DO, _S.ASKED)},
        **{(state, _M.SAY_WORKED): _S.WORKED for state in (_S.TO_DO, _S.ASKED)},
        **{(state, _M.SAY_NOT): _S.NOT_WORKED for state in (_S.TO_DO, _S.ASKED)},
        (_S.ASKED, _M.GIVE_UP): _S.UNANSWERED,
        # The only way on from what did not work, but for a customer whom nobody asks anything any more.
        (_S.NOT_WORKED, _M.GO_ON): _S.PASSED_ON,
        **{(state, _M.CALL_OFF): _S.CALLED_OFF for state in OPEN},
        **{(state, _M.REOPEN): _S.TO_DO for state in (_S.WORKED, _S.NOT_WORKED, _S.UNANSWERED, _S.CALLED_OFF)},
    },
)


@dataclass(frozen=True, slots=True)
class Told:
    """That it was asked: when, by whom, and in which words; `by_us` says that Levelhead's post brought it away."""

    at: datetime
    by: UUID | None
    by_us: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What the customer said, in the words of whoever heard it."""

    worked: bool
    at: datetime
    by: UUID
    words: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a follow-up says of itself. While `text` is '', it is drafted afresh at every look.

    `days` is how long after something was put right a look back comes. `to` is where a mail goes, chosen by a person.
    `trouble` says why the post did not bring it away. `instead_of` is the one that did not work.
    """

    way: Way
    occasion: Occasion
    days: int = 0
    subject: str = ""
    text: str = ""
    to: Address | None = None
    told: Told | None = None
    answer: Answered | None = None
    why_not: WhyNot | None = None
    trouble: str = ""
    instead_of: UUID | None = None

    @property
    def is_worded(self) -> bool:
        """Whether somebody has settled its words."""
        return bool(self.text)


def worded(body: FollowUp, subject: str, text: str) -> FollowUp:
    """In these words; without any, it is drafted again."""
    return replace(body, subject=subject if text else "", text=text)


def reopened(body: FollowUp) -> FollowUp:
    """As if nothing had been answered; that it was asked stays known."""
    return replace(body, answer=None, why_not=None)
