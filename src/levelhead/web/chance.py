"""Chances as people say them: "1 in 3"."""

from fractions import Fraction

from levelhead.web.words import Words

_TINY = 0.05
_HUGE = 0.95
# Only fractions that people say; a forecast is not finer than this anyway.
_SAID = tuple(Fraction(a, b) for a, b in [(1, 20), (1, 10), (1, 8), (1, 6), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2)])
_UPPER = tuple(Fraction(a, b) for a, b in [(3, 5), (2, 3), (3, 4), (4, 5), (9, 10), (19, 20)])


def chance(p: float, words: Words) -> str:
    """The nearest chance that people say: "1 in 3", "less than 1 in 20"."""
    if p < _TINY:
        return words("chance.tiny")
    if p > _HUGE:
        return words("chance.huge")
    nearest = min((*_SAID, *_UPPER), key=lambda said: abs(float(said) - p))
    return words("chance.in_n", count=nearest.numerator, of=nearest.denominator)
