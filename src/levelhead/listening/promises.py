"""Promises: what the agent's side commits itself to in a turn, and by when."""

import re

from levelhead.conversation import DueKind, Promise, Span, Speaker, Timeline, Turn
from levelhead.listening.calendar import OFFICE_HOURS, WorkingHours
from levelhead.listening.clauses import Clause
from levelhead.listening.commitment import Strength, asks_when, may_be_in_touch, says_it_will_be_in_touch, strength
from levelhead.listening.commitment_clauses import clauses_with, times_of
from levelhead.listening.due import Due, due_in

_MONTH_FIRST = ("-US", "-PH")

LIKELY = 0.5
"""From this probability of the move `promise` on, words that only hint at a commitment are taken for one."""


def promises_in(
    turn: Turn, so_far: Timeline = (), hours: WorkingHours = OFFICE_HOURS, *, p_promise: float | None = None
) -> tuple[Promise, ...]:
    """Every commitment of the agent's side to a future action, in the order of the words; none in a customer's turn.

    `due` is in the conversation's zone, None where the words bind to no moment or the conversation has no clock.
    `p_promise` is the reader's probability of the move `promise`, where there is a reader. `so_far` tells whether the customer has just asked when.
    """
    if turn.speaker is Speaker.CUSTOMER:
        return ()
    dues = due_in(turn.text, turn.said_at, hours, month_first=turn.locale.endswith(_MONTH_FIRST))
    if not dues and not may_be_in_touch(turn.text):
        return ()
    clauses = clauses_with(turn.text, dues)
    asked_when = bool(so_far) and so_far[-1].turn.speaker is Speaker.CUSTOMER and asks_when(so_far[-1].turn.text)
    needed = Strength.WEAK if p_promise is not None and p_promise >= LIKELY else Strength.STRONG
    found = tuple(
        _promise(turn.text, clause, due)
        for clause in clauses
        for times in times_of(turn.text, clause, dues)
        if (due := _due(turn.text, clause, times, needed, asked_when=asked_when))
    )
    return found or tuple(_promise(turn.text, clause) for clause in clauses if says_it_will_be_in_touch(clause))[:1]


_BINDING = re.compile(r"\b(?:by|before|within|inside|until|till|til)\b", re.IGNORECASE)


def _due(text: str, clause: Clause, times: tuple[Due, ...], needed: Strength, *, asked_when: bool) -> Due | None:
    """The mention of time, of these, that the clause commits to: one with a moment, said with "by", said first, in that order."""
    strong = [due for due in times if strength(text, clause, due, asked_when=asked_when) >= needed]
    return min(strong, key=lambda due: (due.moment is None, _BINDING.search(due.words) is None), default=None)


def _promise(text: str, clause: Clause, due: Due | None = None) -> Promise:
    if due is None:
        return Promise("agent", _action(clause.text), "", None, DueKind.NONE, _trimmed(text, clause.span))
    action = _action(text[clause.span.start : due.span.start]) or _action(text[due.span.end : clause.span.end])
    return Promise("agent", action, due.words, due.moment, due.kind, due.span)


_SUBJECT = re.compile(
    r"^.*\b(?:i|we)(?:'ll| will| shall|'m (?:also )?(?:going to|gonna)|'re (?:going to|gonna)| am going to"
    r"| are going to)\s+",
    re.IGNORECASE | re.DOTALL,
)
_JOINING = re.compile(r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?|yes|right|well)\b[\s,]*)+", re.IGNORECASE)


def _action(words: str) -> str:
    """What will be done, in the agent's own words without "I'll" and what joins it to the words before."""
    bare = _SUBJECT.sub("", words)
    bare = _JOINING.sub("", " ".join(bare.split()))
    return bare.strip(" ,.;:!?-–—")


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - (len(words) - len(words.rstrip())))
