"""Dates and times of day mentioned in a text, as their words: what they mean is the calendar's business."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def dates_in(text: str, *, greeting: bool) -> Iterator[Span]:
    """Dates and days: "12 May", "last Tuesday", "two weeks ago"; without "today" where it may be a greeting."""
    for match in _DATE.finditer(text):
        if not (greeting and match[0].lower() == "today") and not _PART_OF.fullmatch(match[0]):
            yield Span(*match.span())


def times_in(text: str, *, numbered: bool) -> Iterator[Span]:
    """Times of day: "10:42", "5pm", "half past nine", "four in the morning". `numbered`: a digit stands in the text."""
    if numbered:
        for match in _WRITTEN.finditer(text):
            yield Span(*match.span())
    for match in _SPOKEN.finditer(text):
        yield Span(*match.span())


_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY_NUMBER = (
    rf"(?:{_ORDINAL}|(?:twenty|thirty)[ -]{_ONES}|{_ONES}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty)"
)
_DATE = re.compile(
    rf"(?<![\w£$€₹/.-])(?:\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])"
    rf"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    r"(?:,? (?:19|20)\d\d)?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?!\d|[:.]\d|%)(?:,? (?:19|20)\d\d)?"
    rf"|(?:{_DAY} )?(?:the )?(?:{_ORDINAL}) of {_MONTH}"
    rf"|(?!may |march ){_MONTH} (?:the )?{_DAY_NUMBER}\b"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:19|20)?\d\d)?(?![\d/])"
    rf"|(?:(?:last|next|this|on) )?{_DAY}(?: (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?!\w))?"
    r"|(?:on |since |from |by |until |till )the (?:[12]?\d|3[01])(?:st|nd|rd|th)\b"
    r"|(?:last|next) (?:week|weekend|month|year)\b"
    rf"|(?:\d{{1,3}}|{_ONES}|a|a couple of|a few) (?:day|week|month|year)s? ago\b"
    r"|(?:the day (?:before|after) )?(?:yesterday|tomorrow)\b|today\b)",
    re.IGNORECASE,
)
# "2/3" is how a long post counts its parts.
_PART_OF = re.compile(r"1/[1-6]|2/[2-6]|3/[3-6]|4/[4-6]|5/[56]|6/6")
_WRITTEN = re.compile(
    r"(?<![\w£$€₹/.:-])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?: ?[ap]\.?m\b\.?)?(?![\d:])"
    r"|(?:1[0-2]|[1-9])(?:\.[0-5]\d)? ?[ap]\.?m\b"
    r"|(?<=\bat )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.%]))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:(?:half past|half|quarter past|quarter to|(?:five|ten|twenty|twenty[ -]five) (?:past|to))"
    rf" (?:{_ONES}|\d{{1,2}})\b"
    rf"(?! (?:pounds|quid|dollars|days|weeks|minutes|hours|times))|(?:{_ONES}|\d{{1,2}}) ?o['’]?clock\b"
    rf"|(?:{_ONES})(?: (?:fifteen|thirty|forty[ -]five))?"
    r" (?:[ap] ?m\b|in the (?:morning|afternoon|evening)\b|at night\b)"
    r"|(?<!after)(?:midday|midnight|noon)\b)",
    re.IGNORECASE,
)
