"""A card number that has begun: seven digits or more in a range that cards begin with, and no word that says otherwise.

Nobody can tell yet whether they are a card's, and when the last digit comes it is too late to mask the first. So they
are masked unless something says what else they are: a name before them ("order", "account"), a shape (a date, an
amount, a telephone number with its dashes), or the question that they answer. Six digits may stay (PCI DSS 3.4.1).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from levelhead.conversation import Span
from levelhead.privacy.cards import SHOP_ORDER, may_begin
from levelhead.privacy.digits import DigitRun, digit_runs, is_faint
from levelhead.privacy.masks import OPAQUE

MOST_KEPT = 6
"""Consecutive digits of a card that may be kept."""


def begun_cards(text: str, *, believed: bool = False) -> Iterator[Span]:
    """Where a card number may have begun, whole or not; `believed` where another number was asked for."""
    shapes = without_other_shapes(text)
    other_until = -1
    for run in digit_runs(shapes, dictated=True):
        if is_called_otherwise(text, run, believed=believed) or run.start <= other_until:
            other_until = run.end + _AND_ANOTHER
        elif not _is_no_card(shapes, run) and has_begun(shapes, run):
            yield Span(run.start, run.end)


def has_begun(text: str, run: DigitRun) -> bool:
    """Whether a run has more digits than may be kept, and is called a card or may begin like one."""
    named = is_called_card(text, run)
    parts = [unpaired(text, part) for part in stretches(text, run)]
    spread = sum(map(len, parts)) - sum(len(part.digits) for part in stretches(text, run))
    least = MOST_KEPT - spaced_pairs(text, run) + spread
    meant = (digits for first in range(len(parts)) for digits in readings(parts[first:]))
    return any(len(digits) > least and (named or may_begin(digits)) for digits in meant)


def readings(parts: Sequence[str]) -> Iterator[str]:
    """What digits in parts may be meant as: all of them, or where wrong ones were among the first, without those.

    Of "nine seven eight, no, nine two" any of the first digits may be wrong; of "three... two one, no, four" one of the
    parts after the first.
    """
    first, after = parts[0], "".join(parts[1:])
    yield first + after
    if after:
        yield from ("".join((*parts[:wrong], *parts[wrong + 1 :])) for wrong in range(1, min(len(parts), _PARTS_TRIED)))
        yield from (first[:right] + after for right in range(1, len(first)))


def is_list(text: str, run: DigitRun) -> bool:
    """Whether short numbers go up evenly or as lists do: "79... 80... 81", "50, 80 and 100"."""
    if len(run.atoms) < _LISTED or any(atom.spoken or len(atom.digits) > _LISTED for atom in run.atoms):
        return False
    steps = {int(right.digits) - int(left.digits) for left, right in pairwise(run.atoms)}
    return min(steps) > 0 and (len(steps) == 1 or _LIST.fullmatch(text, run.start, run.end) is not None)


def spaced_pairs(text: str, run: DigitRun) -> int:
    """How many digits more there may be: "thirty nine" is 39 or 30 and 9."""
    return sum(_SPACED_PAIR.match(text, atom.start, atom.end) is not None for atom in run.atoms)


_PARTS_TRIED = 5
_SPACED_PAIR = re.compile(r"\w+ty\s", re.IGNORECASE)


def stretches(text: str, run: DigitRun) -> list[DigitRun]:
    """A run parted where a number may begin anew: at a word ("no sorry"), a full stop, after an "oh"."""
    parts = [[run.atoms[0]]]
    for before, atom in pairwise(run.atoms):
        if is_faint(text, before) or _INTERRUPTED.search(text, before.end, atom.start):
            parts.append([])
        parts[-1].append(atom)
    return [DigitRun(tuple(part)) for part in parts]


def unpaired(text: str, run: DigitRun) -> str:
    """The digits of a run, the most that they may be: "thirty one" as 30 and 1 where no card begins with 31."""
    first = run.atoms[0]
    spaced = first.digits in _NO_BEGINNINGS and " " in text[first.start : first.end]
    return f"{first.digits[0]}0{run.digits[1:]}" if spaced else run.digits


_NO_BEGINNINGS = ("31", "32", "33", "59")


def is_called_card(text: str, run: DigitRun) -> bool:
    """Whether the words right before a run call it a card's."""
    return _CALLED_CARD.search(text, max(0, run.start - _LOOK_BACK), run.start) is not None


