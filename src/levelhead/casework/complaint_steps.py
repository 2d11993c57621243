"""What people and time do to a complaint, step by step; what comes too early or lacks something is refused."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from levelhead.casework.complaint import (
    COMPLAINT,
    STANDING,
    WRITES,
    Complaint,
    ComplaintMove,
    ComplaintState,
    Pause,
    Sent,
)
from levelhead.casework.machine import NotPossible

_M = ComplaintMove


class Wanting(NotPossible):
    """Something is missing without which a step may not be taken; `fields` names all of it."""

    def __init__(self, fields: tuple[str, ...], why: str) -> None:
        super().__init__(why)
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Stepped:
    """A complaint after a move: where it stands, and what it says of itself then."""

    move: ComplaintMove
    state: ComplaintState
    body: Complaint


def confirmed(state: ComplaintState, body: Complaint, rules: str, code: str) -> Stepped:
    """After somebody has said that it is one; the code stays what it was when it was one before."""
    return _stepped(state, _M.CONFIRM, replace(body, rules=rules, code=body.code or code))


def dismissed(state: ComplaintState, body: Complaint) -> Stepped:
    """After somebody has said that it is none."""
    return _stepped(state, _M.DISMISS, body)


def taken_back(state: ComplaintState, body: Complaint) -> Stepped:
    """After what was answered last is taken back. Raises NotPossible once the customer was written to."""
    if body.letters:
        raise NotPossible("A letter has gone out about it, so it stays a complaint; close it with its cause instead.")
    return _stepped(state, _M.TAKE_BACK, body)


def falls_under(state: ComplaintState, body: Complaint, rules: str) -> Stepped:
    """After another rule set was chosen; its limits begin with what they have not told yet."""
    if body.letters:
        raise NotPossible("A letter has gone out under the rules that it falls under, so they stay.")
    return _stepped(state, _M.FALL_UNDER, replace(body, rules=rules, warned=(), reached=()))


def assessed(state: ComplaintState, body: Complaint) -> Stepped:
    """After somebody has looked at how serious it is and who has to see to it."""
    return _stepped(state, _M.ASSESS, body)


def investigated(state: ComplaintState, body: Complaint, findings: str, done: str) -> Stepped:
    """After it was looked into: what was found out, and what was done."""
    _check(("findings", findings, "Write what you found out."))
    told = replace(body, findings=findings.strip(), done=done.strip() or body.done)
    return _stepped(state, _M.INVESTIGATE, told)


def wrote(state: ComplaintState, body: Complaint, letter: Sent) -> Stepped:
    """After a letter has gone out. An empty one is none."""
    if not any(paragraph.strip() for paragraph in letter.paragraphs):
        raise Wanting(("letter",), "A letter that says nothing cannot be sent.")
    if any((one.kind, one.paragraphs) == (letter.kind, letter.paragraphs) for one in body.sent(letter.kind)):
        raise NotPossible("This very letter has gone out already.")
    return _stepped(state, WRITES[letter.kind], replace(body, letters=(*body.letters, letter)))


def deadlocked(state: ComplaintState, body: Complaint, at: datetime, why: str) -> Stepped:
    """After the customer knows the outcome, does not accept it, and nobody means to look again."""
    _check(("why", why, "Say what the customer was told and why it is not looked at again."))
    return _stepped(state, _M.DECLARE_DEADLOCK, replace(body, deadlock_at=at))


def paused(state: ComplaintState, body: Complaint, at: datetime, why: str, *, allowed: bool) -> Stepped:
    """While we wait for the customer, where the rules let the clock stand still for that."""
    if not allowed:
        raise NotPossible("These rules let no clock stand still; it goes on while you wait for the customer.")
    if body.is_paused:
        raise NotPossible("It stands still already.")
    _check(("why", why, "Say what you are waiting for from the customer."))
    return _stepped(state, _M.PAUSE, replace(body, pauses=(*body.pauses, Pause(at, why.strip()))))


def resumed(state: ComplaintState, body: Complaint, at: datetime) -> Stepped:
    """After what we waited for has come."""
    if not body.is_paused:
        raise NotPossible("Its clock runs already.")
    last = replace(body.pauses[-1], until=max(at, body.pauses[-1].since))
    return _stepped(state, _M.RESUME, replace(body, pauses=(*body.pauses[:-1], last)))


def reminded(state: ComplaintState, body: Complaint, limit: str) -> Stepped:
    """After a limit has come near."""
    return _stepped(state, _M.REMIND, replace(body, warned=_with(body.warned, limit)))


def reached(state: ComplaintState, body: Complaint, limit: str) -> Stepped:
    """After a limit was reached and what it asks for has not been done."""
    told = replace(body, warned=_with(body.warned, limit), reached=_with(body.reached, limit))
    return _stepped(state, _M.REACH, told)


def withdrawn(state: ComplaintState, body: Complaint, at: datetime, words: str, cause: str) -> Stepped:
    """After the customer has taken it back, in their own words; what it came from is written down all the same."""
    _check(("why", words, "Write how the customer took it back, in their words."), _cause(cause))
    return _stepped(state, _M.WITHDRAW, replace(_running(body, at), closed_at=at, cause=cause.strip()))


def closed(state: ComplaintState, body: Complaint, at: datetime, cause: str) -> Stepped:
    """After it is over. Raises Wanting without what it came from: nothing is learned from a complaint without it."""
    _check(_cause(cause))
    return _stepped(state, _M.CLOSE, replace(_running(body, at), closed_at=at, cause=cause.strip()))


def reopened(state: ComplaintState, body: Complaint, at: datetime) -> Stepped:
    """After it turned out not to be over: what was answered before counts no more, the clock as it did."""
    return _stepped(state, _M.REOPEN, replace(body, reopened_at=at, closed_at=None, deadlock_at=None))


def is_standing(state: str) -> bool:
    """Whether a limit can still be missed in this state."""
    return state in STANDING


def _running(body: Complaint, at: datetime) -> Complaint:
    if not body.is_paused:
        return body
    return replace(body, pauses=(*body.pauses[:-1], replace(body.pauses[-1], until=max(at, body.pauses[-1].since))))


def _cause(words: str) -> tuple[str, str, str]:
    return ("cause", words, _WHY_CAUSE)


_WHY_CAUSE: Final = "Say what the complaint came from, so that it does not happen again."


def _check(*wanted: tuple[str, str, str]) -> None:
    missing = [(field, why) for field, words, why in wanted if not words.strip()]
    if missing:
        raise Wanting(tuple(field for field, _ in missing), " ".join(why for _, why in missing))


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _stepped(state: ComplaintState, move: ComplaintMove, body: Complaint) -> Stepped:
    return Stepped(move, COMPLAINT.after(state, move), body)
