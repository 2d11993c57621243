"""A remedy: proposed for a wrong, offered, accepted or declined, and granted; above one's authority, asked for first.

Levelhead pays nothing: it records what a person granted. Nothing is granted that was not offered and accepted, nothing
is offered above the authority of whoever offers it unless somebody who may has approved just that, and no words are
lost on the way.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.arrangement import Signed
from levelhead.casework.item import Evidence
from levelhead.casework.machine import Machine, NotPossible
from levelhead.casework.money import Money
from levelhead.casework.remedy_options import Authority, Facts, Option
from levelhead.casework.remedy_pack import Limits, RemedyKind


class RemedyState(StrEnum):
    """Where a remedy stands."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    GRANTED = "granted"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"


class RemedyMove(StrEnum):
    """What can happen to it. Only `lapse` comes by itself, with time."""

    PROPOSE = "propose"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    GRANT = "grant"
    REQUEST = "request"
    APPROVE = "approve"
    REFUSE = "refuse"
    LAPSE = "lapse"
    TAKE_BACK = "take_back"


_S, _M = RemedyState, RemedyMove
CHOOSING: Final = (_S.PROPOSED, _S.DECLINED, _S.REFUSED, _S.LAPSED)
"""States in which an option can be chosen."""
STANDING: Final = tuple(state for state in RemedyState if state is not _S.GRANTED)
"""States from which something can still come; a conversation has one such remedy at most."""

