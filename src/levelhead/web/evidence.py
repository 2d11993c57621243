"""Which words of a turn show what: the text cut into pieces, each with the labels it is evidence for."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from levelhead.conversation import Fault, Move, Reading, Signal, Span, Speaker, Turn
from levelhead.privacy.kinds import placeholders_in

# A move is what went well: it is said in words below the turn, underlining it too would underline everything.
_NOT_UNDERLINED = frozenset(map(str, Move)) - frozenset(map(str, Fault))
# Said by nearly every customer turn; underlined they would bury what matters.
_PLAIN = frozenset({"gives_details", "asks_question", "thanks"})

NO_HINTS: Final[Mapping[int, str]] = MappingProxyType({})
_WIDEST_GAP = 2
_FEWEST_LETTERS = 2


class Reason(NamedTuple):
    """One label that a piece of text is evidence for; `p` is None where a rule matched."""

    label: str
    p: float | None


class Unseen(NamedTuple):
    """What is sealed behind a placeholder: where it stands in its turn, and a hint that gives nothing away."""

    place: int
    hint: str


class Piece(NamedTuple):
    """A stretch of a turn's text; no `reasons` means plain text. A placeholder is a piece of its own."""

    text: str
    reasons: tuple[Reason, ...] = ()
    sealed: Unseen | None = None


def pieces_of(turn: Turn, reading: Reading, hints: Mapping[int, str] = NO_HINTS) -> tuple[Piece, ...]:
    """The whole text of the turn in order, cut wherever evidence begins or ends.

    `hints` are of what is sealed in the turn, by place; a placeholder without one is text like any other.
    """
    shown = [signal for signal in reading.signals if _is_shown(signal, turn.speaker)]
    unseen = {one.span: Unseen(one.place, hints[one.place]) for one in placeholders_in(turn.text) if one.place in hints}
    edges = {0, len(turn.text)}
    for span in (*unseen, *(span for signal in shown for span in signal.spans)):
        edges |= {min(max(edge, 0), len(turn.text)) for edge in span}
    edges -= {edge for span in unseen for edge in range(span.start + 1, span.end)}
    cut = [
        Piece(turn.text[start:end], sealed=unseen[Span(start, end)])
        if Span(start, end) in unseen
        else Piece(turn.text[start:end], _reasons(shown, start, end))
        for start, end in pairwise(sorted(edges))
        if start < end
    ]
    return tuple(part for piece in _joined(cut) for part in _tidied(piece) if part.text)


def _is_shown(signal: Signal, speaker: Speaker) -> bool:
    if speaker is not Speaker.CUSTOMER:
        return signal.kind not in _NOT_UNDERLINED
    return signal.kind not in _PLAIN


def _reasons(signals: Iterable[Signal], start: int, end: int) -> tuple[Reason, ...]:
    found = {
        signal.kind: Reason(signal.kind, signal.p if signal.rule is None else None)
        for signal in signals
        if any(span.start <= start and end <= span.end for span in signal.spans)
    }
    return tuple(found.values())


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Evidence that touches, or has nothing but a space or a comma between, becomes one piece with every reason.

    One soft line and one stop for the Tab key then stand for one stretch of words.
    """
    run: list[Piece] = []
    for place, piece in enumerate(pieces):
        bridges = run and _is_gap(piece) and place + 1 < len(pieces) and pieces[place + 1].reasons
        if piece.reasons or bridges:
            run.append(piece)
            continue
        yield from _as_one(run)
        run = []
        yield piece
    yield from _as_one(run)


def _is_gap(piece: Piece) -> bool:
    return len(piece.text) <= _WIDEST_GAP and not any(map(str.isalnum, piece.text))


def _as_one(run: list[Piece]) -> Iterator[Piece]:
    if run:
        reasons = {reason.label: reason for piece in run for reason in piece.reasons}
        yield Piece("".join(piece.text for piece in run), tuple(reasons.values()))


def _tidied(piece: Piece) -> tuple[Piece, ...]:
    """Spaces at the edge of evidence are plain text, and so is a scrap too short to show anything."""
    if not piece.reasons:
        return (piece,)
    if sum(map(str.isalnum, piece.text)) < _FEWEST_LETTERS:
        return (Piece(piece.text),)
    core = piece.text.strip()
    start = piece.text.find(core)
    return Piece(piece.text[:start]), Piece(core, piece.reasons), Piece(piece.text[start + len(core) :])
