"""How much each sentence of a conversation tells whoever has it next: features of it, and weights learnt from reading.

Pure. The weights are those of two logistic regressions, one for each side, fitted by `python -m training.telling` on
sentences that somebody chose by reading for the note of conversations of the training part.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp
from typing import Final

from levelhead.casework.deed_words import ASKS
from levelhead.casework.promise_words import about
from levelhead.casework.sentences import Sentence, sentences_of
from levelhead.casework.telling_cues import CUES
from levelhead.casework.telling_weights import OF_OURS, OF_THEIRS
from levelhead.conversation import Emotion, FactKind, Span, Timeline


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence, the `at`-th of its conversation, with how sure it belongs into the note, 0 to 1."""

    sentence: Sentence
    sure: float
    at: int

    @property
    def n(self) -> int:
        """Its turn."""
        return self.sentence.heard.turn.n

    @property
    def words(self) -> str:
        """The words as they were said."""
        return self.sentence.words

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.words.split())

    @property
    def theirs(self) -> bool:
        """Whether the customer said it."""
        return self.sentence.theirs


def tells(timeline: Timeline) -> tuple[Weighed, ...]:
    """Every sentence of a conversation, weighed."""
    found = sentences_of(timeline)
    return tuple(
        Weighed(one, _sure(features, OF_THEIRS if one.theirs else OF_OURS), at)
        for at, (one, features) in enumerate(zip(found, features_of(found), strict=True))
    )


def _sure(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in features.items())))


def features_of(found: Sequence[Sentence]) -> tuple[dict[str, float], ...]:
    """What speaks for and against quoting each sentence, by name."""
    contents = [about(one.words) for one in found]
    often = Counter(word for content in contents for word in content)
    places = _places(found)
    rows = list[dict[str, float]]()
    for one, content, (before, after) in zip(found, contents, _heard_by(found, contents), strict=True):
        size = len(content) or 1
        row = {**dict(_of_words(one)), **dict(_of_reading(one)), **places[one.heard.turn.n, one.span]}
        row["central"] = min(2.0, sum(often[word] - 1 for word in content) / size / 2)
        row["content"] = min(len(content), 12) / 12
        row["new"] = len(content - before[one.theirs] - before[not one.theirs]) / size
        row["echoes"] = len(content & before[not one.theirs]) / size
        row["echoed"] = len(content & after) / size
        rows.append(row)
    return tuple(rows)


def _heard_by(
    found: Sequence[Sentence], contents: Sequence[frozenset[str]]
) -> Iterator[tuple[dict[bool, frozenset[str]], frozenset[str]]]:
    """For each sentence what each side had said before it, and what the other side says after it."""
    afters = list[frozenset[str]]()
    later: dict[bool, frozenset[str]] = {True: frozenset(), False: frozenset()}
    for one, content in zip(reversed(found), reversed(contents), strict=True):
        afters.append(later[not one.theirs])
        later[one.theirs] |= content
    earlier: dict[bool, frozenset[str]] = {True: frozenset(), False: frozenset()}
    for one, content, after in zip(found, contents, reversed(afters), strict=True):
        yield dict(earlier), after
        earlier[one.theirs] |= content


def _of_words(one: Sentence) -> Iterator[tuple[str, float]]:
    words = one.words
    count = len(words.split())
    yield "bias", 1.0
    for least, most in ((0, 3), (3, 6), (6, 10), (10, 18), (18, 999)):
        if least < count <= most:
            yield f"words>{least}", 1.0
    for name, pattern in CUES.items():
        if pattern.search(words):
            yield name, 1.0
    yield "capitals", min(3, len(_CAPITAL.findall(words))) / 3
    yield "digits", min(3, len(_NUMBER.findall(words))) / 3


def _of_reading(one: Sentence) -> Iterator[tuple[str, float]]:
    for signal in one.heard.reading.signals:
        overlap = sum(max(0, min(one.span.end, at.end) - max(one.span.start, at.start)) for at in signal.spans)
        share = overlap / (one.span.end - one.span.start or 1)
        if signal.kind in _FEELINGS:
            yield "feeling", min(1.0, share * signal.p)
        else:
            yield f"at:{signal.kind}", min(1.0, share * signal.p)
            yield f"in:{signal.kind}", signal.p
    for kind in FactKind:
        there = [f for f in one.heard.reading.facts if f.kind is kind and one.meets(f.span)]
        if there:
            yield f"fact:{kind}", 1.0
    if any(one.meets(promise.span) for promise in one.heard.reading.promises):
        yield "promised", 1.0
    if any(one.meets(question.span) for question in one.heard.reading.questions):
        yield "question", 1.0


def _places(found: Sequence[Sentence]) -> dict[tuple[int, Span], dict[str, float]]:
    """Where each sentence stands in its turn and in the conversation."""
    turns = {n: tuple(those) for n, those in groupby(found, key=lambda one: one.heard.turn.n)}
    sides = {side: [n for n, those in turns.items() if those[0].theirs is side] for side in (True, False)}
    order = list(turns)
    places = {}
    for at, (n, those) in enumerate(turns.items()):
        mine = sides[those[0].theirs]
        of_turn = dict(_of_turn(mine.index(n), len(mine), at / (len(order) - 1 or 1)))
        if at:
            of_turn |= dict(_after(turns[order[at - 1]]))
        for one in those:
            row = {"alone": float(len(those) == 1), "first": float(one is those[0]), "last": float(one is those[-1])}
            places[n, one.span] = of_turn | row | {"among": min(len(those), 10) / 10}
    return places


def _of_turn(place: int, of: int, late: float) -> Iterator[tuple[str, float]]:
    yield f"turn:{min(place, 3)}", 1.0
    yield f"left:{min(of - 1 - place, 3)}", 1.0
    yield "late", late
    yield "early", 1 / (1 + place)


def _after(those: Sequence[Sentence]) -> Iterator[tuple[str, float]]:
    """What the turn before did."""
    last = those[-1]
    yield ("answers" if "?" in last.words or ASKS.match(last.words) else "follows"), 1.0


_FEELINGS: Final = frozenset(str(emotion) for emotion in Emotion)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
