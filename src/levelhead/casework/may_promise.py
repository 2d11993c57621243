"""Which sentences of ours may promise: heard as one, or near enough that leaving them out of a note is worse. Pure."""

import re
from typing import Final

from levelhead.casework.deed_words import COURTESY, GIVES, HOLDS, PAST, WILL_DO
from levelhead.casework.sentences import Sentence
from levelhead.conversation import Heard, Move
from levelhead.listening.calendar import OFFICE_HOURS
from levelhead.listening.due import due_in


def is_heard(one: Sentence) -> bool:
    """Whether it was heard as a promise, and the turn is not surely something else."""
    heard = one.heard
    return _likely(heard) >= _HARDLY and any(one.meets(promise.span) for promise in heard.reading.promises)


def _likely(heard: Heard) -> float:
    """How likely the turn says what is to come."""
    shown = heard.reading.of_agent
    return max(shown.moves.get(move, 0.0) for move in _TO_COME) if shown else 0.0


def may_promise(one: Sentence, *, last: bool) -> bool:
    """What may be one, soonest in a `last` turn: a promise that is missing is worse than a line too many."""
    words, likely = one.words, _likely(one.heard)
    if HOLDS.search(words) or (is_soon(words) and not last):
        return False
    if likely >= _HARDLY and due_in(words, None, OFFICE_HOURS):
        return comes(words) or not PAST.search(words)
    asks = words.rstrip().endswith("?") or COURTESY.search(words)
    will = WILL_DO.search(words) or _GETS.search(words)
    return (last or likely >= _MAYBE) and not asks and will is not None


_GETS = re.compile(r"\byou(?:'ll|’ll| will) (?:also )?(?:get|have|hear|receive|see)\b", re.IGNORECASE)


def is_soon(words: str) -> bool:
    """Whether they speak of a few minutes: what was to come then has come, or not, once more has been said."""
    return _SOON.search(words) is not None


def comes(words: str) -> bool:
    """Whether the words speak of what is to come."""
    return WILL_DO.search(words) is not None or GIVES.search(words) is not None


_SOON = re.compile(
    r"(?<![-\w])(?<!twenty )(?<!thirty )(?<!forty )(?<!fifty )"
    r"(?:an?|one|two|three|four|five|couple of|few|half a|[1-9]|10|ten) (?:more |or two )?"
    r"(?:sec(?:ond)?|min(?:ute)?)s?\b|\b(?:moment|sec|ticks?)\b",
    re.IGNORECASE,
)
_TO_COME: Final = (Move.PROMISE, Move.SET_EXPECTATION)
_MAYBE, _HARDLY = 0.15, 0.06
