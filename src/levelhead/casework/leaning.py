"""What a sentence cannot be read without: the rest of it, the one before that it points at, its question or its answer.

Pure. "4410." says nothing without "What is the postcode?", and "He will ring you" nothing without who he is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from levelhead.casework.deed_words import ASKS, COURTESY
from levelhead.casework.goodbye import is_goodbye
from levelhead.casework.quoting import spans_of
from levelhead.casework.telling import Weighed
from levelhead.casework.worth import is_courtesy, worth


def leant_on(found: Sequence[Weighed], picked: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """The picked sentences of a conversation with what they lean on, and what that leans on."""
    places = {one.at: one for one in found}
    told = {one.at: one for one in picked}
    new = list(told.values())
    for _ in range(_DEPTH):
        new = [other for one in new for other in _leans(one, places) if other.at not in told]
        told |= {one.at: one for one in new}
    return tuple(told[at] for at in sorted(told))


_DEPTH = 3


def _leans(one: Weighed, places: Mapping[int, Weighed]) -> Iterator[Weighed]:
    yield from _rest(one, places)
    yield from _answer(one, places)
    if is_goodbye(one.words) or _SIGNED.fullmatch(one.words.strip()):
        return
    before = places.get(one.at - 1)
    if before is None:
        return
    if before.n == one.n:
        if _points(one) and before.size <= _LONG and not (is_goodbye(before.words) or COURTESY.search(before.words)):
            yield before
    elif before.theirs is not one.theirs and (one.size <= _SHORT or _points(one)):
        yield from _asked(one, before, places)


def _rest(one: Weighed, places: Mapping[int, Weighed]) -> Iterator[Weighed]:
    """The other clauses of its sentence, where it is not too long to be quoted whole."""
    text, span = one.sentence.heard.turn.text, one.sentence.span
    whole = next((at for at in spans_of(text) if at.start <= span.start and span.end <= at.end), span)
    if whole.end - whole.start > _WHOLE:
        return
    for step in (-1, 1):
        other = places.get(one.at + step)
        while other is not None and other.n == one.n and other.sentence.meets(whole):
            yield other
            other = places.get(other.at + step)


def _points(one: Weighed) -> bool:
    """Whether it begins with what only the words before it can tell."""
    return one.size <= _BARE or _POINTS.match(one.words) is not None


def _asked(one: Weighed, before: Weighed, places: Mapping[int, Weighed]) -> Iterator[Weighed]:
    """The question in the turn before; a word or two answer whatever was said last."""
    at: Weighed | None = before
    while at is not None and at.n == before.n:
        if "?" in at.words or ASKS.match(at.words):
            beside = places.get(at.at + 1) if at is not before else places.get(at.at - 1)
            if at.size <= _SHORT and beside is not None and beside.n == at.n and not is_courtesy(beside):
                yield beside  # "Is that right?" says nothing without what it asks of.
            yield at
            return
        at = places.get(at.at - 1)
    if one.size <= _BARE and before.size <= _LONG and not is_goodbye(before.words):
        yield before


def _answer(one: Weighed, places: Mapping[int, Weighed]) -> Iterator[Weighed]:
    """What was said to a question: of ours the most telling sentence, of theirs the first, which says yes or no."""
    if "?" not in one.words and not ASKS.match(one.words):
        return
    last = one
    while (after := places.get(last.at + 1)) is not None and after.n == one.n:
        last = after
    after = places.get(last.at + 1)
    if after is None or after.theirs is one.theirs:
        return
    turn = [other for other in places.values() if other.n == after.n and not is_courtesy(other)]
    if turn:
        yield turn[0] if after.theirs else max(turn, key=worth)


_BARE, _SHORT, _LONG = 3, 7, 30  # Words.
_WHOLE = 220  # Characters.
_POINTS = re.compile(
    r"(?:(?:and|but|so|or|then|well|yes|no|yeah|ok|okay)\W+)*(?:he|she|they|it|this|that|those|these|them|him|her|both"
    r"|neither|either|one|another|same|(?:the|that) (?:one|first|second|other|latter))(?:['’]\w+)?\b"
    r"|(?:keeps|takes|means|comes|goes|costs|needs|gives|includes|works)\b|\([a-z]\)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}[,.]?")
