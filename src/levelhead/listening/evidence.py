"""From each word's share of a label to the words one would underline."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Span

ENOUGH = 0.55
"""A word is evidence from this share of the strongest word on (after smoothing over its neighbours)."""
MOST_WORDS = 8
MOST_SPANS = 2
MARKS = ' .,;:!?"“”()-–—…'
TELLING = 5
"""A piece of fewer characters takes its neighbours along."""
LINK = 2
"""Two pieces that stand at most this many words apart become one."""


def spans_of(shares: NDArray[np.float32], words: Sequence[tuple[int, int]], text: str) -> tuple[Span, ...]:
    """At most `MOST_SPANS` pieces of `text` that carry the label, in order; at least one word where there are words."""
    if not words:
        return ()
    smooth = _smoothed(shares)
    strongest = int(np.argmax(smooth))
    wanted = [i for i in range(len(words)) if smooth[i] > 0 and smooth[i] >= ENOUGH * smooth[strongest]] or [strongest]
    runs = [_rounded(run, words, text) for run in _pieces(wanted, words, text)]
    pieces = sorted(_apart(runs), key=lambda piece: -float(sum(smooth[i] for i in piece)))[:MOST_SPANS]
    return tuple(_trimmed(words[piece[0]][0], words[piece[-1]][1], text) for piece in sorted(pieces))


def _smoothed(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each word with half of its neighbours, so that a phrase wins over a lone particle."""
    padded = np.concatenate([[0.0], shares, [0.0]]).astype(np.float32)
    out: NDArray[np.float32] = shares + 0.5 * (padded[:-2] + padded[2:])
    return out


def _pieces(wanted: Sequence[int], words: Sequence[tuple[int, int]], text: str) -> list[list[int]]:
    """Runs of wanted words, linked over small gaps inside a sentence."""
    runs: list[list[int]] = []
    for i in wanted:
        if (
            runs
            and i - runs[-1][-1] <= LINK
            and len(runs[-1]) < MOST_WORDS
            and not _breaks(text, words, runs[-1][-1], i)
        ):
            runs[-1].extend(range(runs[-1][-1] + 1, i + 1))
        else:
            runs.append([i])
    return runs


def _rounded(run: list[int], words: Sequence[tuple[int, int]], text: str) -> list[int]:
    """A lone short word ("at", "no") says nothing by itself: its neighbours in the sentence come along."""
    start, end = words[run[0]][0], words[run[-1]][1]
    if end - start >= TELLING:
        return run
    left = run[0] - 1 if run[0] > 0 and not _breaks(text, words, run[0] - 1, run[0]) else run[0]
    right = run[-1] + 1 if run[-1] + 1 < len(words) and not _breaks(text, words, run[-1], run[-1] + 1) else run[-1]
    return list(range(left, right + 1))


def _apart(runs: list[list[int]]) -> list[list[int]]:
    """Runs that share no word."""
    kept: list[list[int]] = []
    for run in runs:
        if kept and run[0] <= kept[-1][-1]:
            kept[-1] = list(range(kept[-1][0], run[-1] + 1))
        else:
            kept.append(run)
    return kept


def _breaks(text: str, words: Sequence[tuple[int, int]], left: int, right: int) -> bool:
    """Whether a sentence ends between two words."""
    return any(mark in text[words[left][0] : words[right][0]] for mark in ".!?\n")


def _trimmed(start: int, end: int, text: str) -> Span:
    """Without the marks around the words, unless there is nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(MARKS))
    right = len(piece.rstrip(MARKS))
    return Span(start + left, start + right) if left < right else Span(start, end)
