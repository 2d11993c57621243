"""Who answered a conversation, as they gave their names. Pure."""

import re

from levelhead.casework.quoting import Quote
from levelhead.conversation import Move, Speaker, Timeline


def introduced(timeline: Timeline) -> tuple[Quote, ...]:
    """How those who answered gave their names, in their words."""
    found: dict[str, Quote] = {}
    for heard in timeline:
        if heard.turn.speaker is Speaker.CUSTOMER:
            continue
        greets = heard.reading.shows(Move.GREET) and _GREETING.search(heard.turn.text)
        match = greets or _NAMED.search(heard.turn.text)
        if match:
            found.setdefault(match.group().casefold(), Quote(heard.turn.n, match.group()))
    return tuple(found.values())[:2]


_NO_NAME = (
    r"(?!(?:the|an?|not|it|all|what|how|about|your|our|my|for|to|going|because|so|in|on|at|just|really|very|sorry"
    r"|here|happy|glad|calling|looking|reading|afraid|sure|with|of|no|one|that|this|and|customer|support|now)\b)"
)
_TITLE = r"(?:(?i:mr|mrs|ms|miss|dr|doctor)\.? )?"
_NAMED = re.compile(
    rf"\b(?i:my name is|my name's) {_NO_NAME}{_TITLE}\w+"
    rf"|\b(?i:this is) {_NO_NAME}{_TITLE}[A-Z][a-z]+(?=[\s,.!]|$)"
    r"|\b[A-Z][a-z]+ speaking\b"
)
_GREETING = re.compile(
    rf"\b(?:my name is|my name's|this is|you're (?:speaking|talking) (?:to|with)) {_NO_NAME}{_TITLE}\w+"
    r"|\b\w{3,} speaking\b(?! to| with)"
    rf"|(?-i:\bI'm {_NO_NAME}{_TITLE}[A-Z][a-z]+\b|\b[A-Z][a-z]+ here\b)",
    re.IGNORECASE,
)
