"""Amounts of money in a text, written or spoken, with or without their currency."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span

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
    if _MONEY.search(text):
        for match in _BARE_AMOUNT.finditer(text):
            yield match[0], _span(match)


_SIGNS = {"rs": "Rs ", "inr": "Rs ", "₹": "Rs ", "gbp": "£", "eur": "€", "usd": "$", "us$": "$", "r": "R"}
_NUMBER = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?|\d+(?:\.\d{1,2}|,\d{2})?"
_DECIMAL_COMMA = re.compile(r"\d+,\d{2}")
_SIGNED = re.compile(
    r"(?<![\w.])(?P<sign>(?i:US\$|A\$|C\$|S\$|NZ\$|R\$|£|\$|€|₹|₦|₱|¥|rs\.? ?|inr ?|gbp ?|eur ?|usd ?|aud ?|cad ?|sgd ?"
    rf"|zar ?|ngn ?|kes ?|ksh\.? ?|php ?|ghs ?)|R ?|N(?=\d)) ?"
    rf"(?P<amount>\d{{1,3}}(?: \d{{3}})+(?:\.\d\d)?(?!\d)|{_NUMBER})"
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
# Without a currency only where money is spoken of: "48.17", "eleven ninety nine". Above fifty-nine it is no clock time.
_MONEY = re.compile(
    r"[£$€₹]|\b(?:pay|paid|paying|payment|charged?|charges|fees?|tax|bill(?:ed)?|refund|credit(?:ed)?|cost|price|owe[ds]?"
    r"|balance|total|pounds?|quid|dollars?|euros?|rand)\b",
    re.IGNORECASE,
)
_TEN = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_LOW = "(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
_BARE_AMOUNT = re.compile(
    r"(?<![\w£$€₹.,:/-])(?<!version )(?<!at )(?<!by )(?<!v)(?:\d{1,3}(?:,\d{3})+|\d{1,5})\.\d{2}"
    r"(?!\w|[.,:/-]\d| ?(?:%|[ap]\.?m\b|gb|mb|kg|km|miles|hours|stars?|inch|percent|x\b))"
    rf"|\b(?:{_TEN}(?:[ -]{_LOW})?|{_TEEN}|{_LOW}) (?:sixty|seventy|eighty|ninety)(?:[ -]{_LOW})?"
    rf"(?! (?:{_LOW}|{_TEN}|hundred|thousand|zero|oh|pounds|quid|dollars|bucks|euros?|rand)\b)\b",
    re.IGNORECASE,
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
