"""From each word's share of a label to the words a person would mark: mostly the clause that carries it.

The network's shares gather on a word or two, while people mark the clause around them. So the text is cut into clauses
and the clause with the largest share is shown, with a second one where it weighs nearly as much.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Abuse, Move, Span

NEARLY = 0.6
"""A second clause is shown from this share of the first one's on. This, and the two below, by the marked turns of the
dev part of benchmarks/sets/evidence.jsonl: the F1 of the words is flat around them."""
SHORT = 10
"""A stretch of at most so many words is not cut further, nor is one cut off that is shorter than `LEAST` words."""
LEAST = 3
MOST_SPANS = 2
CORE = 0.8
"""Where single words tell, the shortest run with this part of the clause's share is enough."""
WORDS_TELL = frozenset(
    {Move.GREET, Move.USE_NAME, Abuse.PROFANITY, Abuse.INSULT, Abuse.HATE, Abuse.SEXUAL}
)  # a name or a swear word is marked by itself, not with its clause

Words = Sequence[tuple[int, int]]


def spans_of(shares: NDArray[np.float32], words: Words, text: str, kind: str = "") -> tuple[Span, ...]:
    """At most `MOST_SPANS` pieces of `text` that carry the label, in order; at least one word where there are words.

    `kind` is the label: of some, single words tell more than their clause.
    """
    if not words:
        return ()
    # The slightest share for every word: where none speaks for the label, the longest clause is as good as any.
    positive = np.maximum(shares, np.float32(1e-6))
    clauses = _clauses(words, text)
    worth = [float(positive[clause].sum()) for clause in clauses]
    ranked = sorted(range(len(clauses)), key=lambda i: -worth[i])[:MOST_SPANS]
    shown = [clauses[i] for i in sorted(ranked) if worth[i] >= NEARLY * worth[ranked[0]]]
    if kind in WORDS_TELL:
        shown = [_core(clause, positive) for clause in shown]
    return tuple(_trimmed(words[piece[0]][0], words[piece[-1]][1], text) for piece in shown)


_SENTENCE, _COMMA, _JOINED, _NEW_SUBJECT, _WITHIN = range(5)
"""How strong the break before a word is: strong ones are cut first, weak ones only in what is still long."""
_STOP = re.compile(r"[.!?;:—–/]+[\"'”’)]*\s|[!?\n]|\s-\s|//")
_CONJUNCTIONS = frozenset(
    """
    and but so or because cause cos if when while then which until unless though since as
    """.split()  # noqa: SIM905 - words read better as words
)
_SUBJECT = re.compile(r"(?:i|we|you|they|he|she|it)(?:['’](?:m|ve|ll|d|re|s))?", re.IGNORECASE)
# After these a pronoun begins no clause of its own: "that you", "did you", "tell me you".
_LEADS_ON = frozenset(
    """
    and but so or because if when that what how where why which who do did can could would will are is was were have has
    should may shall am as than cause cos until unless while to for with of about at let give tell get thank then don't
    didn't can't since
    """.split()  # noqa: SIM905 - words read better as words
)
_HANDLE = frozenset("@#<")
MARKS = ' .,;:!?"“”()-–—…/'


def _clauses(words: Words, text: str) -> list[list[int]]:
    """The words in clauses, by index; handles, links and marks at the ends of a clause are left out."""
    breaks = [_SENTENCE, *(_break_before(i, words, text) for i in range(1, len(words)))]
    bare = [_bare(clause, words, text) for clause in _cut(list(range(len(words))), breaks, _SENTENCE)]
    return [clause for clause in bare if clause] or [list(range(len(words)))]


def _break_before(i: int, words: Words, text: str) -> int:
    between = text[words[i - 1][1] - 1 : words[i][0]]
    if _STOP.search(between):
        return _SENTENCE
    if "," in between:
        return _COMMA
    word = text[slice(*words[i])]
    if word.lower() in _CONJUNCTIONS:
        return _JOINED
    before = text[slice(*words[i - 1])].lower().replace("’", "'")
    return _NEW_SUBJECT if _SUBJECT.fullmatch(word) and before not in _LEADS_ON else _WITHIN


def _cut(stretch: list[int], breaks: Sequence[int], level: int) -> list[list[int]]:
    """The stretch cut at breaks of this strength, then its parts at weaker ones."""
    if level == _WITHIN or (level > _SENTENCE and len(stretch) <= SHORT):
        return [stretch]
    least = 1 if level == _SENTENCE else LEAST
    parts = [stretch[:1]]
    for i in stretch[1:]:
        if breaks[i] <= level and len(parts[-1]) >= least and stretch[-1] - i + 1 >= least:
            parts.append([])
        parts[-1].append(i)
    return [piece for part in parts for piece in _cut(part, breaks, level + 1)]


def _bare(clause: list[int], words: Words, text: str) -> list[int]:
    """Without handles, links and marks at either end; nothing where there is nothing else."""
    said = [_is_said(*words[i], text) for i in clause]
    if True not in said:
        return []
    return clause[said.index(True) : len(said) - said[::-1].index(True)]


def _is_said(start: int, end: int, text: str) -> bool:
    is_handle = text[start] in _HANDLE or text[max(0, start - 1)] in _HANDLE
    return not is_handle and any(char.isalnum() for char in text[start:end])


def _core(clause: list[int], positive: NDArray[np.float32]) -> list[int]:
    """The shortest run of the clause with `CORE` of its share, the weightiest of those."""
    sums = np.concatenate([[0.0], np.cumsum(positive[clause], dtype=np.float64)])
    enough = CORE * sums[-1]
    ends = np.searchsorted(sums, sums[:-1] + enough)  # for each start, the first end that holds enough
    runs = [(start, int(end)) for start, end in enumerate(ends) if end < len(sums)]
    start, end = min(runs, key=lambda run: (run[1] - run[0], sums[run[0]] - sums[run[1]]), default=(0, len(clause)))
    return clause[start:end]


def _trimmed(start: int, end: int, text: str) -> Span:
    """Without the marks around the words, unless there is nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(MARKS))
    right = len(piece.rstrip(MARKS))
    return Span(start + left, start + right) if left < right else Span(start, end)
