"""Order numbers and references in a text, written or spoken."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.digits import digit_runs

Found = tuple[str, Span]


def order_numbers_in(text: str) -> Iterator[Found]:
    """What is called an order, with at least three digits."""
    return _labelled(text, _ORDER)


def references_in(text: str) -> Iterator[Found]:
    """What is called a reference, case, claim, policy, booking, tracking number…, and codes like "TKX-0098812"."""
    yield from _labelled(text, _REFERENCE)
    for match in _NAMED_ID.finditer(text):
        if not _NOT_AN_ID.fullmatch(match["id"]) and not _COUNTED.match(text, match.end()):
            yield match["id"], Span(*match.span("id"))
    for match in _CODE.finditer(text):
        yield match[0], Span(*match.span())
    yield from _endings(text)


_LINK = (
    r"(?:\s?(?:numbers?|no\.?|num|nr\.?|id|ids|code|ref|reference)(?!\w))?(?:\s(?:is|was|it's|its)\b|['’]s\b)?"
    r"\s?[:#]?\s?(?:um+ |uh+ |like )?"
)
_ID = r"(?P<id>(?=[\w/-]*\d)[A-Za-z\d]+(?:[-/][A-Za-z\d]+)*(?:(?<=\d{3}) \d{3,5}(?!\w)){0,3})"
_ORDER = re.compile(rf"\b(?:orders?|order(?=#)){_LINK}(?:{_ID})?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:ref|reference|case|ticket|claim|policy|account|acct|invoice|booking|reservation|confirmation|tracking|parcel"
    r"|consignment|waybill|flight|offer|card|job|complaint|loan|membership|member|customer|meter|incident|serial|contract|docket|transaction|receipt)"
    rf"{_LINK}(?:{_ID})?",
    re.IGNORECASE,
)
# "CD 882 190 447", but no money.
_GROUPED = (
    r"(?<![\w/-])(?!(?:GBP|EUR|USD|AUD|CAD|SGD|ZAR|NGN|KES|KSH|PHP|GHS|INR|RS|R|N) )[A-Z]{2,3}(?: \d{3,4}){2,5}(?!\w)"
)
_CODE = re.compile(_GROUPED + r"|(?<![\w/-])[A-Z]{2,5}-?\d{4,}(?:-\d+)*(?![\w-])|(?<![\w/-])[A-Z]{2,5}-\d{3}(?![\w-])")
# A flight, an offer, an application…: whatever has a number or id of its own, but for a number to call.
_NAMED_ID = re.compile(
    r"\b(?!phone|telephone|mobile|cell|contact|house|door|flat|model|pin|part)(?:[a-z]{3,} (?:id|numbers?|no\.?)"
    r"(?: is| was|:)?(?: actually)?|flight) ['\"]?"
    r"(?P<id>(?=[\w/-]*\d)[A-Za-z\d]{2,}(?:[-/][A-Za-z\d]+)*)(?![\w/]|\.\d)",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:account|card|acct|number|no|savings|visa|mastercard|debit|credit|it|that)(?: (?:is|that|which))?"
    r" (?:ending|ends)(?: in| with)? (?P<id>\d{2,6}(?!\d|[.,]\d|\s?%)|(?=(?P<spoken>[a-z])))"
    r"|^(?:\W*\w+){0,2}\W+ends (?P<bare>\d{3,6})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS, _FEWEST_BARE = 3, 4
_MOST_DIGITS = 14
_NOT_AN_ID = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|p|k|x|gb|mb|lb|kg|g|cm|mm|m|in|hrs?|mins?|days?)|\d{1,2}/\d{1,2}(?:/\d+)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\s?(?:[£$€%]|(?:am|pm|days?|weeks?|months?|years?|times|of|items?|pounds|quid|dollars|hours|minutes)\b)"
)


def _labelled(text: str, label: re.Pattern[str]) -> Iterator[Found]:
    runs = None
    for match in label.finditer(text):
        if match["id"]:
            if _is_id(text, match):
                yield match["id"], Span(*match.span("id"))
            continue
        runs = digit_runs(text) if runs is None else runs
        said = next((run for run in runs if run.start == match.end() and run.atoms[0].spoken), None)
        if said and _FEWEST_BARE <= len(said.digits) <= _MOST_DIGITS and not _COUNTED.match(text, said.end):
            yield said.digits, Span(said.start, said.end)


def _endings(text: str) -> Iterator[Found]:
    """The last digits of an account or card: "ending 0921", "account ending two zero four"."""
    for match in _ENDING.finditer(text):
        digits = match["id"] or match["bare"]
        if digits:
            yield digits, Span(*match.span("id" if match["id"] else "bare"))
            continue
        said = next((run for run in digit_runs(text) if run.start == match.end() and run.atoms[0].spoken), None)
        if said and len(said.digits) >= _FEWEST_DIGITS:
            yield said.digits, Span(said.start, said.end)


def _is_id(text: str, match: re.Match[str]) -> bool:
    found = match["id"]
    digits = sum(char.isdigit() for char in found)
    bare = match.end("id") == match.end() and not re.search(
        r"number|no\b|num|[#:]|\bid\b|ref|code", match[0], re.IGNORECASE
    )
    if digits < (_FEWEST_BARE if bare else _FEWEST_DIGITS) or _NOT_AN_ID.fullmatch(found):
        return False
    if bare and _YEAR.fullmatch(found):
        return False
    return not _COUNTED.match(text, match.end())
