"""Marked and heard spans paired one to one within a turn, and the rates that follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from levelhead.conversation import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of turn `n`; `sure` is false where a careful person might also leave it out. `seen` is when it was looked at."""

    n: int
    span: Span
    kind: str = ""
    sure: bool = True
    seen: int = 0

    def at(self, seen: int) -> "Mark":
        """The same mark as it stands at a moment of the conversation."""
        return replace(self, seen=seen)

    def words(self, text: str) -> str:
        """What it says."""
        return text[self.span.start : self.span.end]


class Miss(NamedTuple):
    """What was `missed`, or `wrong`ly heard, in words."""

    verdict: str
    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were marked for sure, heard (without those that count for nothing), found, and found to the letter."""

    marked: int = 0
    heard: int = 0
    found: int = 0
    exact: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.marked + other.marked,
            self.heard + other.heard,
            self.found + other.found,
            self.exact + other.exact,
        )

    @property
    def precision(self) -> float:
        """Of what was heard, the share that was marked."""
        return self.found / self.heard if self.heard else 0.0

    @property
    def recall(self) -> float:
        """Of what was marked, the share that was heard."""
        return self.found / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Of both together; 1 where there was nothing to hear and nothing was heard."""
        return 2 * self.found / (self.heard + self.marked) if self.heard + self.marked else 1.0

    @property
    def exact_f1(self) -> float:
        """As `f1`, where only the very same span counts."""
        return 2 * self.exact / (self.heard + self.marked) if self.heard + self.marked else 1.0


def compared(marked: Sequence[Mark], heard: Sequence[Mark]) -> tuple[Counts, list[tuple[str, Mark]]]:
    """The counts, and what was missed or wrong; what overlaps only an unsure mark counts for nothing."""
    pairs = dict(_pairs([mark for mark in marked if mark.sure], heard))
    free = [one for one in heard if one not in pairs.values()]
    unsure = [mark for mark in marked if not mark.sure]
    wrong = [one for one in free if not any(_overlap(mark, one) for mark in unsure)]
    missed = [mark for mark in marked if mark.sure and mark not in pairs]
    counts = Counts(
        marked=len(pairs) + len(missed),
        heard=len(pairs) + len(wrong),
        found=len(pairs),
        exact=sum(mark.span == one.span for mark, one in pairs.items()),
    )
    return counts, [("missed", mark) for mark in missed] + [("wrong", one) for one in wrong]


def _pairs(marked: Sequence[Mark], heard: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """The largest overlap first, each mark and each finding at most once."""
    ranked = sorted(
        ((_overlap(mark, one), i, j) for i, mark in enumerate(marked) for j, one in enumerate(heard)),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    used_marks: set[int] = set()
    used_heard: set[int] = set()
    for shared, i, j in ranked:
        if shared and i not in used_marks and j not in used_heard:
            used_marks.add(i)
            used_heard.add(j)
            yield marked[i], heard[j]


def _overlap(mark: Mark, one: Mark) -> int:
    if (mark.n, mark.seen) != (one.n, one.seen):
        return 0
    return max(0, min(mark.span.end, one.span.end) - max(mark.span.start, one.span.start))
