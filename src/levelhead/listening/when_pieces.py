"""Pieces that several ways of saying when are made of."""

import re
from collections.abc import Callable

from levelhead.conversation import Span
from levelhead.listening.when import When

Build = Callable[[re.Match[str]], When | None]
Rule = tuple[str, Build]
"""A way of saying when: its pattern (case is ignored) and what a match of it means."""

NOWHERE = Span(0, 0)
"""Where a `When` stands until its place in the text is known."""

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Short names are words too ("she sat", "the sun"), so they have to be written as names.
WEEKDAY = (
    rf"(?:(?:{'|'.join(_DAYS)})|(?-i:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b"
    r"|(?:tues|weds|thurs?)\b"
    r"|(?:(?<=\bon )|(?<=\bby )|(?<=\btil )|(?<=till )|(?<=until )|(?<=before )|(?<=\bnext ))(?:mon|tue|wed|thu|fri)\b"
    r"|(?:(?<=\bby )|(?<=\btil )|(?<=till )|(?<=until )|(?<=\bnext ))sat\b)"
)
MINUTES = (
    r"(?:\d{2}|oh five|five|ten|fifteen|twenty(?:[ -]five)?|thirty(?:[ -]five)?"
    r"|forty(?:[ -]five)?|fifty(?:[ -]five)?)"
)
HALF_DAY = r"(?P<half>[ap]\.?\s?m\b\.?)"
HOUR = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
WEEKS = r"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}) weeks?|(?:a )?fortnight)"
BOOKED = r"(?:slot|window|appointment|visit|delivery|booking|run|van|flight|train|bus|coach|ferry|sailing|service|call)"
"""What is named by its time of day: "the six o'clock van tomorrow"."""
TOMORROW = r"(?:tomorrow|tomorra|tomoz|tmrw|tmr|tmw|tmoro|tomoro|2moro|2morrow|2mro)"
# "The night before six" names a clock time.
NO_CLOCK = rf"(?! (?:\d|{HOUR}\b|half\b|quarter\b|noon|midnight))"
UNIT = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?)"

_FILLERS = (
    r"ok|okay|right|righto|so|and|grand|lovely|smashing|perfect|great|good|sure|yes|yeah|yep|aye|no bother|no problem"
    r"|fine|cool|brilliant|champion|alright|all right|deal|done|sounds good|super|sorted|excellent|sound|magic|ta"
    r"|thanks|well|then"
)
AT_START = rf"(?:(?:^|[.,!?;:\n–—-])\s*|\b(?:{_FILLERS})\s+)$"
"""What stands before words with which something begins, be it after a greeting or an "okay"."""
BEGINS = r"(?:^|(?<=[.!?;:,] )|(?<=\n)|(?<=\bokay )|(?<=\bok )|(?<=\bright )|(?<=\bgrand )|(?<=\blovely )|(?<=\byeah ))"
"""A place where something begins, as a pattern that takes no room."""
UNIT_OF_CLOCK = r"(?:min(?:ute)?s?|hours?|hrs?)"
