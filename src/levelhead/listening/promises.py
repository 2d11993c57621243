"""Promises: what the agent's side commits itself to in a turn, and by when."""

import re
from collections.abc import Iterator
from dataclasses import replace

from levelhead.conversation import DueKind, Promise, Span, Speaker, Timeline, Turn
from levelhead.listening.calendar import OFFICE_HOURS, WorkingHours
from levelhead.listening.clauses import Clause
from levelhead.listening.commitment import (
    asks_when,
    commits,
    is_surely_promised,
    may_be_in_touch,
    says_it_will_be_in_touch,
)
from levelhead.listening.commitment_clauses import clauses_with, times_of
from levelhead.listening.commitment_held import held_until
from levelhead.listening.commitment_present import may_be_said_in_the_present
from levelhead.listening.due import Due, due_in

UNLIKELY = 0.01
"""Where the reader gives the move `promise` less than this, only plain wording is taken for one."""
NEVER = 0.002
"""Below this nothing is, however it is worded."""
MOST_TIMES = 60
"""Times of one turn that are looked at: no letter names more, and a pasted wall of them must not hold up a floor."""
_MONTH_FIRST = ("-US", "-PH")


def promises_in(
    turn: Turn, so_far: Timeline = (), hours: WorkingHours = OFFICE_HOURS, *, p_promise: float | None = None
) -> tuple[Promise, ...]:
    """Every commitment of the agent's side to a future action, in the order of the words; none in a customer's turn.

    `due` is in the conversation's zone, None where the words bind to no moment or the conversation has no clock.
    `so_far` tells whether the customer has just asked when. `p_promise` is the reader's probability of the move
    `promise`, where there is a reader.
    """
    if turn.speaker is Speaker.CUSTOMER or (p_promise is not None and p_promise < NEVER):
        return ()
    plainly = p_promise is not None and p_promise < UNLIKELY
    if plainly and not may_be_said_in_the_present(turn.text):
        return ()
    dues = due_in(turn.text, turn.said_at, hours, month_first=turn.locale.endswith(_MONTH_FIRST))[:MOST_TIMES]
    held = tuple(held_until(turn.text))
    if not dues and not held and not may_be_in_touch(turn.text):
        return ()
    clauses = clauses_with(turn.text, dues)
    found = tuple(_timed(turn.text, clauses, dues, asked_when=_asked_when(so_far), plainly=plainly))
    found += tuple(_held(turn.text, *words) for words in held if not any(_meets(words[1], due.span) for due in dues))
    if plainly:
        return found
    if not found:
        return tuple(_untimed(turn.text, clause) for clause in clauses if says_it_will_be_in_touch(clause))[:1]
    apart = (clause for clause in clauses if not any(_meets(clause.span, one.span) for one in found))
    sure = tuple(_untimed(turn.text, clause) for clause in apart if is_surely_promised(clause))[:1]
    return tuple(sorted(found + sure, key=lambda one: one.span.start))


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _held(text: str, said: Span, event: Span) -> Promise:
    words = text[event.start : event.end].strip()
    return Promise("agent", _action(text[said.start : said.end]), words, None, DueKind.RELATIVE, _trimmed(text, event))


def _asked_when(so_far: Timeline) -> bool:
    if not so_far or so_far[-1].turn.speaker is not Speaker.CUSTOMER:
        return False
    return asks_when(so_far[-1].turn.text)


def _timed(
    text: str, clauses: tuple[Clause, ...], dues: tuple[Due, ...], *, asked_when: bool, plainly: bool
) -> Iterator[Promise]:
    for clause in clauses:
        since = clause.span.start
        for times in times_of(text, clause, dues):
            meant = [due for due in times if commits(text, clause, due, asked_when=asked_when, plainly=plainly)]
            if meant:
                due = min(meant, key=_binding)
                yield _promise(text, Span(since, clause.span.end), _to_the_hour(text, due, times))
            since = times[-1].span.end if times else since


_BOUND = re.compile(r"\b(?:by|before|within|inside|until|till|til)\b", re.IGNORECASE)


def _binding(due: Due) -> tuple[bool, bool]:
    """Of several times that are committed to, one with a moment comes first, then one said with "by"."""
    return due.moment is None, _BOUND.search(due.words) is None


def _to_the_hour(text: str, due: Due, times: tuple[Due, ...]) -> Due:
    """ "Tonight on my way home, about seven": a day with the clock time that is said for it a few words later."""
    if due.moment is None or due.when.clock or due.when.length:
        return due
    for other in times:
        on_its_day = other.moment is not None and other.moment.date() == due.moment.date() and not other.when.day
        if other.when.clock and on_its_day and due.span.end < other.span.start <= due.span.end + _A_FEW_WORDS:
            span = Span(due.span.start, other.span.end)
            return replace(other, when=replace(other.when, span=span), words=text[span.start : span.end])
    return due


_A_FEW_WORDS = 40  # Characters.


def _promise(text: str, said: Span, due: Due) -> Promise:
    action = _action(text[said.start : due.span.start]) or _action(text[due.span.end : said.end])
    return Promise("agent", action, due.words, due.moment, due.kind, due.span)


def _untimed(text: str, clause: Clause) -> Promise:
    return Promise("agent", _action(clause.text), "", None, DueKind.NONE, _trimmed(text, clause.span))


_SUBJECT = re.compile(
    r"^.*\b(?:i|we)(?:'ll| will| shall|'m (?:also )?(?:going to|gonna)|'re (?:going to|gonna)| am going to"
    r"| are going to)\s+",
    re.IGNORECASE | re.DOTALL,
)
_GREETING = re.compile(
    r"^(?:(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: (?:Mr|Mrs|Ms|Miss|Dr)\b\.?)?"
    r"(?: [A-Z][\w'-]+)*[\s,.!]+|@\w+\s+)+"
)
_JOINING = re.compile(
    r"^(?:(?:and|but|so|or|then|also|ok(?:ay)?|yes|no|right|righto|well|lovely|grand|great|perfect|sure|absolutely"
    r"|of course|no problem|thanks?(?: you)?|got it|done|fair enough)\b[\s,.!:–—-]*)+",
    re.IGNORECASE,
)


def _action(words: str) -> str:
    """What will be done, in the agent's own words without greetings, "I'll" and what joins it to the words before."""
    bare = _GREETING.sub("", " ".join(_SUBJECT.sub("", words).split()))
    return _JOINING.sub("", bare).strip(" ,.;:!?-–—")


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - (len(words) - len(words.rstrip())))
