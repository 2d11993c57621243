"""Finding when-words in a text: small patterns, one for each way of saying it, joined where they stand together."""

import re
from dataclasses import replace

from levelhead.conversation import Span
from levelhead.listening.when import Clock, Day, DayKind, Part, When
from levelhead.listening.when_corrections import corrects
from levelhead.listening.when_patterns import PATTERNS
from levelhead.listening.when_pieces import AT_START, BOOKED

_LEAD = (
    r"\b(?P<lead>on or before|not later than|no later than|by|before|b4|until|till|til|at|on|for|around"
    r"|about|after|from|within|inside|in|between"
)

_HINT = re.compile(
    r"\d|day|night|morrow|noon|morning|even|arvo|lunch|week|month|hour|minute|o'?clock|half|quarter|soon"
    r"|short|asap|poss"
    r"|early|next|clos|eod|cob|end|due|once|when|after|before|can\b|chance|time|\b(?:by|at|til|till|until"
    r"|within|in|around|about)\s|christmas|new year|\dish"
    r"|past\b|\bit is\b|\bit's\b|\bmake (?:it|that)\b|\bsay\b|\bstroke\b|\bsharp\b|prompt|\bdot\b|gone|bang|\bworks\b"
    r"|\bthen\b|\bto\b|tomo|the morra|the morn|follow"
    r"|\b(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b|\bday|weekend|year|easter|hogmanay|hallow|gimme"
    r"|\bgive me\b|ern\b|central|pacific|mountain"
    r"|from|through|thru|yes|yeah|yep|aye|perfect|grand|lovely|bother|problem|start"
    r"|bill|th\b|first|second|third|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|\bmay\b",
    re.IGNORECASE,
)


# One for one, so that places in the text stay what they are.
_AS_TYPED = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


def when_words(text: str) -> tuple[When, ...]:
    """Every mention of a time to come in the text, in order; none overlap."""
    text = text.translate(_AS_TYPED)
    if not _HINT.search(text):
        return ()
    return tuple(when for when in _joined(text, _pieces(text)) if not when.weak and not _only_zone(when))


def _only_zone(when: When) -> bool:
    return when.bare and not (when.vague or when.event)


def _pieces(text: str) -> list[When]:
    found: list[When] = []
    for pattern, build in PATTERNS:
        for match in pattern.finditer(text):
            when = build(match)
            if when is not None:
                found.append(replace(when, span=Span(*match.span())))
    found.sort(key=lambda when: (when.span.start, -when.span.end))
    kept: list[When] = []
    for when in found:
        if not kept or when.span.start >= kept[-1].span.end:
            kept.append(_with_lead(text, when, since=kept[-1].span.end if kept else 0))
    return kept