def is_called_otherwise(text: str, run: DigitRun, *, believed: bool = False) -> bool:
    """Whether the words around a run, or the question before it, say that it is no card number."""
    before = text[max(0, run.start - _LOOK_BACK) : run.start]
    card = max((match.end() for match in CARD_WORDS.finditer(before)), default=-1)
    other = max((match.end() for match in OTHER_NAMES.finditer(before)), default=-1)
    if card > other:
        return False
    if believed or other >= 0:
        return True
    return bool(_GLUED.search(before) or _OTHER_AFTER.match(text, run.end) or _is_other_shape(text, run))


def without_other_shapes(text: str) -> str:
    """The same text, same offsets, with dates, times, amounts and the like made opaque."""
    return _OTHER_SHAPES.sub(lambda match: OPAQUE * len(match[0]), text)


def without_sure_shapes(text: str) -> str:
    """The same text, same offsets, with what can be no secret even where one is expected made opaque.

    Sums with their currency, times of day, whole dates, and years in brackets.
    """
    return _SURE_SHAPES.sub(lambda match: OPAQUE * len(match[0]), text)


CARD_WORDS = re.compile(
    r"\b(?:cards?|visa|master ?card|maestro|amex|american express|debit|credit|long number|pay|paid|paying|payment"
    r"|charge)\b",
    re.IGNORECASE,
)
OTHER_NAMES = re.compile(
    r"(?:#|\bno\.|№)\s?\d{0,3}$|\b(?:order|orders|ordered|ref|refs?|references?|accounts?|acct|a/c|iban|bic"
    r"|sort ?code|policy|polic(?:y|ies)|claim"
    r"|booking|bookings|invoices?|tracking|tracked|parcels?|consignment|shipment|case|ticket|serial|imei|iccid|sim"
    r"|model|meter"
    r"|reading|gas|electric(?:ity)?|mprn|mpan|phone|phones|telephone|tel|mobile|cell|landline|line|ring|rang"
    r"|call(?:ed|ing)?(?: (?:me|you|us|them))?"
    r"(?: back)? (?:on|at|from)|text (?:me )?(?:on|at)|reach me (?:on|at)|dial|fax|whatsapp|ext|extension|direct"
    r"|switchboard|helpline|flight"
    r"|(?:offer|application|student|candidate|applicant|employee|staff|report|form|registration|bill|statement|quote|job"
    r"|prescription|patient|crime|incident|log|appeal|permit|licence) (?:number|no|id|ref)"
    r"|complaint|rma|batch|token|top[ -]?up|errors?|faults?|channels?|sizes?|lottery|roll number"
    r"|suite|trains?|buses|window|between|alerts?"
    r"|voucher|coupon"
    r"|promo|gift|loyalty|member(?:ship)?|customer (?:id|number|no)|nhs|ssn|social security|national|passport"
    r"|licen[cs]e|aadhaar|tax"
    r"|vat|utr|nino|id|zip|post ?code|bar ?code|ean|isbn|sku|part|item|product|kwh|version|build|transaction|receipt"
    r"|reservation)\b"
    r"(?=[^.?!\n]{0,40}$)",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"\s?(?:,|is|was|for|that['’]s)?\s(?:is |was )?(?:the|my|our|your)\s(?:\w+\s){0,2}?(?:orders?|reference|account"
    r"|booking|policy|tracking"
    r"|phone|mobile|i ordered|meter|invoice)\b|\s?(?:kwh|was left|says delivered)\b"
    r"|\s(?:[nsew]\w{0,4}\.?\s)?[a-z]+\s(?:[a-z]+\s)?(?:street|st|road|rd|avenue|ave|lane|drive|highway|hwy|boulevard|blvd|court"
    r"|close|terrace|crescent|gardens)\b|\s?(?:credits|usd|inr|gbp|eur|units|people|persons?|passengers?)\b",
    re.IGNORECASE,
)
# "HL-4532015", "SN45320151", "GB29 NWBK 6016 1331 9268 19": digits that belong to letters.
_GLUED = re.compile(
    rf"(?:[^\W\d_{OPAQUE}][-/]?|\b[A-Z]{{2}}\d\d ?[A-Z]{{4}} ?|\b(?!OK|IT|IS|SO|NO|UM|UH|ER|AH|OH|ON|OF|BY|AT|AS"
    rf"|HI)[A-Z]{{2}} )$"
)
_INTERRUPTED = re.compile(r"[^\W\d]|[.?!:;…]")
_CALLED_CARD = re.compile(
    r"\b(?:card|long) number\b[^.?!\d]{0,20}$"
    r"|\b(?:card|visa|master ?card|maestro|amex)(?: (?:is|it['’]s)\b|:)[^.?!\d]{0,12}$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_AND_ANOTHER = 12
"""Characters: "07700 900123 or 415 555 0147"."""
_OTHER_SHAPES = re.compile(
    r"""(?<![\d/.-])(?:(?:0?[1-9]|[12]\d|3[01])(?P<s>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=s)(?:(?:19|20)\d\d|\d\d)
      | (?:19|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d)(?![/.-]?\d)
    | (?<![\d] )(?<!\d)(?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)\d\d(?![ ]?\d)
    | (?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?!\d)
    | [£$€¥₹][ ]?\d[\d,.]*
    | (?<![\d,.])\d{1,3}(?:,\d{3})+(?!\d|,?[ ]?\d)
    | (?<![\d,.])(?<!\d[ -])\d{1,4}\.\d\d(?![\d]|[ .,-]{1,2}\d)
    | (?<![\d.])\d{1,3}\.\d{4,},[ ]?-?\d{1,3}\.\d{4,}(?![\d.]|[ -]\d)
    | (?<![\d.])0\.\d{2,}(?![\d.])
    | \b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SURE_SHAPES = re.compile(
    r"""[£$€¥₹][ ]?\d[\d,]*(?:\.\d+)?
    | (?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])
    | (?<![\d/-])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)
    | (?<![\d/.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?![/.-]?\d)
    | (?<=[a-z][ ]\()(?:19|20)\d\d(?=\))""",
    re.IGNORECASE | re.VERBOSE,
)
_NORTH_AMERICAN = re.compile(r"\(?[2-9]\d\d(?:\)\s?|-)[2-9]\d\d-\d{4}")
_IMEI = re.compile(r"35\d{13}")
_FROM_NOUGHT = re.compile(
    r"0(?:1|7|20|28|29)\d{7,9}"
)  # A British telephone number; no card begins with what follows 0.


def _is_other_shape(text: str, run: DigitRun) -> bool:
    written = text[run.start : run.end]
    if _GLUED_AFTER.match(text, run.end):
        return True
    shapes: Sequence[re.Pattern[str]] = (_NORTH_AMERICAN, _IMEI, SHOP_ORDER)
    return any(shape.fullmatch(written) for shape in shapes) or text[
        max(0, run.start - 2) : run.start
    ].rstrip().endswith("+")


def _is_no_card(text: str, run: DigitRun) -> bool:
    return _FROM_NOUGHT.fullmatch(run.digits) is not None or is_list(text, run)


_LISTED = 3
_LIST = re.compile(r"\d+(?:, ?\d+)+,? (?:and|or|&) \d+")
_GLUED_AFTER = re.compile(rf"[^\W\d_{OPAQUE}]")
