"""What commits in the present tense: "Grant dials your cell at 2:15", "consider it cancelled as of tonight".

Each kind of wording has a pattern of its own and is met in the words just before a time, or just after one that opens
the clause ("first thing monday the whole file is on his desk").
"""

import re

from levelhead.listening import commitment_arranged
from levelhead.listening.clauses import Clause
from levelhead.listening.commitment_present_words import (
    AFTER,
    AGAINST,
    CARRIER,
    DOES_IT,
    FOR_YOU,
    GETS_DONE,
    GOES,
    HAS_FROM,
    IS_DONE,
    IS_THERE,
    IT_IS,
    KEEPS,
    NOT_UNTIL,
    SETTLED,
    SETTLED_JUST,
    THROUGH,
    WE_DO_IT,
    YOU_CAN,
    YOURS_BY_THEN,
    after_a_time,
)
from levelhead.listening.commitment_words import worded
from levelhead.listening.due import Due
from levelhead.listening.when import Day, DayKind, Unit


def said_in_the_present(text: str, clause: Clause, due: Due) -> bool:
    """Whether the words around a time bind our side to it although nobody says "will"."""
    start, end = clause.span.start, clause.span.end
    near = _SHORT_ANSWER.sub("", _last_thought(text[start : due.span.start]))
    if _keeps(due, near) or _opens(due, near, text[due.span.end : due.span.end + _AHEAD]):
        return True
    if due.moment is None or _no_due_time(due, text):
        return False
    ahead = _STOP.split(text[due.span.end : min(end, due.span.end + _AHEAD)], maxsplit=1)[0]
    named = due.when.day is not None or due.when.clock is not None
    if (named and IT_IS.match(text, due.span.end)) or SETTLED_JUST.search(text, max(0, start - _LITTLE), start):
        return AGAINST.search(near) is None
    if AGAINST.search(near):
        return False
    return SETTLED.search(near) is not None or _acts(due, near, ahead) or _acts_after(due, near, ahead)


def may_be_said_in_the_present(text: str) -> bool:
    """A quick look at a whole turn: False where it holds none of the wordings."""
    return any(kind.search(text) for kind in _KINDS)


_KINDS = (
    *(YOURS_BY_THEN, SETTLED, KEEPS, NOT_UNTIL, IS_THERE, GOES, GETS_DONE, IS_DONE, HAS_FROM, WE_DO_IT, DOES_IT),
    *commitment_arranged.BEFORE,
)
_AHEAD = 60  # Characters.
_LITTLE = 30
_STOP = re.compile(r"[.,;:!?\n](?:\s|$)")
_NEAR = 10  # Words.
_FEW = 2
_AGAIN = re.compile(r"\b(?:i|we|he|she|they|he's|she's|it's|they're|we're|i'm)\s", re.IGNORECASE)
# "You can sir, first thing Monday it's on his desk".
_SHORT_ANSWER = worded(
    r"^\W*(?:(?:yes|yeah|aye|no|oh|sure|course)\W+)?(?:you|he|she|it|they|we|i|that) (?:can|will|are|is|do|does|could)"
    r"(?:\W+(?:sir|madam|ma'am|love|pet|mate|indeed))?\W*$"
)


def _last_thought(before: str) -> str:
    """The last words before a time: after the last comma, if they are more than two, and in speech without stops from
    a few words before the last pronoun."""
    part = before.rsplit(", ", 1)[-1]
    words = (part if len(part.split()) > _FEW else before).split()[-_NEAR:]
    last = next((i for i in range(len(words) - 1, 0, -1) if _AGAIN.match(words[i] + " ")), 0)
    return " ".join(words[max(0, last - 3) :])


def _acts(due: Due, near: str, ahead: str) -> bool:
    if _AS_OF.search(near):
        return False
    if any(kind.search(near) for kind in (DOES_IT, WE_DO_IT, YOURS_BY_THEN, *commitment_arranged.BEFORE)):
        return True
    if not _just_today(due) and (GOES.search(near) or GETS_DONE.search(near)):
        return True
    if (CARRIER.match(ahead) and "'s" in due.words) or (due.when.lead in _BOUND and IS_DONE.search(near)):
        return True
    if _just_today(due):
        return False
    on_a_day = due.when.day is not None and not due.words.endswith("days")
    return IS_THERE.search(near) is not None or (on_a_day and commitment_arranged.DONE_THEN.search(near) is not None)


