"""What a note cannot do without: what they came with and chose, what was found and promised, how it ended. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final

from levelhead.casework.deed_words import LEADS
from levelhead.casework.may_promise import is_heard, may_promise
from levelhead.casework.quoting import Quote
from levelhead.casework.telling import Weighed
from levelhead.casework.telling_cues import FINDS, THANKS
from levelhead.conversation import Cue, Move, Speaker
from levelhead.listening.questions import open_questions


def needed(found: list[Weighed], known: tuple[Quote, ...]) -> Iterator[Weighed]:
    """What they came with and chose, what was found out, what may be a promise, and where each side ended."""
    theirs, ours = ([one for one in found if one.theirs is side] for side in (True, False))
    ends = sorted({one.n for one in ours})[-_ENDS:]
    picked = [
        *_first(theirs),
        *_best(ours, {one.n for one in ours if _finds(one)}, _finds),
        *(one for n in _answers(found) for one in _choice([one for one in theirs if one.n == n])),
        *(one for one in ours if _promises(one, ends)),
        *_best(theirs, _results(theirs)),
        *_asked(theirs, found),
        *(one for side in (theirs, ours) for one in _last(side, {quote.n for quote in known})),
    ]
    yield from {one.at: one for one in picked}.values()


def _promises(one: Weighed, ends: list[int]) -> bool:
    return is_heard(one.sentence) or may_promise(one.sentence, last=one.n in ends)


def _best(
    those: list[Weighed], turns: Iterable[int], fits: Callable[[Weighed], bool] = lambda one: True, most: int = 1
) -> list[Weighed]:
    """The most telling sentence of these turns, and others that tell enough by themselves."""
    within = frozenset(turns)
    found = [one for one in those if one.n in within and fits(one) and not is_goodbye(one.words)]
    found.sort(key=lambda one: -one.sure)
    return [*found[:1], *(one for one in found[1:most] if one.sure >= _TELLS)]


_TELLS = 0.3


def _first(theirs: list[Weighed]) -> list[Weighed]:
    """What they came with: of the first turn that tells, else of whichever tells most."""
    turns = dict.fromkeys(one.n for one in theirs)
    first = (_best(theirs, {n}, _says_what, most=2) for n in turns)
    told = next((found for found in first if found and found[0].sure >= _TELLS), [])
    return told or _best(theirs, turns, _says_what)


def _says_what(one: Weighed) -> bool:
    """Whether it can say what they came with: "Order 48213." alone does not."""
    return one.size >= _SOME


_SOME = 6  # Words.


def _finds(one: Weighed) -> bool:
    """Whether it may say what was found out."""
    return FINDS.search(one.words) is not None and one.sentence.heard.reading.shows(Move.EXPLAIN)


def _answers(found: list[Weighed]) -> Iterator[int]:
    """Their turns that take or refuse what we offered, or answer what we gave them to choose from; the latest."""
    turns = sorted({one.n: one.sentence.heard for one in found}.items())
    chose = [n for n, heard in turns if any(heard.reading.shows(cue) for cue in _CHOOSES)]
    given = [
        after
        for (_, heard), (after, said) in pairwise(turns)
        if heard.reading.shows(Move.OFFER_CHOICE) and said.turn.speaker is Speaker.CUSTOMER
    ]
    yield from sorted({*chose, *given})[-_CHOICES:]


def _choice(turn: list[Weighed]) -> list[Weighed]:
    """What they chose comes first, often in a word: "Tuesday, please. It's order 48213."; and what tells most."""
    says = [one for one in turn if not is_goodbye(one.words) and not THANKS.search(one.words)]
    return [*says[:1], *(one for one in _best(says[1:], {one.n for one in says}) if one.sure >= _TELLS)]


_CHOOSES: Final = (Cue.ACCEPTS_OFFER, Cue.REJECTS_OFFER)
_CHOICES = 2


def _results(theirs: list[Weighed]) -> list[int]:
    """The latest turn in which they say that it works, or that it still does not."""
    shown = [one.n for one in theirs if any(one.sentence.heard.reading.shows(cue) for cue in _RESULTS)]
    return shown[-1:]


_RESULTS: Final = (Cue.CONFIRMS_RESOLVED, Cue.STILL_UNRESOLVED)


def _asked(theirs: list[Weighed], found: list[Weighed]) -> Iterator[Weighed]:
    """What they asked last and nobody answered."""
    timeline = tuple({one.n: one.sentence.heard for one in found}.values())
    for n, question in open_questions(timeline)[-1:]:
        yield from (one for one in theirs if one.n == n and one.sentence.meets(question.span))


def _last(those: list[Weighed], ended: set[int]) -> list[Weighed]:
    """What they said last that says something, else the turn before it; nothing where one is quoted elsewhere."""
    turns = sorted({one.n for one in those if not is_goodbye(one.words)})[-_ENDS:]
    if ended & set(turns):
        return []
    for those_turns in (turns[-1:], turns):
        best = _best(those, those_turns, most=3)
        if best and best[0].sure >= (_SAYS_HOW_IT_IS if best[0].theirs else _SAYS_SOMETHING):
            return best
    return []


_ENDS, _SAYS_HOW_IT_IS, _SAYS_SOMETHING = 2, 0.09, 0.2


def is_goodbye(text: str) -> bool:
    """Whether it says no more than thanks and goodbye."""
    return not _BYE.sub(" ", LEADS.sub("", text)).split()


_BYE = re.compile(
    r"\b(?:thank(?:s| you)?|you|cheers|ta|bye|goodbye|very|so|much|again|ok(?:ay)?|all|right|alright|then|have|a|good"
    r"|nice|great|lovely|day|evening|weekend|night|too|and|for|your|help|that's|it|take|care|see|ya|now|yes|no|yeah"
    r"|well|oh|perfect|brilliant|cool|fine|bless|love|mate|sir|madam|ma'am|the|same|to|i'll|wait|hold|on|done|sure|one"
    r"|moment|sec|welcome|you're|bother|problem|anything|else|is|there|was|with|can|i|help|regards|kind|dear|best"
    r"|sincerely|enjoy|rest|of)\b|[^\w\s]|_|\b(?-i:[A-Z])[\w.]*",
    re.IGNORECASE,
)
