"""Commitment: whether the words of a clause bind the agent's side to something still to come."""

import re

from levelhead.conversation import DueKind
from levelhead.listening.clauses import Clause
from levelhead.listening.commitment_present import said_in_the_present
from levelhead.listening.commitment_present_words import SURE
from levelhead.listening.commitment_words import (
    ARRANGED,
    ASKED_WHEN,
    ASKING,
    BOOKED,
    BOUND,
    CHOICE,
    CONTACT,
    DELEGATED,
    DOING,
    DONE,
    HOLD,
    KEEPS,
    LEFT_WITH_US,
    MIGHT,
    MOVES,
    NOT,
    REACHES,
    TALK,
    TIMETABLE,
    UNDERTAKES,
    UNSURE,
    WILL,
    WORD_OF_CONTACT,
    YOURS,
)
from levelhead.listening.due import Due
from levelhead.listening.when import Part, Unit

_PARTS = frozenset({Part.MORNING, Part.AFTERNOON, Part.EVENING, Part.NIGHT, Part.LUNCH})
_UNTIL = frozenset({"till", "til", "until"})
_NOT_BEFORE = _UNTIL | {"before"}


def may_be_in_touch(text: str) -> bool:
    """A quick look at a whole turn: False where no clause of it can pass `says_it_will_be_in_touch`."""
    return WORD_OF_CONTACT.search(text) is not None or SURE.search(text) is not None


def is_surely_promised(clause: Clause) -> bool:
    """Whether the clause promises not to act, without a time and in words beyond doubt ("you won't be charged")."""
    if clause.subordinate or clause.asks or TALK.search(clause.text):
        return False
    return SURE.search(clause.text) is not None and _NOT_TO_ACT.search(clause.text) is not None


_NOT_TO_ACT = re.compile(r"\b(?:no|not|won't|'ll not|never|nobody)\b", re.IGNORECASE)


def says_it_will_be_in_touch(clause: Clause) -> bool:
    """Whether the clause promises word from somebody without saying when ("someone will be in touch")."""
    if clause.subordinate or clause.asks or TALK.search(clause.text):
        return False
    return WORD_OF_CONTACT.search(clause.text) is not None or SURE.search(clause.text) is not None


def asks_when(text: str) -> bool:
    """Whether a customer's turn asks for a time, so that a bare time is an answer to it."""
    return ASKED_WHEN.search(text) is not None


def commits(text: str, clause: Clause, due: Due, *, asked_when: bool = False, plainly: bool = False) -> bool:
    """Whether this clause of `text` commits to being done by `due`; `asked_when` by the customer just before.

    `plainly`: only in words that leave little doubt.
    """
    before = text[clause.span.start : due.span.start]
    after = text[due.span.end : clause.span.end]
    opens_with_time = due.span.start == clause.span.start and due.moment is not None  # "Before noon today it's yours."
    if (clause.subordinate and not opens_with_time) or _asks(clause, after) or TALK.search(before):
        return False
    if said_in_the_present(text, clause, due) and not _one_of_several(text, clause, due):
        return True
    if plainly or clause.subordinate or not _binds(due, before):
        return False
    return _said_otherwise(text, clause, due, asked_when=asked_when)


def _said_otherwise(text: str, clause: Clause, due: Due, *, asked_when: bool) -> bool:
    """With "will", as an answer, or by what is on its way, booked or left with us."""
    before = text[clause.span.start : due.span.start]
    after = text[due.span.end : clause.span.end]
    will = _nearest(WILL, clause.text, due.span.start - clause.span.start)
    if due.kind is DueKind.VAGUE:
        return _loose(before, will is not None)
    if will:
        return _spoken(text, clause, due, will)
    if asked_when and _answers(text, due, after):
        return True
    return _implied(clause, due, before, after) and not _one_of_several(text, clause, due)


def _answers(text: str, due: Due, after: str) -> bool:
    """Whether a turn opens with a time and nothing that it would be the time of."""
    plain = due.when.length is None or bool(due.when.lead)  # "Five minutes" may be how long it takes.
    return plain and len(text[: due.span.start].split()) <= _OPENING and not _NOT_SO.match(after)


_NOT_SO = re.compile(rf"\W*(?:(?:most|every|each|usually|normally|or so)\b|{NOT.pattern})", re.IGNORECASE)
_OPENING = 2  # Words: "so", "right then", a name.


def _one_of_several(text: str, clause: Clause, due: Due) -> bool:
    """Whether it's only offered, as one thing to choose from."""
    start, end = clause.span.start, clause.span.end
    since = max(0, start - _CHOICE_BEFORE)
    if _OR_ELSE.search(text, since, start) or _OR.search(text, since, due.span.start):
        return True
    return CHOICE.search(text, since, end + _CHOICE_AFTER) is not None


