"""What stands behind a masked card number: expiry date, the security code that nobody names, last digits."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.codes import is_counted
from levelhead.privacy.digits import WORDS_BETWEEN, Atom, DigitRun, digit_runs
from levelhead.privacy.masks import OPAQUE, Secret, SecretKind


def secrets_behind_cards(text: str) -> Iterator[Secret]:
    """ "[card number] 12/27 412": nobody names the last one, and it is the security code all the same."""
    if OPAQUE not in text:
        return
    for run in digit_runs(text, dictated=True):
        tail = _TAIL.search(text, max(0, run.start - _FAR_BACK), run.start)
        if tail is None or is_counted(text, run):
            continue
        rest = _after_expiry(text, run, month_named=bool(tail["month"]))
        size = sum(len(atom.digits) for atom in rest)
        if size >= _SHORTEST:
            kind = SecretKind.SECURITY_CODE if size <= _LONGEST else SecretKind.CARD_NUMBER
            yield Secret(kind, Span(rest[0].start, run.end))
        elif size == len(run.digits) and (_goes_on(tail) and _PAUSE.match(text, run.end)):
            yield Secret(SecretKind.CARD_NUMBER, Span(run.start, run.end))


_SHORTEST, _LONGEST = 3, 4  # digits of a security code
_FAR_BACK = 60
_CLOSE = 2  # characters: the number goes straight on
_TAIL = re.compile(
    rf"{OPAQUE}(?:[^\w£$€¥₹]|\b(?:and|then|exp(?:iry|ires?|iring)?|valid|until|thru|to|date|ends?|of|is|on|it"
    rf"|it['’]s|runs|out|um|uh|the)\b"
    rf"|\b(?P<corrected>won|to|too|for|fore|ate|{WORDS_BETWEEN})\b"
    r"|\b(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)*$",
    re.IGNORECASE,
)
_EXPIRY = re.compile(r"(?:0?[1-9]|1[0-2])(?:20)?[2-4]\d")
_YEAR = re.compile(r"(?:20)?[2-4]\d")


_PAUSE = re.compile(r"\s*(?:[.,;:?!]|$)")


def _goes_on(tail: re.Match[str]) -> bool:
    return bool(tail["corrected"]) or len(tail[0]) - 1 <= _CLOSE


def _after_expiry(text: str, run: DigitRun, *, month_named: bool) -> tuple[Atom, ...]:
    """The groups after the expiry date: after the longest lead that is one, unless what is left then is too short."""
    expiry, digits, rest = _YEAR if month_named else _EXPIRY, "", run.atoms
    for place, atom in enumerate(run.atoms):
        digits += atom.digits
        left = len(run.digits) - len(digits)
        if expiry.fullmatch(digits) and (not left or left >= _SHORTEST):
            rest = run.atoms[place + 1 :]
    return rest
