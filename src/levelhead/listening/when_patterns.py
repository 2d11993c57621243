"""The ways of saying when: one small pattern for each; of two that match the same words the first counts."""

import re

from levelhead.listening.when_meaning import event, loose_zone, vague, zone
from levelhead.listening.when_patterns_clocks import CLOCKS
from levelhead.listening.when_patterns_days import DAYS
from levelhead.listening.when_patterns_lengths import LENGTHS
from levelhead.listening.when_pieces import Rule
from levelhead.listening.when_zones import LOOSE_ZONE, ZONE

_UNBOUND: tuple[Rule, ...] = (
    (r"\b(?:on|with|by|in|off|against|from|onto) (?:the|your) next (?:bill|invoice|statement|payslip|run)\b", event),
    (
        r"\b(?:as soon as|the (?:minute|moment|same day)|the day) (?=(?:i|you|he|she|it|they|we|the|your"
        r"|that)(?:'s|'re|'ve)?\b)",
        event,
    ),
    (
        r"\b(?:as soon as (?:possible|i (?:can|have|hear|know)|(?:he|she|they|we|it)(?:'s|'re| is| are"
        r"| can)(?: available)?)|asap|a\.s\.a\.p"
        r"|(?:very |really )?soon(?:est)?|(?:very )?shortly(?! (?:after|before)\b)|in due course|as early as possible"
        r"|at some point|in no time"
        r"|at (?:their|his|her|our|the) earliest convenience|in (?:the next|a) (?:little while|bit)"
        r"|straight after|when(?:ever)? available"
        r"|(?:when|once) (?:there's|there is) (?:an update|news|any news)|whenever (?:he|she|they) gets? a chance"
        r"|(?:once|when) i(?:'ve)? (?:hear|know|heard)|in the (?:next few|coming) (?:days|weeks|hours)"
        r"|(?:in )?a few (?:days|weeks|hours|minutes)|early next week)\b",
        vague,
    ),
)
"""Bound to something without a date, or to nothing."""

PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (*DAYS, *LENGTHS, *CLOCKS, (ZONE, zone), (LOOSE_ZONE, loose_zone), *_UNBOUND)
)
