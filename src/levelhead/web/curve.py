"""The emotion curve: how strongly the customer has felt, turn by turn, as one thin line."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from levelhead.conversation import Emotion, Heard, Reading, Timeline
from levelhead.privacy.objections import CORRECTED

# The drawing's own units; the page stretches it to its column.
WIDTH = 600
HEIGHT = 48
_MARGIN = 6
_STRONGEST = 3
# Pleased turns lie just below the calm line, so that relief is seen as well.
_BELOW = 1.0


class Point(NamedTuple):
    """A customer turn on the curve, with what it showed."""

    n: int
    x: float
    y: float
    emotion: Emotion
    intensity: int
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The points in order of turns, the calm line's height, and the path through the points."""

    points: tuple[Point, ...]
    calm: float
    path: str

    @property
    def now(self) -> Point:
        """The latest customer turn."""
        return self.points[-1]

    @property
    def peak(self) -> Point | None:
        """The strongest turn that was not a pleased one; None where the customer was calm or pleased throughout."""
        upset = [point for point in self.points if point.intensity and point.emotion is not Emotion.SATISFIED]
        return max(upset, key=lambda point: (point.intensity, point.n), default=None)


def curve_of(timeline: Timeline) -> Curve | None:
    """The curve over all customer turns that could be read; None while there are none."""
    step = (WIDTH - 2 * _MARGIN) / max(len(timeline) - 1, 1)
    points = tuple(
        _point(heard, _MARGIN + place * step) for place, heard in enumerate(timeline) if heard.reading.of_customer
    )
    if not points:
        return None
    return Curve(points, _height(0.0), _path(points))


def _point(heard: Heard, x: float) -> Point:
    read = heard.reading.of_customer
    assert read is not None  # noqa: S101 - `curve_of` asks only for customer turns that were read
    # Nobody knows how strong a feeling is that the customer named themselves; that it is one is certain.
    strength = 1 if _is_named(read.emotion, heard.reading) else read.intensity
    felt = -_BELOW * strength / _STRONGEST if read.emotion is Emotion.SATISFIED else float(strength)
    words = heard.reading.words_of(read.emotion, heard.turn.text)
    return Point(heard.turn.n, round(x, 1), _height(felt), read.emotion, read.intensity, words)


def _is_named(emotion: Emotion, reading: Reading) -> bool:
    return emotion is not Emotion.NEUTRAL and any(
        signal.rule == CORRECTED and signal.kind == emotion for signal in reading.signals
    )


def _height(felt: float) -> float:
    room = HEIGHT - 2 * _MARGIN
    return round(_MARGIN + room * (_STRONGEST - felt) / (_STRONGEST + _BELOW), 1)


def _path(points: tuple[Point, ...]) -> str:
    """A smooth line that never overshoots: each piece leaves and arrives level."""
    first = points[0]
    path = [f"M{first.x} {first.y}"]
    for before, after in pairwise(points):
        middle = round((before.x + after.x) / 2, 1)
        path.append(f"C{middle} {before.y} {middle} {after.y} {after.x} {after.y}")
    return "".join(path)