REMEDY: Final[Machine[RemedyState, RemedyMove]] = Machine(
    begins={_M.PROPOSE: _S.PROPOSED},
    table={
        # Another wrong, or another fact: options begin anew, and what was approved for the old case counts no more.
        **{(state, _M.PROPOSE): _S.PROPOSED for state in (*CHOOSING, _S.APPROVED)},
        **{(state, _M.OFFER): _S.OFFERED for state in (*CHOOSING, _S.APPROVED)},
        **{(state, _M.REQUEST): _S.REQUESTED for state in CHOOSING},
        (_S.OFFERED, _M.ACCEPT): _S.ACCEPTED,
        (_S.OFFERED, _M.DECLINE): _S.DECLINED,
        (_S.ACCEPTED, _M.GRANT): _S.GRANTED,
        (_S.REQUESTED, _M.APPROVE): _S.APPROVED,
        (_S.REQUESTED, _M.REFUSE): _S.REFUSED,
        (_S.REQUESTED, _M.LAPSE): _S.LAPSED,
        # A slip, taken back at once. What is granted stays granted: others were told of it.
        (_S.OFFERED, _M.TAKE_BACK): _S.PROPOSED,
        (_S.REQUESTED, _M.TAKE_BACK): _S.PROPOSED,
        (_S.ACCEPTED, _M.TAKE_BACK): _S.OFFERED,
        (_S.DECLINED, _M.TAKE_BACK): _S.OFFERED,
    },
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option as it was chosen: what it comes to, the sentence, and the key of the law that owes it, if any."""

    key: str
    kind: RemedyKind
    name: str
    cost: Money | None
    sentence: str
    law: str = ""

    @property
    def minor(self) -> int:
        """What it costs in minor units, 0 where it costs no money."""
        return self.cost.minor if self.cost else 0

    def is_same(self, other: "Chosen") -> bool:
        """Whether it is the same remedy for the same money, however it is worded."""
        return (self.key, self.cost) == (other.key, other.cost)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered, and by whom."""

    chosen: Chosen
    by: Signed


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said to a request, and why where they gave a reason."""

    by: Signed
    approved: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A remedy above one's authority, asked for: of whom, why, and until when somebody has to have answered."""

    chosen: Chosen
    reason: str
    by: Signed
    to: UUID
    to_name: str
    until: datetime
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted: by whom, who approved it where that had to be somebody else, and by which pack."""

    chosen: Chosen
    by: Signed
    pack: str
    approved: Signed | None = None


@dataclass(frozen=True, slots=True)
class Remedied:
    """What a remedy says of itself. `offers`, `requests` and `evidence` only ever grow.

    `wrong` is the key in the pack, `pack` its name, locale and version; `declined` are the options that the customer
    did not want. Where wrong or facts are settled anew, `since` is how many requests there were: they count no more.
    """

    wrong: str
    pack: str
    facts: Facts
    evidence: tuple[Evidence, ...]
    chosen: Chosen | None = None
    offers: tuple[Offer, ...] = ()
    requests: tuple[Request, ...] = ()
    granted: Grant | None = None
    since: int = 0
    declined: tuple[str, ...] = ()

    @property
    def locale(self) -> str:
        """Whose pack it is of."""
        return self.pack.split()[1]

    @property
    def request(self) -> Request | None:
        """What was asked for last in this case."""
        return self.requests[-1] if len(self.requests) > self.since else None

    @property
    def refused(self) -> frozenset[str]:
        """Remedies that somebody said no to in this case."""
        answered = (one for one in self.requests[self.since :] if one.answer is not None and not one.answer.approved)
        return frozenset(one.chosen.key for one in answered)

    def approval(self, chosen: Chosen) -> Signed | None:
        """Who has approved just this remedy for just this money, in this case."""
        answers = (one for one in self.requests[self.since :] if one.chosen.is_same(chosen))
        return next((one.answer.by for one in answers if one.answer and one.answer.approved), None)


@dataclass(frozen=True, slots=True)
class Turned:
    """A remedy after a move: where it stands, what it says of itself, and until when somebody has to answer."""

    move: RemedyMove
    state: RemedyState
    body: Remedied
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """What somebody may grant, and what the customer was given within a month, in minor units."""

    limits: Limits
    spent: int

    def allows(self, chosen: Chosen) -> bool:
        """Whether it is within their authority."""
        return self.limits.allow(chosen.kind, chosen.minor, self.spent)


def chosen_from(option: Option) -> Chosen:
    """The option as it is kept."""
    return Chosen(
        option.key, option.kind, option.name, option.cost, option.sentence, option.law.key if option.law else ""
    )  # fmt: skip


def settled(state: RemedyState, body: Remedied, wrong: str, facts: Facts, evidence: tuple[Evidence, ...]) -> Turned:
    """After somebody has said what went wrong or a fact of it."""
    more = tuple(one for one in evidence if one not in body.evidence)
    begun = replace(body, chosen=None, since=len(body.requests), declined=())
    again = replace(begun, wrong=wrong, facts=facts, evidence=body.evidence + more)
    return _turned(state, RemedyMove.PROPOSE, again)


def offered(state: RemedyState, body: Remedied, chosen: Chosen, by: Signed, purse: Purse) -> Turned:
    """After the agent has said the sentence. Raises NotPossible above their authority, unless just this is approved."""
    _check_may(body, chosen, purse)
    return _turned(state, RemedyMove.OFFER, replace(body, chosen=chosen, offers=(*body.offers, Offer(chosen, by))))


def accepted(state: RemedyState, body: Remedied) -> Turned:
    """After the customer has said yes."""
    return _turned(state, RemedyMove.ACCEPT, body)


def declined(state: RemedyState, body: Remedied) -> Turned:
    """After the customer has said no."""
    keys = (body.chosen.key,) if body.chosen else ()
    return _turned(state, RemedyMove.DECLINE, replace(body, declined=body.declined + keys))


def granted(state: RemedyState, body: Remedied, by: Signed, purse: Purse) -> Turned:
    """After a person has granted what was accepted. Raises NotPossible where it is above their authority by now."""
    state_then = REMEDY.after(state, RemedyMove.GRANT)
    if body.chosen is None or not body.offers:
        raise NotPossible("Nothing was offered that could be granted.")
    _check_may(body, body.chosen, purse)
    grant = Grant(body.chosen, by, body.pack, body.approval(body.chosen))
    return Turned(RemedyMove.GRANT, state_then, replace(body, granted=grant))


def requested(state: RemedyState, body: Remedied, option: Option, asked: Request, waits: timedelta) -> Turned:
    """After the agent has asked for what is above their authority. Raises NotPossible for what they may grant."""
    if option.authority is not Authority.ASK:
        raise NotPossible("You may grant this yourself: offer it.")
    if not asked.reason.strip():
        raise NotPossible("Say in a few words why it is right here.")
    if asked.to == asked.by.person:
        raise NotPossible("Nobody approves what they asked for; ask somebody else.")
    until = asked.by.at + waits
    kept = replace(asked, until=until, reason=asked.reason.strip(), answer=None)
    return _turned(
        state, RemedyMove.REQUEST, replace(body, chosen=asked.chosen, requests=(*body.requests, kept)), until
    )


def answered(state: RemedyState, body: Remedied, answer: Answer, purse: Purse) -> Turned:
    """After somebody has said yes or no in time. Raises NotPossible for who asked, too late, or above authority."""
    move = RemedyMove.APPROVE if answer.approved else RemedyMove.REFUSE
    REMEDY.after(state, move)
    asked = _open_request(body)
    if answer.by.person == asked.by.person:
        raise NotPossible("Nobody approves what they asked for; somebody else has to.")
    if answer.by.at >= asked.until:
        raise NotPossible("Its time is over, and the agent has gone on without it.")
    if answer.approved and not purse.allows(asked.chosen):
        raise NotPossible("This is above what you may grant, too.")
    return _turned(state, move, _with_answer(body, answer))


def lapsed(state: RemedyState, body: Remedied, now: datetime) -> Turned:
    """After nobody has answered in time. Raises NotPossible before that."""
    if now < _open_request(body).until:
        raise NotPossible("Its time is not over yet.")
    return _turned(state, RemedyMove.LAPSE, body)


def taken_back(state: RemedyState, body: Remedied) -> Turned:
    """After a slip was taken back; what was offered and asked stays on record."""
    declined = body.declined[:-1] if state is RemedyState.DECLINED else body.declined
    return _turned(state, RemedyMove.TAKE_BACK, replace(body, declined=declined))


def _check_may(body: Remedied, chosen: Chosen, purse: Purse) -> None:
    if not purse.allows(chosen) and body.approval(chosen) is None:
        raise NotPossible("This is above what you may grant: ask somebody who may.")


def _open_request(body: Remedied) -> Request:
    asked = body.request
    if asked is None or asked.answer is not None:
        raise NotPossible("Nothing is asked for that could be answered.")
    return asked


def _with_answer(body: Remedied, answer: Answer) -> Remedied:
    *before, last = body.requests
    return replace(body, requests=(*before, replace(last, answer=answer)))


def _turned(state: RemedyState, move: RemedyMove, body: Remedied, due_at: datetime | None = None) -> Turned:
    return Turned(move, REMEDY.after(state, move), body, due_at)
