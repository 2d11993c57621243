"""A mail on its way to a customer: laid out in the transaction that decides it, sent once or not at all.

A receiver of mail cannot tell a second copy from a second mail, so what may have arrived is never sent again by itself:
it is taken before it is handed over, and where nobody can say what became of it, a person is asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine

LEASE: Final = timedelta(minutes=5)
"""How long it may be in hand: several times the longest attempt. After that nobody knows what became of it."""
PATIENCE: Final = timedelta(days=2)
"""A mail that says "how did it go" is of no use later."""
LINK: Final = "{link}"
"""Where in the text the one-time link goes; it is made when the mail leaves, and kept nowhere."""


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    SENT = "sent"
    NOT_SENT = "not_sent"
    IN_DOUBT = "in_doubt"
    CALLED_OFF = "called_off"


class MailMove(StrEnum):
    """What can happen to a mail. Only `send_again` is a person's."""

    LAY_OUT = "lay_out"
    TAKE = "take"
    ARRIVE = "arrive"
    PUT_BACK = "put_back"
    GIVE_UP = "give_up"
    LOSE_SIGHT = "lose_sight"
    CALL_OFF = "call_off"
    SEND_AGAIN = "send_again"


_S, _M = MailState, MailMove
DEAD: Final = (_S.NOT_SENT, _S.IN_DOUBT)
"""States that wait for a person."""
MAIL: Final[Machine[MailState, MailMove]] = Machine(
    begins={_M.LAY_OUT: _S.WAITING},
    table={
        (_S.WAITING, _M.TAKE): _S.IN_HAND,
        (_S.IN_HAND, _M.ARRIVE): _S.SENT,
        (_S.IN_HAND, _M.PUT_BACK): _S.WAITING,
        **{(state, _M.GIVE_UP): _S.NOT_SENT for state in (_S.WAITING, _S.IN_HAND)},
        (_S.IN_HAND, _M.LOSE_SIGHT): _S.IN_DOUBT,
        **{(state, _M.CALL_OFF): _S.CALLED_OFF for state in (_S.WAITING, *DEAD)},
        **{(state, _M.SEND_AGAIN): _S.WAITING for state in DEAD},
    },
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an address stands that is kept sealed: which value of which turn, never the value itself."""

    conversation: str
    n: int
    place: int


class Of(StrEnum):
    """What a mail is."""

    FOLLOW_UP = "follow_up"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: `of` is what it is, `item` the piece of casework that it belongs to."""

    of: Of
    item: UUID
    to: Address
    subject: str
    text: str
    attempts: int = 0
    trouble: str = ""
    sent_at: datetime | None = None


class Came(StrEnum):
    """What came of one attempt. `unknown`: it may have arrived."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, and the trouble in one plain sentence without anybody's address or words."""

    came: Came
    trouble: str = ""


def after(mail: Mail, opened_at: datetime, attempt: Attempt, now: datetime) -> tuple[MailMove, Mail]:
    """What to do after an attempt, and what the mail says of itself then."""
    tried = replace(mail, attempts=mail.attempts + 1, trouble=attempt.trouble)
    if attempt.came is Came.SENT:
        return MailMove.ARRIVE, replace(tried, sent_at=now)
    if attempt.came is Came.UNKNOWN:
        return MailMove.LOSE_SIGHT, tried
    if attempt.came is Came.REFUSED or now - opened_at >= PATIENCE:
        return MailMove.GIVE_UP, tried
    return MailMove.PUT_BACK, tried
