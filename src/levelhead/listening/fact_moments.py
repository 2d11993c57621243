"""Dates and times of day mentioned in a text, as their words: what they mean is the calendar's business."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def dates_in(text: str, *, greeting: bool) -> Iterator[Span]:
    """Dates and days: "12 May", "last Tuesday", "two weeks ago"; without "today" where it may be a greeting."""
    for match in _DATE.finditer(text):
        if _PART_OF.fullmatch(match[0]):
            continue
        if match[0].lower() == "today" and _only_said(text, match, greeting=greeting):
            continue
        yield Span(*match.span())


def _only_said(text: str, match: re.Match[str], *, greeting: bool) -> bool:
    """Whether "today" belongs to a phrase and names no day of the case."""
    before = text[max(0, match.start() - _PHRASE) : match.start()]
    return _PHRASED.search(before) is not None or (greeting and text[match.end() :].lstrip().startswith("?"))


def times_in(text: str, *, numbered: bool) -> Iterator[Span]:
    """Times of day: "10:42", "5pm", "half past nine", "four in the morning". `numbered`: a digit stands in the text."""
    if numbered:
        for match in _WRITTEN.finditer(text):
            yield Span(*match.span())
    for match in (*_SPOKEN.finditer(text), *_BARE.finditer(text)):
        yield Span(*match.span(match.lastgroup or 0))


_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tues|thurs|weds)\b"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY_NUMBER = (
    rf"(?:{_ORDINAL}|(?:twenty|thirty)[ -]{_ONES}|(?!one\b){_ONES}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty)"
)
# What may follow a bare clock time or day; before a noun ("at two shops", "by one of them") it is a count.
_GOES_ON = (
    r"(?=\s*(?:$|[.,!?;)\n—–])|\s+(?:today|tonight|tomorrow|tmrw|this|on|in the|sharp|latest|and|or|but|so|if|then|im"
    r"|i['’]?m|i['’]?ll|i|you|we|they|he|she|with|for|to|because|cause|when|while|now|till|until|please|pls|ask"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
)
# "the 14th" is a day after these, "the first time" and "the 3rd call" are counts.
_LED = "(?:" + "|".join(f"(?<=\\b{word} )" for word in ("on", "by", "since", "from", "until", "till", "before")) + ")"
_NOT_COUNTED = r"(?! (?:time|call|day|floor|try|attempt|person|agent|email|letter|one|contact|place|thing|page)s?\b)"
_DATE = re.compile(
    rf"(?<![\w£$€₹/.-])(?:\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])"
    rf"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? ?{_MONTH}"
    r"(?:,? (?:19|20)\d\d)?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?!\d|[:.]\d|%)(?:,? (?:19|20)\d\d)?"
    rf"|(?:{_DAY} )?(?:the )?(?:{_ORDINAL}) of {_MONTH}"
    rf"|(?!may |march ){_MONTH} (?:the )?{_DAY_NUMBER}\b"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:19|20)?\d\d)?(?![\d/])"
    rf"|(?:(?:last|next|this) )?{_DAY}(?:,? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)(?!\w)|(?:{_ORDINAL})\b))?"
    rf"|{_LED}the (?:(?:[12]?\d|3[01])(?:st|nd|rd|th)\b{_NOT_COUNTED}|(?:{_ORDINAL})\b{_GOES_ON})"
    r"|the (?:[12]?\d|3[01])(?:st|nd|rd|th)\b(?=\s*(?:[.,!?;)\n]|$))"
    r"|(?:last|next) (?:week|weekend|month)\b|last year\b"
    rf"|(?:\d{{1,3}}|{_ONES}|a|a couple of|a few) (?:day|week|month|year)s? ago\b"
    r"|(?:the day (?:before|after) )?(?:yesterday|tomorrow|tmrw|tmr)\b|today\b|tonight\b)",
    re.IGNORECASE,
)
# "How can I help you today", "anything else today", "thanks for calling today".
_PHRASED = re.compile(
    r"\b(?:help|helping|assist(?:ing)?|do|serve|how (?:are|is|was)|calling|contacting|reaching out|in touch|shopping"
    r"|chatting|speaking|visiting|having|else|(?:all|everything) (?:i|we) need(?:ed)?)"
    r"(?: (?:you|us|me|your|for|that|it|with|in|going|doing|so far|day))* $",
    re.IGNORECASE,
)
_PHRASE = 30
"""Characters before "today" that tell the phrase."""
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
_HOUR = rf"(?:1[0-2]|[1-9]|{_ONES})"
_MINUTES = (
    r"(?:[ -](?:oh[ -](?:one|two|three|four|five|six|seven|eight|nine)|ten|fifteen|thirty"
    r"|(?:twenty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b)"
)
_BARE = re.compile(
    rf"\b(?:at|by|till?|until|before|closes?|opens?|since) (?P<clock>{_HOUR}(?:{_MINUTES}|(?![:.]\d|\d|%){_GOES_ON}))"
    rf"|\b(?P<said>{_ONES}{_MINUTES})(?= (?:this morning|this afternoon|this evening|tonight|tomorrow))",
    re.IGNORECASE,
)
