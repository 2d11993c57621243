"""Numbers that payment cards could have, for every scheme that a customer can pay with.

Ranges from the schemes' public pages as gathered in ISO/IEC 7812 overviews: first digits, and the lengths in use. Left out
is UATP (1…): airlines bill each other with it. The check digit is worked out digit by digit, the schoolbook way.
"""

import random
from dataclasses import dataclass

from benchmarks._secret_words import Kind, Planted


@dataclass(frozen=True, slots=True)
class Scheme:
    """Cards that begin from `low` to `high`, and the lengths they come in."""

    name: str
    low: int
    high: int
    lengths: tuple[int, ...] = (16,)
    weight: int = 1


SCHEMES = (
    Scheme("Visa", 4, 4, (16, 16, 16, 16, 13, 19), 8),
    Scheme("Mastercard", 51, 55, (16,), 6),
    Scheme("Mastercard", 2221, 2720, (16,), 3),
    Scheme("American Express", 34, 34, (15,), 2),
    Scheme("American Express", 37, 37, (15,), 2),
    Scheme("Diners Club", 300, 305, (14, 16)),
    Scheme("Diners Club", 36, 36, (14, 16)),
    Scheme("Diners Club", 38, 39, (14, 16)),
    Scheme("JCB", 3528, 3589, (16, 19)),
    Scheme("Discover", 6011, 6011, (16, 19)),
    Scheme("Discover", 644, 649, (16, 19)),
    Scheme("Discover", 65, 65, (16, 19)),
    Scheme("UnionPay", 62, 62, (16, 17, 18, 19), 2),
    Scheme("Maestro", 5018, 5018, (13, 15, 16, 18, 19)),
    Scheme("Maestro", 56, 58, (13, 15, 16, 18, 19)),
    Scheme("Maestro", 6304, 6304, (16, 18, 19)),
    Scheme("Maestro", 6759, 6763, (16, 18, 19)),
    Scheme("Dankort", 5019, 5019),
    Scheme("Verve", 506099, 506198, (16, 19)),
    Scheme("RuPay", 508, 508),
    Scheme("RuPay", 60, 60),
    Scheme("RuPay", 81, 82),
    Scheme("Mir", 2200, 2204),
    Scheme("Troy", 9792, 9792),
)


def card(draw: random.Random) -> Planted:
    """A card number with its right check digit."""
    scheme = draw.choices(SCHEMES, [one.weight for one in SCHEMES])[0]
    length = draw.choice(scheme.lengths)
    body = str(draw.randint(scheme.low, scheme.high))
    if draw.random() < 0.15:
        body += draw.choice("0123456789") * draw.randint(3, 8)
    while len(body) < length - 1:
        body += draw.choice("0123456789")
    return Planted(Kind.CARD, body[: length - 1] + check_digit(body[: length - 1]))


def check_digit(body: str) -> str:
    """What makes the number whole."""
    total = 0
    for steps, digit in enumerate(reversed(body)):
        value = int(digit)
        if steps % 2 == 0:
            value *= 2
            if value >= 10:
                value = 1 + value - 10
        total += value
    return str((10 - total % 10) % 10)


def security_code(draw: random.Random, of: Planted | None = None) -> Planted:
    """Three digits, or four on American Express."""
    amex = of is not None and of.value[:2] in ("34", "37")
    return Planted(Kind.SECURITY_CODE, "".join(draw.choice("0123456789") for _ in range(4 if amex else 3)))
