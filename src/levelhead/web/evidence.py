"""Which words of a turn show what: the text cut into pieces, each with the labels it is evidence for."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from levelhead.conversation import Fault, Move, Reading, Signal, Speaker, Turn

# A move is what went well: it is said in words below the turn, underlining it too would underline everything.
_NOT_UNDERLINED = frozenset(map(str, Move)) - frozenset(map(str, Fault))
# Said by nearly every customer turn; underlined they would bury what matters.
_PLAIN = frozenset({"gives_details", "asks_question", "thanks"})


class Reason(NamedTuple):
    """One label that a piece of text is evidence for; `p` is None where a rule matched."""

    label: str
    p: float | None


class Piece(NamedTuple):
    """A stretch of a turn's text; no `reasons` means plain text."""

    text: str
    reasons: tuple[Reason, ...] = ()


def pieces_of(turn: Turn, reading: Reading) -> tuple[Piece, ...]:
    """The whole text of the turn in order, cut wherever evidence begins or ends."""
    shown = [signal for signal in reading.signals if _is_shown(signal, turn.speaker)]
    edges = {0, len(turn.text)}
    for signal in shown:
        for span in signal.spans:
            edges |= {min(max(edge, 0), len(turn.text)) for edge in span}
    cuts = sorted(edges)
    return _joined(Piece(turn.text[start:end], _reasons(shown, start, end)) for start, end in pairwise(cuts))


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


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours with the same reasons become one, and evidence of spaces alone becomes plain text."""
    joined: list[Piece] = []
    for piece in pieces:
        kept = piece if piece.text.strip() else Piece(piece.text)
        if joined and joined[-1].reasons == kept.reasons:
            joined[-1] = Piece(joined[-1].text + kept.text, kept.reasons)
        else:
            joined.append(kept)
    return tuple(joined)
