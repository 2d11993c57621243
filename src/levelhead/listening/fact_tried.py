"""What a customer says they have tried themselves, so that nobody suggests it again."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def tried_in(text: str) -> Iterator[Span]:
    """What was tried, without its "I": "restarted it twice", "already reset the router", "called three times"."""
    for match in _TRIED.finditer(text):
        if _NOT_TRIED.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        words = _clause(match["what"])
        if len(words.split()) > 1 and not _NO_ATTEMPT.search(match["what"]):
            yield Span(match.start("what"), match.start("what") + len(words))


_DID = (
    r"tried|restarted|rebooted|reset|unplugged|re-?installed|reconnected|uninstalled|power[ -]cycled|replugged"
    r"|re-?entered|factory[ -]reset|turned (?:it|the \w+|everything) off|switched (?:it|the \w+|everything) off"
    r"|cleared (?:the|my) (?:cache|cookies|history)|logged out|signed out|resent|resubmitted"
    r"|looked (?:under|in|on|through|everywhere|for it)|checked (?:the|my|under|in|with|everywhere)|searched|googled"
    r"|followed (?:the|your|all|every)"
)
_REACHED = (
    r"called|rung|rang|phoned|emailed|e-mailed|written|wrote|messaged|contacted|texted|asked|spoken|spoke|visited"
    r"|been (?:in touch|on|to|through|back)|complained|reported|sent|uploaded|chased|explained|filled|tweeted|dm['’]?d"
    r"|dmed|chatted|did (?:that|this|it)|done (?:that|this|it)"
)
_OFTEN = (
    r"(?:twice|(?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|many|multiple|countless|a few|a couple of)"
    r" times|\d+x|every (?:day|week|morning))"
)
_ADVERB = r"(?:(?:already|just|also|even|now|only|literally|since|both|have|personally) )*"
_CLAUSE = r"[^.,;:!?\n]"
_TRIED = re.compile(
    r"(?:\b(?:(?:i|we)(?:['’]ve| have|['’]d)?|ive) |(?:^|(?<=[.,;!?\n] )|(?<=\n)|(?<=\band )))"
    rf"(?P<what>{_ADVERB}(?:(?:{_DID})\b{_CLAUSE}{{0,70}}"
    rf"|(?<=already )(?:{_REACHED})\b{_CLAUSE}{{2,70}}"
    rf"|(?:{_REACHED})\b{_CLAUSE}{{0,40}}? (?:{_OFTEN}|already)\b))",
    re.IGNORECASE,
)
_NOT_TRIED = re.compile(r"\b(?:if|when|unless|should|until|once|have|you|they|he|she|who|not|never)\s$", re.IGNORECASE)
_NO_ATTEMPT = re.compile(
    r"tried to (?:be|stay|understand|charge|say|sell|fob|\w+ you)\b|\breset my mind", re.IGNORECASE
)
_MOST_WORDS = 10
# In speech without commas a new subject or a verb of its own starts the next clause.
_NEXT_CLAUSE = frozenset(
    """
    but because cause so yet which when if or while i i'm i've we they they're he she you it's its it'll that's
    cannot nothing nobody still now then
    """.split()  # noqa: SIM905 - words read better as words
)
_DID_WORD = re.compile(r"\w+ed|unplugged|rang|rung|reset|wrote|sent|turned|switched", re.IGNORECASE)


def _clause(words: str) -> str:
    """The words up to the end of their clause, at most ten."""
    kept = words.split(" ")[:_MOST_WORDS]
    for place in range(1, len(kept)):
        word = kept[place].lower().replace("’", "'")
        ends = word == "and" and not (place + 1 < len(kept) and _DID_WORD.fullmatch(kept[place + 1]))
        if ends or word.endswith("n't") or word == "till" or (word in _NEXT_CLAUSE and place > 1):
            return " ".join(kept[:place]).rstrip(" -–")
    return " ".join(kept).rstrip(" -–")
