"""Card numbers among the digits of a text: 13 to 19 digits that pass the Luhn check (ISO/IEC 7812-1, annex B)."""

import re
from collections.abc import Iterator, Sequence

from levelhead.conversation import Span
from levelhead.privacy.digits import Atom, DigitRun

SHORTEST, LONGEST = 13, 19


def card_numbers(text: str, runs: Sequence[DigitRun]) -> Iterator[Span]:
    """Where card numbers stand, whole numbers only; at most one for each run (mask it and look again)."""
    for run in runs:
        atoms = _card_in(text, run)
        if atoms:
            yield Span(atoms[0].start, atoms[-1].end)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the right check digit for those before it."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, odd)) + sum(_DOUBLED[int(digit)] for digit in even)) % 10 == 0


def is_issued(digits: str) -> bool:
    """Whether payment cards begin like this (first digits 3 to 6, and the few schemes outside them)."""
    if digits.startswith("35") and len(digits) == _IMEI:
        return False  # A phone's IMEI passes Luhn too; JCB cards, the other 35s, have 16 digits or more.
    return digits[0] in "3456" or digits.startswith(_OTHER_SCHEMES) or 2221 <= int(digits[:4]) <= 2720  # noqa: PLR2004


def may_begin(digits: str) -> bool:
    """Whether these first digits are in a range that a scheme issues to customers (narrower than `is_issued`).

    Ranges of Visa, Mastercard, American Express, Diners Club, JCB, Discover, UnionPay, Maestro, RuPay, Mir and Troy.
    """
    return _RANGES.match(digits) is not None


_RANGES = re.compile(
    r"4|5[0-8]|6|3[47689]|30[0-5]|3095|352[89]|35[3-8]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|220[0-4]|8[12]|9792"
)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_IMEI = 15
_UATP = 15  # digits: the shortest that begin outside the ranges
_OTHER_SCHEMES = ("2200", "2201", "2202", "2203", "2204", "81", "82", "9792", "2131", "1800")
# How cards are embossed; a stretch grouped like this inside a longer run of digits is looked at on its own.
_EMBOSSED = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (16,), (15,), (14,), (13,), (17,), (18,), (19,)}
_CARD_WORD = re.compile(
    r"\b(?:cards?|visa|master ?card|maestro|amex|american express|debit|credit|long number)\b", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"\b(?:imei|iccid|sim|serial|tracking|order|parcel|ref|reference|account|meter|claim|policy|mprn|mpan|phone|mobile"
    r"|tel|telephone|invoice|booking|voucher|consignment)\b[^.?!\n]{0,30}$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
SHOP_ORDER = re.compile(r"\d{3}-\d{6,7}-\d{4,7}")
"""One in ten of these passes Luhn; no card is embossed so."""
_LETTERED = re.compile(r"(?<![A-Za-z\d])[A-Z]{2,6}$")  # "OD45678901234567", where it is called an order's.
_IBAN = re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z\d]{4})*? ?[A-Z]{4} ?$")


def _card_in(text: str, run: DigitRun) -> tuple[Atom, ...]:
    if SHOP_ORDER.fullmatch(text, run.start, run.end) or _IBAN.search(text, max(0, run.start - _LOOK_BACK), run.start):
        return ()
    if (len(run.digits) == _IMEI and run.digits.startswith("35")) or _is_lettered(text, run):
        return ()
    if SHORTEST <= len(run.digits) <= LONGEST and _is_card(text, run):
        return run.atoms
    for atoms in _stretches(run.atoms):
        digits = "".join(atom.digits for atom in atoms)
        if is_issued(digits) and passes_luhn(digits) and not _is_fraction(text, atoms[0]):
            return atoms
    return ()


def _is_lettered(text: str, run: DigitRun) -> bool:
    before = text[max(0, run.start - _LOOK_BACK) : run.start]
    letters = _LETTERED.search(before)
    return letters is not None and not _CARD_WORD.search(before) and _OTHER_LABEL.search(before) is not None


def _is_card(text: str, run: DigitRun) -> bool:
    before = text[max(0, run.start - _LOOK_BACK) : run.start]
    named = bool(_CARD_WORD.search(before)) and not _OTHER_LABEL.search(before)
    if is_issued(run.digits):
        # A digit misheard or mistyped leaves fifteen right ones: beside the word "card" Luhn is not asked for.
        return (passes_luhn(run.digits) and not _is_fraction(text, run.atoms[0])) or named
    if run.digits[0] == "0" or not passes_luhn(run.digits) or _is_glued(text, run) or len(run.digits) < _UATP:
        return False
    groups = tuple(len(atom.digits) for atom in run.atoms)
    like_a_card = groups in _EMBOSSED or all(atom.spoken for atom in run.atoms)
    return named or (like_a_card and not _OTHER_LABEL.search(before) and not before.rstrip().endswith("+"))


def _stretches(atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """Parts of a longer run that could be a card of their own: embossed groups, or its first or last 16 digits."""
    sizes = [len(atom.digits) for atom in atoms]
    for first in range(len(atoms)):
        for last in range(first + 1, min(first + LONGEST, len(atoms)) + 1):
            total = sum(sizes[first:last])
            if total > LONGEST:
                break
            at_an_end = first == 0 or last == len(atoms)
            if tuple(sizes[first:last]) in _EMBOSSED or (at_an_end and total in _usual_lengths(atoms[first])):
                yield atoms[first:last]


def _usual_lengths(first: Atom) -> tuple[int, ...]:
    return (14, 15, 16) if first.digits.startswith("3") else (16,)


def _is_fraction(text: str, atom: Atom) -> bool:
    return text[max(0, atom.start - 2) : atom.start] == "0."


def _is_glued(text: str, run: DigitRun) -> bool:
    return text[max(0, run.start - 1) : run.start].isalpha() or text[run.end : run.end + 1].isalpha()
