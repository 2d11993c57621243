"""Promises: what the agent's side commits itself to in a turn, and by when."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from levelhead.conversation import DueKind, Promise, Span, Speaker, Timeline, Turn
from levelhead.listening.calendar import OFFICE_HOURS, WorkingHours
from levelhead.listening.clauses import Clause, clauses_of
from levelhead.listening.commitment import Strength, may_be_in_touch, says_it_will_be_in_touch, strength
from levelhead.listening.due import Due, due_in

_MONTH_FIRST = ("-US", "-PH")

LIKELY = 0.5
"""From this probability of the move `promise` on, words that only hint at a commitment are taken for one."""


def promises_in(
    turn: Turn, so_far: Timeline = (), hours: WorkingHours = OFFICE_HOURS, *, p_promise: float | None = None
) -> tuple[Promise, ...]:
    """Every commitment of the agent's side to a future action, in the order of the words; none in a customer's turn.

    `due` is in the conversation's zone, None where the words bind to no moment or the conversation has no clock.
    `p_promise` is the reader's probability of the move `promise`, where there is a reader. `so_far` is not needed yet.
    """
    if turn.speaker is Speaker.CUSTOMER:
        return ()
    dues = due_in(turn.text, turn.said_at, hours, month_first=turn.locale.endswith(_MONTH_FIRST))
    if not dues and not may_be_in_touch(turn.text):
        return ()
    clauses = _whole(turn.text, clauses_of(turn.text), dues)
    needed = Strength.WEAK if p_promise is not None and p_promise >= LIKELY else Strength.STRONG
    found = tuple(
        _promise(turn.text, clause, due) for clause in clauses if (due := _due(turn.text, clause, dues, needed))
    )
    return found or tuple(_promise(turn.text, clause) for clause in clauses if says_it_will_be_in_touch(clause))[:1]


def _whole(text: str, clauses: tuple[Clause, ...], dues: tuple[Due, ...]) -> list[Clause]:
    """The clauses, put together again where a cut went through when-words or parted them from what they belong to."""
    whole: list[Clause] = []
    for clause in clauses:
        if whole and (_cut_through(clause, dues) or _only_when(text, whole[-1], dues)):
            before = whole.pop()
            clause = replace(  # noqa: PLW2901
                before, span=Span(before.span.start, clause.span.end), text=before.text + clause.text, asks=clause.asks
            )
        whole.append(clause)
    return whole


def _cut_through(clause: Clause, dues: tuple[Due, ...]) -> bool:
    start = clause.span.start
    before = bisect_right(dues, start, key=_start) - 1
    if before < 0:
        return False
    due = dues[before].span
    return due.start < start < due.end or (clause.subordinate and due.start == start)


def _start(due: Due) -> int:
    return due.span.start


_JOINT = re.compile(r"\W*(?:\w+\W+){0,2}", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?;:]\s*$|\n")


def _only_when(text: str, clause: Clause, dues: tuple[Due, ...]) -> bool:
    """Whether a clause is no more than "so by friday two o'clock", said before what will be done by then."""
    here = _within(clause, dues)
    if not here or clause.subordinate or _FULL_STOP.search(clause.text):
        return False
    lead_in, rest = text[clause.span.start : here[0].span.start], text[here[-1].span.end : clause.span.end]
    return _JOINT.fullmatch(lead_in) is not None and not rest.strip()


def _within(clause: Clause, dues: tuple[Due, ...]) -> tuple[Due, ...]:
    return dues[bisect_left(dues, clause.span.start, key=_start) : bisect_left(dues, clause.span.end, key=_start)]


_BINDING = re.compile(r"\b(?:by|before|within|inside|until|till|til)\b", re.IGNORECASE)


def _due(text: str, clause: Clause, dues: tuple[Due, ...], needed: Strength) -> Due | None:
    """The mention of time that this clause commits to: one with a moment, said with "by", said first, in that order."""
    strong = [due for due in _within(clause, dues) if strength(text, clause, due) >= needed]
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