_OR_ELSE = re.compile(r"\bor\W{1,3}$", re.IGNORECASE)
_OR = re.compile(r"(?:^|[.!?]\s|\n)or\b[^.!?\n]*$", re.IGNORECASE)
_CHOICE_BEFORE, _CHOICE_AFTER = 120, 150  # Characters: "two ways: ..." and "... which would you like?"
_LEFT_OF_QUESTION = 3


def _asks(clause: Clause, after: str) -> bool:
    return ASKING.match(clause.text) is not None or (clause.asks and len(after.strip(" ?")) < _LEFT_OF_QUESTION)


def _nearest(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The last match before that place, else the first one after it."""
    before = [match for match in pattern.finditer(text) if match.start() < at]
    return before[-1] if before else pattern.search(text, at)


def _binds(due: Due, before: str) -> bool:
    """Whether this mention of time can be a due time at all: "for five minutes" and "a day" are none."""
    when = due.when
    if when.lead == "for":
        return BOOKED.search(before) is not None
    window = when.clock is not None and when.clock.opens is not None
    if (when.lead == "from" and not window) or (when.length and when.lead in ("before", "after", "at")):
        return False
    if when.length and when.length.count == 1 and not (when.lead or when.back or when.length.unit is Unit.WORKING_DAY):
        return False
    todays = "'s" in due.words and not when.lead and not when.clock  # "Tuesday's message"
    at_night = when.part is Part.NIGHT and when.lead == "at"
    alone = not (when.day or when.clock)
    return not todays and not (alone and (at_night or (when.part in _PARTS and not when.lead)))


def _loose(before: str, will: bool) -> bool:
    """Due words that bind to no moment: "soon", "as soon as they can"."""
    if will or DOING.search(before):
        return True
    return MIGHT.search(before) is not None and CONTACT.search(before) is not None


def _spoken(text: str, clause: Clause, due: Due, will: re.Match[str]) -> bool:
    """Somebody says that it will be done."""
    start = clause.span.start + will.start()
    between = text[start : due.span.start]
    if any(against.search(between) for against in (YOURS, NOT)) or _short_hold(clause, due):
        return False
    if due.span.end <= start and NOT.search(clause.text[: will.start()]):
        return False
    led_up_to = text[max(0, start - _LED_UP_TO) : start]
    return not (UNSURE.search(led_up_to) or _bare_length(text, clause, due))


_LED_UP_TO = 60  # Characters, for the few words that may stand between "I can't promise" and "it will".


def _bare_length(text: str, clause: Clause, due: Due) -> bool:
    """Whether it may be how much and not when: "you'll have two months back", "give it thirty days"."""
    length = due.when.length
    if length is None or due.when.lead or due.when.back:
        return False
    ends = not text[due.span.end : clause.span.end].strip(" .,;!)\n")
    return length.unit in (Unit.MINUTE, Unit.MONTH) or not (ends or length.unit is Unit.WORKING_DAY)


def _short_hold(clause: Clause, due: Due) -> bool:
    """Some minutes on the line, not a promise for later."""
    length = due.when.length
    if length is None or length.unit is not Unit.MINUTE or BOUND.match(due.words):
        return False
    return HOLD.search(clause.text) is not None or not (CONTACT.search(clause.text) or REACHES.search(clause.text))


def _implied(clause: Clause, due: Due, before: str, after: str) -> bool:
    """Nobody says "will": what is on its way, booked, left with us, or bound by "by"."""
    near = " ".join(_last_part(before).split()[-_NEAR:])
    if due.when.lead in _NOT_BEFORE and (LEFT_WITH_US.search(before) or UNDERTAKES.search(near)):
        return True
    if (BOOKED.search(before) and not NOT.search(before)) or (due.moment and DELEGATED.search(before)):
        return True
    if any(against.search(near) for against in _AGAINST) or _short_hold(clause, due):
        return False
    return _CANNOT.match(after) is None and _on_its_way(due, near, f"{near} {after}")


_CANNOT = re.compile(r"\W*(?:i|we|he|she|they|nobody) (?:can|can't|cannot|couldn't|don't|wouldn't)\b", re.IGNORECASE)


_FEW = 3  # Words: "courier to you by eleven".
_NEAR = 9  # Words: in speech without stops, what stands further back belongs to another thought.
_AGAINST = (NOT, YOURS, DONE, TIMETABLE, MIGHT, UNSURE)


def _last_part(before: str) -> str:
    """What stands after the last comma, if that can stand alone: "it went out at noon, with you by six"."""
    part = before.rsplit(", ", 1)[-1]
    return part if REACHES.search(part) or MOVES.search(part) else before


def _on_its_way(due: Due, near: str, words: str) -> bool:
    when = due.when
    if when.length and not when.lead:
        return False
    moves = bool(MOVES.search(words) or DOING.search(near) or ARRANGED.search(near))
    if BOUND.search(due.words):
        return moves or len(near.split()) <= _FEW or REACHES.search(words) is not None
    if when.event or (when.length and when.lead in ("in", "between")):
        return moves or not near.strip() or REACHES.search(words) is not None
    return moves and (when.lead not in _UNTIL or KEEPS.search(words) is not None)
