"""What is held, or not done, until something has happened: "the old card stays live until the new one comes".

No date is named: the words of the event are the due words, and no moment is bound to them.
"""

from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.listening.commitment_words import worded


def held_until(text: str) -> Iterator[tuple[Span, Span]]:
    """What is held or not done, as it is said, and the words of the event that it lasts until."""
    for event in _UNTIL.finditer(text):
        since = max(0, event.start() - _BEFORE)
        since = max((stop.end() for stop in _STOP.finditer(text, since, event.start())), default=since)
        held = _HOLDS.search(text[since : event.start()])
        if held and _AGAINST.search(text, since, event.end()) is None:
            yield Span(since, event.start()), Span(*event.span())


# The agent's own looking things up is a wait on the line ("stay with me while I check"), none to be kept to.
_LOOKING = (
    r"(?:i(?:'m)?|we(?:'re)?|he|she|they|you|it) (?:look|check|get|pull|find|do|see|ask|grab|speak|talk|put|bring"
    r"|try|read"
    r"|type|wait|call|open|go|take|just|can|could|transfer|connect|confirm|verify|search|fetch|know|hear|\w+ing|am)"
)
_UNTIL = worded(
    rf"\b(?:till?|until|while|(?:for )?as long as) (?!{_LOOKING}\b|you (?:like|want|need|tell)\b)(?:i|you|he|she"
    rf"|it|they|we|this|that|the|your|our"
    r"|his|her)(?:'s|'re|'ve)? [^.,;:!?\n]{1,60}"
)
_HOLDS = worded(
    r"\b(?:(?:i|we|he|she|they)(?:'ll| will|'m|'re| am| are)?|(?:your|the|our|his|her) (?:\w+ ){1,3}?(?:will )?)"
    r" ?(?:stay(?:s|ing)? (?!on the line|on\s*$|there|put|here|with (?:you|him|her)|open\b)|(?:keep|hold)(?:s"
    r"|ing)? (?!trying|looking|on\b|going|you on hold))"
    r"|\b(?:nobody|no one|nothing|none of us)(?:'s| is| will|'ll| gets?)? (?=\w)(?!is\b|will\b|know"
    r"|can\b|could\b|told\b|said\b|to\b)"
    r"|\b(?:i|we)(?:'m| am|'re| are) not (?!sure|able|allowed|certain|aware)\w+ing\b"
    r"|\b(?:i|we)(?:'ll not| won't| will not| shan't| shall not) (?!be able|know|have|get|see)\w+"
    r"|\byou(?:'ve got| have got|'ve| keep|'ll keep) (?:the|a|our|my) \w+\W*$"
)
_AGAINST = worded(
    r"\b(?:can|can't|cannot|could|might|may|would|wouldn't|should|if|unless|please|hope|was|were|had|did|said|told"
    r"|you need"
    r"|you must|usually|normally|don't|do|does|why)\b"
)
_STOP = worded(r"[.!?;:\n](?:\s|$)")
_BEFORE = 70  # Characters.
