"""Who answered a conversation, as they gave their names. Pure."""

import re

from levelhead.casework.quoting import Quote
from levelhead.conversation import Move, Speaker, Timeline


def introduced(timeline: Timeline) -> tuple[Quote, ...]:
    """How those who answered gave their names, in their words: said at the beginning, or signed at the end."""
    found = list[Quote]()
    for heard in timeline:
        if heard.turn.speaker is Speaker.CUSTOMER:
            continue
        greets = heard.reading.shows(Move.GREET) and _GREETING.search(heard.turn.text)
        match = greets or _NAMED.search(heard.turn.text) or (not found and _THROUGH_TO.search(heard.turn.text))
        said = ((match.groupdict().get("said") or match.group()) if match else None, _signed(heard.turn.text))
        for words in (one for one in said if one):
            name = frozenset(words.casefold().strip("^").split()) - _AROUND
            if name and not any(name & frozenset(other.words.casefold().strip("^").split()) for other in found):
                found.append(Quote(heard.turn.n, words))
    return tuple(found[:_MOST])


def _signed(text: str) -> str | None:
    """The name below a mail, or at the end of a post."""
    if (mark := _MARK.search(text)) is not None:
        return mark.group()
    below = [line.strip() for line in text.strip().split("\n") if line.strip()][1:][-2:]
    return next((line for line in below if SIGNATURE.fullmatch(line) and line.casefold() not in _PARTING), None)


_MOST = 4
_AROUND = frozenset(
    (
        *(
            "my",
            "name",
            "is",
            "name's",
            "this",
            "here",
            "speaking",
            "talking",
            "through",
            "to",
            "with",
            "you're",
            "you",
        ),
        *("got", "me", "i'm", "i", "am", "the", "mr", "mrs", "ms", "miss", "dr", "mr.", "mrs.", "ms.", "dr."),
    )
)
_PARTING = frozenset({"regards", "best", "thanks", "cheers", "sincerely", "kind regards", "best regards"})
_MARK = re.compile(r"\^[A-Z][A-Za-z]+(?=\W*\Z)")
SIGNATURE = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][a-z'’]+(?:[ -][A-Z][\w'’.]*){0,2}")
"""A line that is a name and nothing else."""
_NO_NAME = (
    r"(?!(?:the|an?|not|it|all|what|how|about|your|our|my|for|to|going|because|so|in|on|at|just|really|very|sorry"
    r"|here|happy|glad|calling|looking|reading|afraid|sure|with|of|no|one|that|this|and|customer|support|now)\b)"
)
_TITLE = r"(?:(?i:mr|mrs|ms|miss|dr|doctor)\.? )?"
_NAMED = re.compile(
    rf"\b(?i:my name is|my name's) {_NO_NAME}{_TITLE}\w+"
    rf"|\b(?i:this is) {_NO_NAME}{_TITLE}[A-Z][a-z]+(?=[\s,.!]|$)"
    r"|\b[A-Z][a-z]+ speaking\b"
    rf"|\b(?:I'm|I am) {_NO_NAME}{_TITLE}[A-Z][a-z]+(?: [A-Z][a-z]+(?=[,.])|(?=, (?:the|your|one of)\b))"
    rf"|\b{_NO_NAME}[A-Z][a-z]+ here\b(?=[,.!]|$)"
)
_GREETING = re.compile(
    rf"\b(?:my name is|my name's|this is|you're (?:speaking|talking|chatting) (?:to|with)|you(?:'ve)? got me)"
    rf" {_NO_NAME}(?!(?-i:[A-Z]{{3,}}\b)){_TITLE}\w+"
    r"|\b\w{3,} speaking\b(?! to| with)"
    rf"|(?-i:\bI'm {_NO_NAME}{_TITLE}[A-Z][a-z]+\b|\b[A-Z][a-z]+ here\b)",
    re.IGNORECASE,
)
_THROUGH_TO = re.compile(
    rf"\b(?i:you're through to) {_NO_NAME}(?:[A-Z][a-z]+(?=\s*[,.!\n]|\Z)|\w+(?= (?:on|in|at|from)\b))"
    rf"|\b(?i:hi|hello|hey|there|morning|afternoon|evening)\W+(?P<said>(?i:it's) {_NO_NAME}{_TITLE}(?!\w+day\b)"
    r"[A-Z][a-z]+(?= from\b|[,.!]))"
)
"""How they give it where nobody did before: of a firm there are more words."""
NAMES_THEMSELVES = re.compile(
    rf"\b(?i:my name is|my name's|the name's) {_NO_NAME}{_TITLE}\w+"
    rf"|\b(?i:this is|it's|it is|i'm|i am) {_NO_NAME}{_TITLE}[A-Z][a-z]+(?: [A-Z][\w'’-]+| here)?(?=\s*[,.!;]|$| from)"
    r"|\b[A-Z][a-z]+ (?:speaking|here)\b"
)
"""How a customer gives their name, or signs."""
