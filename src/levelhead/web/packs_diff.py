"""Two texts of a pack beside each other, value by value, with the words marked that differ."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from levelhead.packs.sentences import Change

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
_LONG, _AROUND = 60, 20
"""A stretch of so many tokens that are alike is shortened to so many at each end."""
GAP: Final = " … "
_ALIKE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `differs` from the other one."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One value in both texts: the keys that lead there, and its pieces; nothing where a text has it not."""

    where: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def beside(changes: Sequence[Change]) -> tuple[Beside, ...]:
    """Every change, ready to be read."""
    return tuple(_beside(change) for change in changes)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in stretches that are alike and stretches that differ; where hardly a word is alike, all differs."""
    was, now = _TOKEN.findall(before), _TOKEN.findall(after)
    matched = SequenceMatcher(None, was, now, autojunk=False)
    if matched.ratio() < _ALIKE:
        return _whole(before), _whole(after)
    steps = matched.get_opcodes()
    return tuple(_joined(_of(was, [(a, b, kind) for kind, a, b, _, _ in steps]))), tuple(
        _joined(_of(now, [(a, b, kind) for kind, _, _, a, b in steps]))
    )


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Words that differ side by side are one stretch, with the blanks between them."""
    waits: list[Piece] = []
    for piece in found:
        if not waits:
            waits = [piece]
        elif waits[0].differs and (piece.differs or piece.text.isspace()):
            waits.append(piece)
        else:
            yield from _closed(waits)
            waits = [piece]
    yield from _closed(waits)


def _closed(waits: list[Piece]) -> Iterator[Piece]:
    while waits and not waits[-1].differs and len(waits) > 1:
        yield from _closed(waits[:-1])
        waits = waits[-1:]
    if waits:
        yield Piece("".join(piece.text for piece in waits), waits[0].differs)


def _beside(change: Change) -> Beside:
    where = " · ".join(part.replace("_", " ") for part in change.path)
    if change.before is None or change.after is None:
        return Beside(where, _whole(change.before), _whole(change.after))
    return Beside(where, *pieces(change.before, change.after))


def _whole(text: str | None) -> tuple[Piece, ...]:
    return () if text is None else (Piece(text, differs=True),)


def _of(tokens: list[str], steps: list[tuple[int, int, str]]) -> Iterator[Piece]:
    for start, end, kind in steps:
        if start == end:
            continue
        if kind == "equal" and end - start > _LONG:
            yield Piece("".join((*tokens[start : start + _AROUND], GAP, *tokens[end - _AROUND : end])), differs=False)
        else:
            yield Piece("".join(tokens[start:end]), differs=kind != "equal")
