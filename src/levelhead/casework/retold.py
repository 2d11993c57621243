"""A conversation retold in few quotations, in order: the sentences that tell most to whoever has it next. Pure.

Which those are is weighed by `telling`; `needed` names those that are never left out. No sentence is put into other
words, and none of a customer's abuse is quoted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from levelhead.casework.deed_words import COURTESY
from levelhead.casework.goodbye import is_goodbye
from levelhead.casework.leaning import leant_on
from levelhead.casework.needed import needed
from levelhead.casework.promise_words import about
from levelhead.casework.quoting import Quote, held
from levelhead.casework.sentences import Sentence
from levelhead.casework.telling import Weighed, tells
from levelhead.casework.worth import by_worth, is_courtesy
from levelhead.conversation import Abuse, Timeline

_MOST_WORDS = 450
"""A conversation of so many words is retold but for courtesies, a longer one within them, and what has to be."""
MOST: Final = 420
"""Characters of one quotation."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted of one turn."""

    n: int
    theirs: bool
    quotes: tuple[Quote, ...]


def retold(timeline: Timeline) -> tuple[Passage, ...]:
    """The passages in order."""
    found = [one for one in tells(timeline) if not _is_abuse(one.sentence)]
    told = leant_on(found, needed(found))
    for one in by_worth(found):
        if one in told or is_courtesy(one) or _is_said(one, told):
            continue
        more = leant_on(found, (*told, one))
        if sum(each.size for each in more) <= _MOST_WORDS:
            told = more
    return tuple(_passages(found, {one.at for one in told}))


def _is_said(one: Weighed, told: Sequence[Weighed]) -> bool:
    """Whether it only says again what is quoted already of the same side."""
    content = about(one.words)
    return any(
        len(content & about(other.words)) > _SAME * len(content)
        for other in told
        if content and other.theirs is one.theirs
    )


_SAME = 0.7


def _passages(found: list[Weighed], told: set[int]) -> Iterator[Passage]:
    for n, those in groupby(found, key=lambda one: one.n):
        turn = list(those)
        quotes = tuple(_quotes(turn, told))
        if quotes:
            yield Passage(n, turn[0].theirs, quotes)


def _quotes(turn: list[Weighed], told: set[int]) -> Iterator[Quote]:
    """Sentences that follow on each other are one quotation, with a short one in between."""
    run: list[Weighed] = []
    for one in turn:
        if one.at not in told:
            continue
        if not run:
            run = _lead(turn, one)
        elif _gap(turn, run[-1], one) > _BETWEEN or one.sentence.span.end - run[0].sentence.span.start > MOST:
            yield from _quote(run)
            run = _lead(turn, one)
        run.append(one)
    yield from _quote(run)


def _lead(turn: list[Weighed], one: Weighed) -> list[Weighed]:
    """A word or two before it: "Off. Plan runs to May." says less without."""
    before = next((other for other in turn if other.at == one.at - 1), None)
    if before is None or before.size >= _SHORT or is_goodbye(before.words) or COURTESY.search(before.words):
        return []
    return [before]


_SHORT, _BETWEEN = 4, 9  # Words.


def _gap(turn: list[Weighed], before: Weighed, after: Weighed) -> int:
    between = [one for one in turn if before.at < one.at < after.at]
    whole = len(between) == after.at - before.at - 1
    return sum(one.size for one in between) if whole else _BETWEEN + 1


def _quote(run: list[Weighed]) -> Iterator[Quote]:
    if run:
        heard = run[0].sentence.heard
        words = trimmed(heard.turn.text[run[0].sentence.span.start : run[-1].sentence.span.end])
        if words:
            yield Quote(run[0].n, words)


def trimmed(words: str) -> str:
    """The words without a greeting at their beginning and without "and" at their end."""
    bare = _HELLO.sub("", words.strip())
    return held(_JOINS.sub("", bare or words.strip()), MOST)


_HELLO = re.compile(
    r"\A(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|dear)\b(?:[ ,]+(?:there|sir or madam|sir/madam"
    r"|sir|madam|love|team|(?:mr|mrs|ms|miss|dr)\.? \w+|(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)))?(?:[\s,.!:–—]+|-\s|\Z)"
    r"|@\w+\s+|(?:um+|uh+|er|well|yeah|okay|ok|right|so|oh(?! no\b)|ah)\b(?:[\s,.!:–—]+|-\s)|(?:and|but)\s+)+",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:[\s,;:–—-]+(?:and|but|or|so|then|also))*[\s,;:–—-]*\Z", re.IGNORECASE)


def _is_abuse(one: Sentence) -> bool:
    """Abuse has its own place, with its evidence; of an insult's turn what is beside the insult can be quoted."""
    shown = one.heard.reading.of_customer
    if shown is None or shown.abuse in (Abuse.NONE, Abuse.PROFANITY):
        return False
    spans = [at for signal in one.heard.reading.signals if signal.kind in _ABUSES for at in signal.spans]
    if shown.abuse is not Abuse.INSULT or not spans:
        return True
    return any(at.start < one.span.end and one.span.start < at.end for at in spans)


_ABUSES: Final = frozenset(Abuse) - {Abuse.NONE, Abuse.PROFANITY}
