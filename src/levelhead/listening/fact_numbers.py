"""Amounts of money, order numbers and references in a text, written or spoken."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.digits import digit_runs

Found = tuple[str, Span]


def amounts_in(text: str, locale: str) -> Iterator[Found]:
    """Amounts as ("£1299.99", span), or the words themselves where they can be read in two ways.

    "quid" is pounds and "bucks" are the locale's dollars.
    """
    for match in _SIGNED.finditer(text):
        yield (
            _SIGNS.get(match["sign"].lower().strip(" ."), match["sign"].strip()) + _plain(match["amount"]),
            _span(match),
        )
    for match in _NAMED.finditer(text):
        spoken = None if match["amount"] else _spoken(match["spoken"])
        if match["spoken"] and spoken is None:
            yield match[0], _span(match)
            continue
        amount = _plain(match["amount"]) if match["amount"] else str(spoken)
        if amount != "0":
            yield _in_currency(amount, match["currency"].lower(), locale), _span(match)


def order_numbers_in(text: str) -> Iterator[Found]:
    """What is called an order, with at least three digits."""
    return _labelled(text, _ORDER)


def references_in(text: str) -> Iterator[Found]:
    """What is called a reference, case, claim, policy, booking, tracking number…, and codes like "TKX-0098812"."""
    yield from _labelled(text, _REFERENCE)
    for match in _CODE.finditer(text):
        yield match[0], _span(match)


_SIGNS = {"rs": "Rs ", "inr": "Rs ", "₹": "Rs ", "gbp": "£", "eur": "€", "usd": "$", "us$": "$", "r": "R"}
_NUMBER = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?|\d+(?:\.\d{1,2}|,\d{2})?"
_DECIMAL_COMMA = re.compile(r"\d+,\d{2}")
_SIGNED = re.compile(
    r"(?<![\w.])(?P<sign>(?i:US\$|A\$|C\$|S\$|NZ\$|R\$|£|\$|€|₹|₦|₱|¥|rs\.? ?|inr ?|gbp ?|eur ?|usd ?|aud ?|cad ?|sgd ?"
    rf"|zar ?|ngn ?|kes ?|ksh\.? ?|php ?|ghs ?)|R ?|N(?=\d)) ?(?P<amount>{_NUMBER}|\d{{1,3}}(?: \d{{3}})+)"
    r"(?P<scale>k|m| ?million| lakhs?)?(?![\w-]|[.,]\d)",
)
_WORD_VALUES = {
    word: value
    for value, word in enumerate(
        """
        a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
        """.split()  # noqa: SIM905 - words read better as words
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_WORD_VALUES["a"] = 1
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "lakh": 100_000, "lakhs": 100_000, "million": 1_000_000}
_SPOKEN_WORD = "|".join(sorted((*_WORD_VALUES, *_SCALES), key=len, reverse=True))
_CURRENCIES = {
    **dict.fromkeys(("pound", "pounds", "quid"), "£"),
    **dict.fromkeys(("dollar", "dollars", "buck", "bucks"), "$"),
    **dict.fromkeys(("euro", "euros"), "€"),
    **dict.fromkeys(("rupee", "rupees"), "Rs "),
    **dict.fromkeys(("rand", "rands"), "R"),
}
_NAMED = re.compile(
    rf"(?<![\w£$€₹.,-])(?:(?P<amount>{_NUMBER})(?P<scale>k| (?:thousand|million|grand|lakhs?))? ?"
    rf"|(?P<spoken>(?:{_SPOKEN_WORD})\b(?:[ -](?:and )?(?:{_SPOKEN_WORD})\b){{0,7}}) )"
    r"(?P<currency>pounds?|quid|dollars?|bucks?|euros?|rupees?|rands?|naira|pesos?|shillings?|cedis?|pence|cents?|(?<=\d)p)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_LINK = (
    r"(?:\s?(?:numbers?|no\.?|num|nr\.?|id|ids|code|ref|reference)(?!\w))?(?:\s(?:is|was|it's|its)\b|['’]s\b)?"
    r"\s?[:#]?\s?(?:um+ |uh+ |like )?"
)
_ID = r"(?P<id>(?=[\w/-]*\d)[A-Za-z\d]+(?:[-/][A-Za-z\d]+)*(?:(?<=\d{3}) \d{3,5}(?!\w)){0,3})"
_ORDER = re.compile(rf"\b(?:orders?|order(?=#)){_LINK}(?:{_ID})?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:ref|reference|case|ticket|claim|policy|account|acct|invoice|booking|reservation|confirmation|tracking|parcel"
    r"|consignment|job|complaint|loan|membership|member|customer|meter|incident|serial|contract|docket|transaction|receipt)"
    rf"{_LINK}(?:{_ID})?",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w/-])[A-Z]{2,5}-?\d{4,}(?:-\d+)*(?![\w-])|(?<![\w/-])[A-Z]{2,5}-\d{3}(?![\w-])")
_FEWEST_DIGITS, _FEWEST_BARE = 3, 4
_MOST_DIGITS = 14
_NOT_AN_ID = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|p|k|x|gb|mb|lb|kg|g|cm|mm|m|in|hrs?|mins?|days?)|\d{1,2}/\d{1,2}(?:/\d+)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\s?(?:[£$€%]|(?:am|pm|days?|weeks?|months?|years?|times|of|items?|pounds|quid|dollars|hours|minutes)\b)"
)


def _plain(amount: str) -> str:
    if _DECIMAL_COMMA.fullmatch(amount):
        amount = amount.replace(",", ".")
    return amount.replace(",", "").replace(" ", "")


def _span(match: re.Match[str]) -> Span:
    return Span(*match.span())


def _in_currency(amount: str, currency: str, locale: str) -> str:
    if currency in ("pence", "p"):
        return f"{amount}p"
    sign = _CURRENCIES.get(currency)
    if sign is None:
        return f"{amount} {currency}"
    if sign == "$" and locale[-2:] in ("GB", "IE", "ZA", "IN", "NG", "KE"):
        return f"{amount} dollars"
    return sign + amount


def _spoken(words: str) -> int | None:
    """The usual reading of number words: "one hundred and eighty" is 180, "thirty eight hundred" 3800.

    None where there are two readings: "one fifteen" may be 115, or a one and then fifteen.
    """
    total = current = 0
    for word in re.split(r"[ -]", words.lower()):
        if word in _WORD_VALUES:
            value = _WORD_VALUES[word]
            if current % 100 and not (value < 10 and current % 10 == 0 and current % 100 >= 20):  # noqa: PLR2004
                return None
            current += value
        elif word == "hundred":
            current = max(1, current) * 100
        elif word in _SCALES:
            total, current = total + max(1, current) * _SCALES[word], 0
    return total + current


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
