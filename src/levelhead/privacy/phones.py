"""Telephone numbers of people, written or spoken. A number that a business gives everyone is no secret."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import phonenumbers

from levelhead.conversation import Span
from levelhead.privacy.digits import Atom, DigitRun
from levelhead.privacy.kinds import Found, SealedKind


def phones_in(text: str, runs: Sequence[DigitRun], locale: str) -> Iterator[Found]:
    """Every number that can be rung; numbers of other things (an order, a parcel) are left as they are."""
    region = locale[-2:].upper()
    for run in runs:
        if len(run.digits) < _FEWEST:
            continue
        for atoms in _stretches(text, run.atoms):
            found = _phone(text, atoms, region)
            if found:
                yield found


_FEWEST, _MOST = 7, 15  # Digits: a local number, and the longest there is (ITU-T E.164).
_AMERICAN = frozenset({"US", "CA", "PH"})
_BREAK = re.compile(r"[,;:.!?\n]\s|[;:\n]|\b(?:and|then)\b")
_CUE = re.compile(
    r"\b(?:phone|mobile|cell|telephone|tel|landline|call|ring|text|reach|dial|contact|whats ?app|number is|number's"
    r"|my number|on this number)\b[^.?!\n]{0,30}$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:orders?|ref|reference|tracking|parcel|account|acct|policy|claim|case|ticket|invoice|serial|imei|iccid|meter|mprn"
    r"|mpan|booking|member(?:ship)?|iban|cards?|sort code|transaction|receipt|voucher|consignment|complaint|job|model"
    r"|version|flight|vat|isbn|barcode|passport|nhs|licence|license|ssn|id)\b[^.?!\nˑ]{0,25}$",
    re.IGNORECASE,
)
_REACH = 45  # Characters before it; ˑ stands for what was taken out before (`sealed.py`): that had the name.
_BRITISH = re.compile(r"0(?:1\d{8,9}|2\d{9}|5[56]\d{8}|7\d{9})")
_AMERICAN_NUMBER = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_TOLL_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}|(?:0|44)(?:800|808|3\d\d|84\d|87\d|9\d\d)\d+")
_GROUPS = {(3, 3, 4), (1, 3, 3, 4), (3, 7), (3, 4)}
_LOCAL_AMERICAN = (3, 4)


def _stretches(text: str, atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """The run as a whole, and what stands between its commas: two numbers said one after the other are one run."""
    yield atoms
    ends = [
        place
        for place, (left, right) in enumerate(pairwise(atoms), start=1)
        if _BREAK.search(text, left.end, right.start + 1) or text[right.start - 1] == "+"
    ]
    if ends:
        for first, last in pairwise((0, *ends, len(atoms))):
            yield atoms[first:last]


def _phone(text: str, atoms: tuple[Atom, ...], region: str) -> Found | None:
    digits = "".join(atom.digits for atom in atoms)
    start, end = atoms[0].start, atoms[-1].end
    before = text[max(0, start - _REACH) : start]
    if not _FEWEST <= len(digits) <= _MOST or _OF_ANOTHER.search(before) or _is_glued(text, start, end):
        return None
    plus = before.rstrip(" (").endswith("+")
    if not _rings(digits, atoms, region, plus=plus, cued=_CUE.search(before) is not None):
        return None
    if _TOLL_FREE.fullmatch(digits):
        return None
    start = _with_sign(text, start)
    return Found(SealedKind.PHONE, Span(start, end), _usual(digits, region, plus=plus))


def _rings(digits: str, atoms: tuple[Atom, ...], region: str, *, plus: bool, cued: bool) -> bool:
    groups = tuple(len(atom.digits) for atom in atoms)
    if plus or digits.startswith("00"):
        return _is_possible("+" + digits.removeprefix("00"))
    # Numbers that Ofcom and NANPA keep for stories are shaped like real ones and no library calls them valid.
    if _BRITISH.fullmatch(digits) or (digits.startswith("44") and _BRITISH.fullmatch("0" + digits[2:])):
        return True
    spoken = all(atom.spoken for atom in atoms)
    if _AMERICAN_NUMBER.fullmatch(digits) and (region in _AMERICAN or groups in _GROUPS):
        return cued or spoken or groups in _GROUPS
    if region in _AMERICAN and groups == _LOCAL_AMERICAN:
        return cued
    return region not in {"GB", "US"} and (cued or digits[0] == "0") and _is_valid(digits, region)


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _is_valid(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False


def _usual(digits: str, region: str, *, plus: bool) -> str:
    """In E.164, so that one number is one number however it was said; as its digits where that cannot be told."""
    international = "+" + digits.removeprefix("00") if plus or digits.startswith("00") else digits
    british = digits.startswith(("0", "44")) and region not in phonenumbers.SUPPORTED_REGIONS
    american = _AMERICAN_NUMBER.fullmatch(digits) and region not in _AMERICAN and not digits.startswith("0")
    try:
        parsed = phonenumbers.parse(international, "GB" if british else "US" if american else region)
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _with_sign(text: str, start: int) -> int:
    """The "+" or "(" before the digits belongs to the number."""
    while start and text[start - 1] in "+(":
        start -= 1
    return start


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether letters, a currency or a fraction make it part of something else."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isalnum() or before in tuple("£$€#/") or after.isalnum() or after in tuple("%/")