_GAP = re.compile(
    rf"(?: {BOOKED}\b)?"
    r"[\s,.()]*(?:\b(?:then|any ?time|by|before|b4|at|on|in|the|of|for|from|around|about|until|till|til|between"
    r"|after)\b[\s,]*){0,3}",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\s*,?\s*(?:or|to|and)\s+", re.IGNORECASE)
_LEAD_BEFORE = re.compile(_LEAD + r")\s+(?:the\s+)?$", re.IGNORECASE)


def _joined(text: str, pieces: list[When]) -> list[When]:
    joined: list[When] = []
    for piece in pieces:
        both = _together(text, joined[-1], piece) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(_settled(text, piece, joined[-1] if joined else None))
    return joined


def _settled(text: str, piece: When, last: When | None) -> When:
    reaching = _REACHING.search(text, max(0, piece.span.start - 16), piece.span.start)
    if piece.weak and piece.day and (piece.lead in _DATE_LEADS or reaching):
        return replace(piece, weak=False)
    if piece.weak and piece.clock and (_answers(text, piece) or _put_right(text, last, piece)):
        return replace(piece, weak=False)
    if not piece.weak or piece.lead not in _CLOCK_LEADS:
        return piece
    company = _NO_COUNT if piece.clock and piece.clock.minute else _COMPANY
    return replace(piece, weak=company.match(text, piece.span.end) is None)


def _answers(text: str, piece: When) -> bool:
    """ "Five it is", "make it four", "grand, two then": a bare number that settles a time."""
    said, before = piece.span, text[max(0, piece.span.start - 16) : piece.span.start]
    if _SETTLING.search(before) or (piece.lead in ("on", "after") and _JUST.search(before)):
        return _COMPANY.match(text, said.end) is not None
    if _SHARP.match(text, said.end):
        return True
    return _SETTLED.match(text, said.end) is not None and _AT_START.search(text[: said.start]) is not None


def _put_right(text: str, last: When | None, piece: When) -> bool:
    """ "At ten, no, eleven"."""
    if last is None or last.weak or not last.clock or not corrects(text[last.span.end : piece.span.start]):
        return False
    return _COMPANY.match(text, piece.span.end) is not None


_PRICED = re.compile(r"[£$€]\s?$")


def _surely_a_clock(text: str, last: When, piece: When, gap: str) -> bool:
    """ "The 6.15 in the morning", "for 10.15 on 6 May", "nine thirty tomorrow": by the day that goes with it."""
    if last.clock is None or last.day or piece.weak or piece.clock or piece.length or not _GAP.fullmatch(gap):
        return False
    if _PRICED.search(text[: last.span.start]):
        return False
    if piece.part and not piece.day:
        return "in the" in text[last.span.end : piece.span.end].lower()
    if piece.day is None or last.clock.opens is not None:
        return False
    if last.clock.minute:
        return True
    # "Eight tomorrow night"; but "the one tomorrow morning", "I sent two this morning".
    over = piece.day == Day(DayKind.AHEAD) and piece.part is Part.MORNING
    return piece.part is not None and not gap.strip() and last.clock.hour != 1 and not over


def _in_zone(text: str, last: When, piece: When, gap: str) -> When | None:
    """ "At nine Perth time", "3 Eastern tomorrow": a zone makes the bare number before it a clock time."""
    sure = not piece.weak and piece.zone is not None and piece.zone.endswith("time")
    if gap.strip() or not (sure or _COMPANY.match(text, piece.span.end)):
        return None
    return last.joined(piece)


def _together(text: str, last: When, piece: When) -> When | None:  # noqa: PLR0911
    gap = text[last.span.end : piece.span.start]
    if piece.zone and piece.bare and (last.weak or piece.weak):
        return _in_zone(text, last, piece, gap) if last.clock else None
    if last.weak and _surely_a_clock(text, last, piece, gap):
        return last.joined(piece)
    if last.lead in ("between", "from") and last.clock and piece.clock and _ALTERNATIVE.fullmatch(gap):
        return _window(last, last.clock, piece)
    if last.clock and piece.clock and not last.weak and not last.clock.opens and _until(piece, gap):
        return _window(last, last.clock, piece)
    window = piece if piece.clock and piece.clock.opens else last
    if (last.weak or piece.weak) and not (window.clock and window.clock.opens):
        company = _NO_COUNT if _CLOCK_GAP.search(gap + text[piece.span.start : piece.span.end]) else _COMPANY
        if last.weak or not company.match(text, piece.span.end) or "." in gap:
            return None
    if _GAP.fullmatch(gap):
        return _led_by_the_day(last.joined(piece), last, piece)
    if _ALTERNATIVE.fullmatch(gap) and last.day and piece.day and not last.clock:
        # "monday or tuesday": the later one binds.
        return replace(piece, span=Span(last.span.start, piece.span.end), lead=last.lead)
    return None


def _led_by_the_day(joined: When | None, last: When, piece: When) -> When | None:
    """ "From three on Sunday": a bare hour leaves the lead to the day."""
    bare = last.clock is not None and not last.clock.exact and last.clock.opens is None
    return replace(joined, lead=piece.lead) if joined and bare and last.lead == "from" and piece.day else joined


_TO = re.compile(r"\s*(?:to|-|–)\s*", re.IGNORECASE)


def _until(piece: When, gap: str) -> bool:
    """ "Half seven to half nine", "8am till noon"."""
    if piece.weak or piece.day or piece.clock is None or piece.clock.opens:
        return False
    return _TO.fullmatch(gap) is not None or (not gap.strip() and piece.lead in ("till", "til", "until"))


def _window(first: When, opens: Clock, last: When) -> When:
    """ "Between half eight" and "half ten": the window from the one to the other, which ends with the other."""
    closes = replace(last.clock, opens=opens.hour) if last.clock else opens
    return replace(first, span=Span(first.span.start, last.span.end), clock=closes, weak=False)


def _with_lead(text: str, piece: When, since: int) -> When:
    before = _LEAD_BEFORE.search(text, max(since, piece.span.start - 24), piece.span.start)
    if not before:
        return piece
    return replace(piece, lead=before["lead"].lower(), span=Span(before.start("lead"), piece.span.end))


# After "by five", these make it a clock time; anything else ("by five pounds", "at 14 Ash Court") does not.
_COMPANY = re.compile(
    r"\s*(?:$|[.,;:!?)\n–—-](?!\d)|(?:today|tonight|tomorrow|this|on|in|and|so|with|to|if|either|at|sharp"
    r"|that|from|i|i'll|i'm"
    r"|we|we'll|you|you'll|he|he'll|she|they|it|it'll|it's|or|just|for|because|but|when|the|is|as|before"
    r"|unless|myself|what|whichever|once|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|sir|madam|ma'am|mate|pal|hen|love|bud|buddy|please|now|then|your|my|his|her|our|their|when|which|latest"
    r"|local|est|pst"
    r"|gmt|does|do|can|please|whether|till|until|instead|prompt|exactly|about|regarding|re|by|after|too|again|ok|okay"
    r"|who|where|here|there|she's|he's|we're|you're|they're|they'll|that's|there's|no|yes|yeah|aye"
    r"|thanks|cheers|will|won't"
    r"|at the|tops|maximum)\b)",
    re.IGNORECASE,
)


# A named day before "at eleven" leaves less room for doubt: anything but something counted may follow.
_CLOCK_GAP = re.compile(r"\b(?:at|by|before|until|till|til)\s", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"(?!\s*(?:%|percent|pounds?|dollars?|euros?|quid|working|business|days?|hours?|minutes?|mins?|weeks?"
    r"|months?|of|more|other"
    r"|places|people|times|items|orders?|stores|branches)\b)",
    re.IGNORECASE,
)

_DATE_LEADS = frozenset({"by", "on", "before", "until", "till", "from", "no later than", "on or before", "for"})
_REACHING = re.compile(r"\b(?:through|thru|up to|starting)\s+$", re.IGNORECASE)

_SETTLING = re.compile(
    r"\b(?:make (?:it|that)|call it|let's say|(?:on )?the (?:stroke|dot) of|gone)\s+$", re.IGNORECASE
)
_JUST = re.compile(r"\b(?:bang|dead|just)\s+$", re.IGNORECASE)
_SETTLED = re.compile(
    r"(?:\s+o'clock)?(?:\s+(?:it is|it's|works(?! of)|on the dot|sharp|suits)\b|"
    r",?\s+(?:yes|yeah|yep|aye|perfect|grand|lovely|no bother|no problem)\b|\s+then(?=\s*(?:$|[.,!?;–—-])))",
    re.IGNORECASE,
)
_SHARP = re.compile(
    r"\s+(?:on the (?:dot|nose)|(?:sharp|prompt)(?=\s*(?:$|[.,;!?]|(?:and|on|so|to|at)\b)))", re.IGNORECASE
)
_AT_START = re.compile(AT_START, re.IGNORECASE)

_CLOCK_LEADS = frozenset(
    {"by", "from", "before", "b4", "until", "till", "til", "at", "around", "about", "no later than", "not later than"}
)
