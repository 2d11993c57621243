"""What a note cannot do without: what they came with and chose, what was found and promised, how it ended. Pure."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import Final

from levelhead.casework.agreed import assents, choices
from levelhead.casework.goodbye import is_goodbye
from levelhead.casework.may_promise import is_heard, may_promise
from levelhead.casework.numbers_given import numbers_given
from levelhead.casework.telling import Weighed
from levelhead.casework.telling_cues import FINDS, THANKS
from levelhead.casework.who_answered import NAMES_THEMSELVES, SIGNATURE
from levelhead.casework.worth import ORDERS, decides, is_courtesy, tells_plight, tells_result, worth
from levelhead.conversation import Cue, Move, Speaker
from levelhead.listening.questions import open_questions


def needed(found: list[Weighed]) -> Iterator[Weighed]:
    """What they came with and chose, what was found out, what may be a promise, and where each side ended."""
    theirs, ours = ([one for one in found if one.theirs is side] for side in (True, False))
    ends = sorted({one.n for one in ours})[-_ENDS:]
    picked = [
        *_first(theirs),
        *_best(ours, {one.n for one in ours if _finds(one)}, _finds),
        *(one for n in _answers(found) for one in _choice([one for one in theirs if one.n == n])),
        *sorted((one for one in ours if decides(one) and not is_courtesy(one)), key=worth)[-_DECISIONS:],
        *choices(found),
        *assents(found),
        *(one for one in ours if _promises(one, ends)),
        *_best(theirs, _results(theirs)),
        *_asked(theirs, found),
        *(one for side in (theirs, ours) for one in _last(side)),
        *_named(theirs),
        *_numbered(found),
        *[one for one in sorted(theirs, key=worth, reverse=True) if tells_plight(one)][:_PLIGHTS],
        *[one for one in theirs if tells_result(one)][-1:],
        *[one for one in theirs if ORDERS.search(one.words)][-_ORDERED:],
    ]
    yield from {one.at: one for one in picked}.values()


def _promises(one: Weighed, ends: list[int]) -> bool:
    if is_courtesy(one):
        return False
    return is_heard(one.sentence) or may_promise(one.sentence, last=one.n in ends)


def _best(
    those: list[Weighed], turns: Iterable[int], fits: Callable[[Weighed], bool] = lambda one: True, most: int = 1
) -> list[Weighed]:
    """The most telling sentence of these turns, and others that tell enough by themselves."""
    within = frozenset(turns)
    found = [one for one in those if one.n in within and fits(one) and not is_courtesy(one)]
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


def _last(those: list[Weighed]) -> list[Weighed]:
    """What a side said in its last turn that says something, and what tells most of the one before."""
    turns = [list(turn) for _, turn in groupby((one for one in those if not is_courtesy(one)), key=lambda one: one.n)]
    picked, words = list[Weighed](), 0
    for turn in reversed(turns[-_ENDS:]):
        for one in sorted(turn, key=worth, reverse=True)[: 1 if picked else None]:
            least = _SAYS_HOW_IT_IS if one.theirs and not picked else _SAYS_SOMETHING
            if words + one.size <= _END_WORDS and worth(one) >= least:
                picked.append(one)
                words += one.size
    return picked


_ENDS, _END_WORDS, _PLIGHTS = 2, 45, 2
_DECISIONS, _ORDERED = 2, 2
_SAYS_HOW_IT_IS, _SAYS_SOMETHING = 0.09, 0.15


def _named(theirs: list[Weighed]) -> list[Weighed]:
    """How they gave their name, the first time."""
    signed = [one for one in theirs if SIGNATURE.fullmatch(one.words) and _ends_a_mail(one)]
    return [*(one for one in theirs if NAMES_THEMSELVES.search(one.words)), *signed][:1]


def _ends_a_mail(one: Weighed) -> bool:
    text, span = one.sentence.heard.turn.text, one.sentence.span
    return "\n" in text[: span.start][-2:] and len(text) - span.end <= _BELOW


_BELOW = 60  # Characters: a firm, a place.


def _numbered(found: list[Weighed]) -> Iterator[Weighed]:
    """Where orders and references were given, so that the words around them say of what and by whom."""
    timeline = tuple({one.n: one.sentence.heard for one in found}.values())
    for fact in numbers_given(timeline):
        yield from [one for one in found if fact.value in one.words][:1]
