"""The clauses of a turn as promises need them, and which of their times belong to one thing said."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from levelhead.conversation import Span
from levelhead.listening.clauses import Clause, clauses_of
from levelhead.listening.commitment_words import DOING, WILL
from levelhead.listening.due import Due


def clauses_with(text: str, dues: tuple[Due, ...]) -> tuple[Clause, ...]:
    """The clauses in order, put together where a cut went through words of time or parted them from what they time."""
    whole: list[Clause] = []
    for clause in clauses_of(text):
        if whole and (_cut_through(clause, dues) or _belongs(text, whole[-1], clause, dues)):
            whole[-1] = _joined(whole[-1], clause)
        else:
            whole.append(clause)
    whole = [_free(clause, dues) for clause in whole]
    timed: list[Clause] = []
    for clause in whole:
        if timed and _times(timed[-1], clause, dues):
            timed[-1] = _joined(timed[-1], clause)
        else:
            timed.append(clause)
    return tuple(timed)


_TIME_FIRST = ("before", "till", "til", "until", "after")


def _free(clause: Clause, dues: tuple[Due, ...]) -> Clause:
    """ "Before Christmas our rider brings it": a time that opens with such a word makes no clause subordinate."""
    here = _within(clause, dues) if clause.subordinate else ()
    first = bool(here) and here[0].span.start == clause.span.start and here[0].when.lead in _TIME_FIRST
    return replace(clause, subordinate=False) if first else clause


def times_of(text: str, clause: Clause, dues: tuple[Due, ...]) -> Iterator[tuple[Due, ...]]:
    """The times in a clause, apart where a second thing is said: "goes out on Monday | and reaches you by one"."""
    together: list[Due] = []
    here = _within(clause, dues)
    for due, following in pairwise((*here, None)):
        if due:
            together.append(due)
        if following and due and _second_thing(text[due.span.end : following.span.start]):
            yield tuple(together)
            together = []
    yield tuple(together)


def _within(clause: Clause, dues: tuple[Due, ...]) -> tuple[Due, ...]:
    return dues[bisect_left(dues, clause.span.start, key=_start) : bisect_left(dues, clause.span.end, key=_start)]


def _start(due: Due) -> int:
    return due.span.start


def _joined(first: Clause, last: Clause) -> Clause:
    return replace(first, span=Span(first.span.start, last.span.end), text=first.text + last.text, asks=last.asks)


def _cut_through(clause: Clause, dues: tuple[Due, ...]) -> bool:
    start = clause.span.start
    before = bisect_right(dues, start, key=_start) - 1
    if before < 0:
        return False
    due = dues[before].span
    return due.start < start < due.end or (clause.subordinate and due.start == start)


_JOINT = re.compile(r"\W*(?:\w+\W+){0,2}", re.IGNORECASE)
_ONE_MORE = re.compile(r"\W*(?:your|my|our|the)\s+(?:\w+\s+){1,2}", re.IGNORECASE)
_NOTHING = re.compile(r"\W*")
_FULL_STOP = re.compile(r"[.!?;:]\s*$|\n")


def _belongs(text: str, before: Clause, clause: Clause, dues: tuple[Due, ...]) -> bool:
    """Whether two are one: "so by friday two o'clock | it'll be there", "with you and | your lawyer by Friday"."""
    if _FULL_STOP.search(before.text):
        return False
    if not before.subordinate and not before.text.endswith(", ") and _only_time(text, before, dues, _JOINT):
        return True
    if clause.subordinate:
        return False
    timeless = not _within(before, dues)
    return _only_time(text, clause, dues, _ONE_MORE) or (timeless and _only_time(text, clause, dues, _NOTHING))


def _only_time(text: str, clause: Clause, dues: tuple[Due, ...], lead_in: re.Pattern[str]) -> bool:
    here = _within(clause, dues)
    if not here:
        return False
    rest = text[here[-1].span.end : clause.span.end]
    return lead_in.fullmatch(text, clause.span.start, here[0].span.start) is not None and not rest.strip(" .,!\n")


_TIMING = re.compile(r"\s*(?:when|once|before|after|as soon as|till|til|until)\b", re.IGNORECASE)


def _times(main: Clause, clause: Clause, dues: tuple[Due, ...]) -> bool:
    """Whether a clause gives the time of what was said before it: "I'll call you | when it lands about nine"."""
    here = _within(clause, dues)
    if not clause.subordinate or not here or here[0].moment is None or not _TIMING.match(clause.text):
        return False
    if main.subordinate or main.asks or _FULL_STOP.search(main.text):
        return False
    if _within(main, dues) and (here[0].when.clock is None or here[0].when.day):
        return False
    return WILL.search(main.text) is not None or DOING.search(main.text) is not None


_JOIN = re.compile(
    r"(?:^|[\s,]+)(?:(?:and|then)\s+|(?<!\bbefore\s)(?<!\bafter\s)(?<!\bonce\s)(?=(?:i|we)\s))(?P<said>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FEW_WORDS = 2


def _second_thing(between: str) -> bool:
    join = _JOIN.search(between)
    return join is not None and len(join["said"].split()) >= _FEW_WORDS