def _acts_after(due: Due, near: str, ahead: str) -> bool:
    """ "First thing monday the whole file is on his desk", "same time tomorrow I open this chat"."""
    todays = "'s" in due.words and not due.when.lead  # "Tomorrow's visit"
    if todays or len(near.split()) > _FEW_MORE or AGAINST.search(ahead) or due.when.lead == "for":
        return False
    return any(kind.match(ahead) for kind in (*AFTER, *_ARRANGED_AFTER))


_ARRANGED_AFTER = after_a_time(commitment_arranged.AFTER)
_AS_OF = re.compile(r"\bas of\W*$", re.IGNORECASE)
_BOUND = frozenset({"by", "before", "within", "inside", "on or before"})
_FEW_MORE = 5


def _just_today(due: Due) -> bool:
    """ "He's off the app tonight" says how things are."""
    when = due.when
    return when.clock is None and not when.lead and when.day is not None and when.day == Day(DayKind.AHEAD, 0)


def _no_due_time(due: Due, text: str) -> bool:
    """Times from or until which something holds, and bare lengths, which may say how much and not when."""
    when = due.when
    if when.lead in ("from", "till", "til", "until", "after"):
        return True
    if when.length is None or when.back:
        return False
    return when.lead == "for" or not (
        when.lead not in ("", "about", "around") or when.day or _FROM_NOW.match(text, due.span.end)
    )


_FROM_NOW = re.compile(r"\s*(?:from (?:now|today|tomorrow)|after that|on from)\b", re.IGNORECASE)


def _keeps(due: Due, near: str) -> bool:
    """What holds from, for or until a time, and what is not done before it."""
    lead, length = due.when.lead, due.when.length
    if length and length.unit is Unit.MINUTE and length.count < _NO_HOLD:
        return False
    if lead == "from":
        has = HAS_FROM.search(near)
        return has is not None and not AGAINST.search(near, has.start()) and not YOU_CAN.search(near)
    if lead in ("till", "til", "until") or (not lead and THROUGH.search(near)):
        kept = KEEPS.search(near) is not None and AGAINST.search(near) is None
        return kept or NOT_UNTIL.search(near) is not None
    if lead == "for" and length:
        return KEEPS.search(near) is not None and FOR_YOU.search(near) is not None and AGAINST.search(near) is None
    return lead == "before" and NOT_UNTIL.search(near) is not None and "since" not in near


def _opens(due: Due, near: str, after: str) -> bool:
    """ "Forty minutes and he's at your gate", "give me half an hour and the block is lifted"."""
    length = due.when.length
    if (length is None and due.when.clock is None) or due.when.lead in ("at", "for", "from", "after"):
        return False
    if length and length.unit is Unit.MINUTE and length.count < _NO_HOLD:
        return False
    led_up_to = len(near.split()) <= _FEW_MORE or _GIVE_US.search(near) is not None
    return led_up_to and _SO_LONG.search(near) is None and _AND_THEN.match(after) is not None


_NO_HOLD = 10  # Minutes: less is a wait on the line.
_SO_LONG = worded(r"\b(?:been|takes?|took|wait\w*|for|over|after|about every|was|were|last|said|told|on|at)\b")
_GIVE_US = worded(r"\b(?:give|gimme)(?: (?:me|us|him|her|them|it))?(?: (?:just|about|till|until))?\W*$")
_AND_THEN = worded(
    r"\W*(?:(?:tops|max|no (?:longer|more)|at (?:most|the outside)|or so)\W+)?(?:and|&)\s+"
    r"(?:(?:he|she|it|they|you|u|i|we|(?:the|your|our|my) \w+)(?:'s|'re|'m| is| are)|im|ur)"
    r" (?:at|in|on|with|here|there|back|sitting|ready|outside|yours|live|through|lifted|\w+ed)\b"
    r"|\W*(?:no (?:longer|more)\W+)?(?:and|then)\s+(?:he|she|(?:the|our) \w+) (?:rings|calls|phones|texts|comes"
    r"|arrives)\b"
    r"|\W*(?:and|&)\s+you(?:'ve| have|'ll have) (?:it|your|an?|the)\b"
)
