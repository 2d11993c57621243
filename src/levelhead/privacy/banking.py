"""Bank accounts: IBANs by their check digits (ISO 13616), others by the words beside them."""

import re
from collections.abc import Iterator, Sequence

from levelhead.conversation import Span
from levelhead.privacy.digits import DigitRun
from levelhead.privacy.kinds import Found, SealedKind


def accounts_in(text: str, runs: Sequence[DigitRun]) -> Iterator[Found]:
    """IBANs, sort codes with account numbers, routing numbers with account numbers."""
    yield from _ibans(text)
    if _BANK.search(text) is None:
        return
    for match in _SORT_AND_ACCOUNT.finditer(text):
        yield _found(match.start(), match.end(), match[0])
    for label, sizes in _LABELLED:
        for match in label.finditer(text):
            run = next((run for run in runs if 0 <= run.start - match.end() <= _REACH), None)
            if run and len(run.digits) in sizes and _LINK.fullmatch(text, match.end(), run.start):
                yield _found(run.start, run.end, run.digits)


def is_iban(compact: str) -> bool:
    """Whether the check digits are right: the number with its first four characters last is 1 modulo 97."""
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


# Lengths by country, from the registry of ISO 13616 (SWIFT, release 99).
_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FO FI GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ XK LT LU",
        21: "HR LV LI CH",
        22: "BH BG CR GE DE IE ME RS GB VA",
        23: "AE GI IL IQ OM TL",
        24: "AD CZ MD PK RO SA SK ES SE TN VG",
        25: "PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_IBAN = re.compile(r"(?<![A-Za-z0-9])(?P<country>[A-Za-z]{2})\d{2}(?=[ -]?[A-Za-z0-9]{4}[ -]?[A-Za-z0-9])")
_BANK = re.compile(
    r"\b(?:sort[ -]?code|bank|routing|aba|building society|direct debit|bacs|giro|checking)\b", re.IGNORECASE
)
_SORT_AND_ACCOUNT = re.compile(r"(?<![\d-])\d{2}[- ]\d{2}[- ]\d{2}[\s,/]{1,3}\d{8}(?![\d-])")
_LABELLED = (
    (re.compile(r"\bsort[ -]?code\b", re.IGNORECASE), frozenset({6, 14})),
    (re.compile(r"\b(?:account|acct|acc)\b(?: (?:number|no|num))?", re.IGNORECASE), frozenset(range(6, 13))),
    (re.compile(r"\b(?:routing|aba)\b(?: (?:number|no|transit number))?", re.IGNORECASE), frozenset({9})),
)
_LINK = re.compile(r"\W*(?:(?:number|no|is|was|it's|its|for|the|my|that|um+|uh+|of|ends?)\b\W*){0,5}", re.IGNORECASE)
_REACH = 40


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        length = _LENGTHS.get(match["country"].upper())
        if length is None:
            continue
        taken, end = "", match.start()
        while (
            len(taken) < length
            and end < len(text)
            and ((text[end].isascii() and text[end].isalnum()) or text[end] in " -")
        ):
            taken += text[end].upper() if text[end].isalnum() else ""
            end += 1
        if len(taken) == length and is_iban(taken) and not text[end : end + 1].isalnum():
            yield _found(match.start(), end, taken)


def _found(start: int, end: int, value: str) -> Found:
    return Found(SealedKind.ACCOUNT, Span(start, end), re.sub(r"[^A-Z0-9]", "", value.upper()))
