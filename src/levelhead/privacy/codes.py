"""Codes that a word beside them gives away: security codes, PINs and one-time codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.conversation import Span
from levelhead.privacy.digits import DigitRun
from levelhead.privacy.masks import OPAQUE, Secret, SecretKind


def named_codes(text: str, runs: Sequence[DigitRun]) -> Iterator[Secret]:
    """Every code whose name stands before or after it in the text; a postal code that is called PIN is none."""
    for code in _CODES:
        for name in code.name.finditer(text):
            start, end = name.span("name") if "name" in code.name.groupindex else name.span()
            if _MASKED_AFTER.match(text, end):
                continue
            spans = _after(text, end, runs, code) or _before(text, start, runs, code)
            yield from (Secret(code.kind, span) for span in spans if not _is_postal(text, span))
            if not spans and code.letters_too and (mixed := _MIXED.match(text, end)):
                yield Secret(code.kind, Span(*mixed.span("value")))


def code_in(text: str, run: DigitRun, fewest: int, most: int) -> Span | None:
    """The part of a run that can be a code of that many digits, from the run's start; None when there is none.

    "Nine two one, no wait, nine four one" is one code: what is said after a correction is counted anew.
    """
    if is_counted(text, run) or (most <= _SHORT and len(run.digits) > _WITH_EXPIRY):
        return None
    total, whole, best, done = 0, 0, None, run.start
    for atom in run.atoms:
        if _CORRECTED.search(text, done, atom.start):
            total = 0
        total, whole, done = total + len(atom.digits), whole + len(atom.digits), atom.end
        if total > most:
            break
        if whole >= fewest and not _is_counted_at(text, done):
            best = Span(run.start, done)
    return best


ADDRESS = re.compile(
    r"\b(?:address|deliver\w*|shipping|area|city|location|street|road|rd|nagar|sector|mumbai|delhi|bangalore|bengaluru"
    r"|chennai|hyderabad|kolkata|pune)\b",
    re.IGNORECASE,
)
"""Words of an address: a PIN that is asked for beside them may be a postal code."""


def _is_postal(text: str, span: Span) -> bool:
    """Whether six digits are India's postal code, which is called PIN too: a PIN code in an address, or a town's."""
    if not _POSTAL.fullmatch(text, *span):
        return False
    return bool(ADDRESS.search(text) if _PIN_CODE.search(text) else _IN_INDIA.search(text))


_POSTAL = re.compile(r"[1-8]\d\d ?\d{3}")
_PIN_CODE = re.compile(r"\bpin ?codes?\b", re.IGNORECASE)
_IN_INDIA = re.compile(
    r"\b(?:nagar|sector|india|mumbai|delhi|gurgaon|bangalore|bengaluru|chennai|hyderabad|kolkata|pune)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Code:
    kind: SecretKind
    name: re.Pattern[str]
    fewest: int
    most: int
    alternatives: bool = False
    letters_too: bool = False


_SENT = (
    r"(?:(?:'ve|\shave|\shad|\swas|\swere)?\s(?:just\s|already\s)?"
    r"(?:sent|texted|emailed|e-mailed|messaged|got|received|gave|get|been\ssent))"
)
_CODES = (
    _Code(
        SecretKind.SECURITY_CODE,
        re.compile(
            r"\b(?:c\W?v\W?v2?|c\W?v\W?c2?|cv2|csc|c\.?i\.?d|card verification (?:code|value|number)"
            r"|(?:card )?security (?:code|number|digits?|no\.?)|signature strip"
            r"|(?:three|four|3|4)[ -]?(?:digits?|numbers?|digit (?:code|number)) (?:that's |which is |are |is )?"
            r"(?:on|at|from) the (?:back|reverse)(?: of (?:the|my|your) card)?"
            r"|(?:back|reverse) of (?:the|my|your) card|(?:on|at|from) the (?:back|reverse)(?=\W*$|\W*[.,?!;:\d]"
            r"|\s(?:is|are|it|says|there|and|i"
            r"|o|oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|double|triple|\w+teen"
            r"|\w+ty)\b)"
            r"|(?<!last )(?:three|3|four|4)[ -]digit (?:security )?(?:code|number)"
            r"|(?:(?:the|those|little) (?:three|3|four|4)|last (?:three|3))"
            r"(?: (?:ones|digits|numbers?))? (?:is|are)|little (?:ones?|numbers?) (?:is|are))(?!\w)",
            re.IGNORECASE,
        ),
        fewest=2,  # "Seventy seven" may be 707.
        most=4,
    ),
    _Code(
        SecretKind.SECURITY_CODE,
        re.compile(
            rf"(?:(?<=card)|(?<={OPAQUE}))(?!{OPAQUE})(?=.{{0,80}}(?P<name>\bon the (?:back|reverse)\b"
            rf"|\bcode(?:['’]s)?\b))",
            re.I | re.S,
        ),
        fewest=2,
        most=4,
    ),
    _Code(
        SecretKind.PASSWORD,
        re.compile(r"\b(?:pins?(?: (?:number|code|no)\b)?|pass ?codes?)(?!\w)", re.IGNORECASE),
        fewest=3,
        most=8,
        alternatives=True,
    ),
    _Code(
        SecretKind.ONE_TIME_CODE,
        re.compile(
            r"\b(?:o\.?t\.?p\.?s?(?: code)?|one[ -]?time (?:code|pin|number|pass ?word|pass ?code)"
            r"|(?:verification|authentication|authentification|authenticator|auth|2fa|mfa|two[ -]?factor|2[ -]?step"
            r"|log[ -]?in|sign[ -]?in|sms|text|texted|security app|authorisation app) (?:code|number|pin)"
            r"|verification|to (?:verify|log in|sign in)|code to (?:log|sign) in|(?:your|the) code(?= is\b)"
            r"|(?:text|message|sms) with (?:a |the )?code|(?<=\bas )(?:the|a"
            r"|my|your) code|"
            rf"(?:code|number|digits)\s(?:(?:that|which)\s)?(?:you|they|it|he|she|i|we|u)(?:\sguys)?{_SENT}"
            r"|(?:sent|texted|emailed|got|received|gave|have)(?:\s(?:me|us|you))?\s(?:through\s)?"
            r"(?:a|the|this|your|my|another)\s(?:new\s)?(?:(?:\d|four|six|eight)[ -]digit\s)?code"
            r"|code\s(?:just\s|that\s)?(?:came|arrived|sent|in the (?:text|message|sms|email))"
            r"|code\s(?:from|on|in|by)\s(?:the|my|your|a)?\s?(?:text|sms|email|e-mail|app|phone|message|authenticator)"
            r"|(?:sent|texted)(?:\s\w+){1,3}\scode)(?!\w)",
            re.IGNORECASE,
        ),
        fewest=3,  # "Forty four nine" may be 4049.
        most=8,
        letters_too=True,
    ),
)
_LINK_WORD = (
    r"(?:is|are|was|were|be|being|would|should|will|it|its|it's|it’s|that|thats|that's|that’s|this|here|here's|heres"
    r"|says|said"
    r"|reads|reading|equals|as|follows|the|my|a|on|of|from|back|front|reverse|card|strip|signature|last|three|four"
    r"|six|3"
    r"|4|6|digits?|numbers?|no|codes?|value|u+m+|u+h+|er+m*|ah|so|yeah|yes|ok|okay|please|i|think|i've|i’ve|just|you"
    r"|sent|texted|emailed|me|to|by|through|text|sms|email|app|and|now|today|either|maybe|probably|try|using|got|one"
    r"|guys|phone|mobile|came|come|in|message|might|could|must|s|then|all|correct|new|current|old)"
)
_LINK = re.compile(rf"[^\w£$€¥₹]*+(?:{_LINK_WORD}(?!\w)[^\w£$€¥₹]*+){{0,12}}+", re.IGNORECASE)
_MASKED_AFTER = re.compile(rf"[^\w£$€¥₹]*+(?:{_LINK_WORD}(?!\w)[^\w£$€¥₹]*+){{0,12}}+{OPAQUE}", re.IGNORECASE)
_LINK_BEFORE = re.compile(
    r"\W{0,3}(?:(?:is|was|being|as|for|that's|thats|that|it's|the|my|last|a|her|his|our|your)\b\W{0,2}){0,5}",
    re.IGNORECASE,
)
_SURELY_BEFORE = re.compile(r"\b(?:is|was|as|for)\b|^\W{0,3}on the|^\s*$", re.IGNORECASE)
_OR_ELSE = re.compile(
    r"\W{0,3}(?:or|and|no|nope|sorry|wait|maybe|perhaps|it's|its|it|is|was|try|else|actually|then|might|be|could|even"
    r"|\W{1,3}){0,6}\W{0,3}",
    re.IGNORECASE,
)
_MIXED = re.compile(
    rf"[^\w£$€¥₹]*+(?:{_LINK_WORD}(?!\w)[^\w£$€¥₹]*+){{0,8}}+(?P<value>(?=[A-Za-z\d-]*\d)[A-Za-z\d][A-Za-z\d-]{{3,11}})(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:[-–]\s*)?(?:%|°|(?:st|nd|rd|th|am|pm|a\.m|p\.m|kb|mb|gb|days?|hours?|hrs?|minutes?|mins?|seconds?(?!\s(?:time|try|attempt|go))|secs?"
    r"|weeks?"
    r"|months?|years?|yrs?|times?|digits?|numbers?|letters?|characters?|pounds?|quid|pence|dollars?|bucks|euros?|rupees"
    r"|rand|naira|o['’]?clock|people|of|more|miles?|percent|working|business|thousand|million|grand)\b)"
    r"|(?<=ty)\s(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:no|nope|not|sorry|wait|mean|correction|scratch|oops|actually|wrong|make that|that['’]s|it['’]s|hang on"
    r"|again)\b",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"[£$€¥₹]\s?$")
_SHORT, _WITH_EXPIRY = 4, 12  # digits: a security code; one with an expiry date and a correction. More are a card's.
_RUNS_TRIED = 3
_REACH = 90


def _after(text: str, end: int, runs: Sequence[DigitRun], code: _Code) -> list[Span]:
    ahead = [run for run in runs if run.start >= end and run.start - end <= _REACH][:_RUNS_TRIED]
    for place, run in enumerate(ahead):
        if not _LINK.fullmatch(text, end, run.start):
            return []
        if span := code_in(text, run, code.fewest, code.most):
            return [span, *(_others(text, span, ahead[place + 1 :], code) if code.alternatives else ())]
    return []


def _others(text: str, span: Span, ahead: Sequence[DigitRun], code: _Code) -> Iterator[Span]:
    """ "3941 or 9503": the second guess is as secret as the first."""
    for run in ahead:
        other = code_in(text, run, code.fewest, code.most)
        if other is None or not _OR_ELSE.fullmatch(text, span.end, other.start):
            return
        yield other
        span = other


def _before(text: str, start: int, runs: Sequence[DigitRun], code: _Code) -> list[Span]:
    for run in runs:
        gap = text[run.end : start]
        if run.end > start or len(gap) > _REACH // 4 or not _LINK_BEFORE.fullmatch(gap):
            continue
        span = code_in(text, run, code.fewest, code.most)
        if span and span.end == run.end and _SURELY_BEFORE.search(gap):
            return [span]
    return []


def is_counted(text: str, run: DigitRun) -> bool:
    """Whether a run is an amount or a count of something ("£150", "three digits", "12 days")."""
    return bool(_CURRENCY_BEFORE.search(text, max(0, run.start - 2), run.start)) or _is_counted_at(text, run.end)


def _is_counted_at(text: str, end: int) -> bool:
    return _COUNTED.match(text, end) is not None
