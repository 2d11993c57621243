"""E-mail addresses, written or spoken."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.kinds import Found, SealedKind


def emails_in(text: str) -> Iterator[Found]:
    """Every address: "jane.doe@example.org", "jane dot doe at gmail dot com"."""
    if "@" in text:
        for match in _WRITTEN.finditer(text):
            yield Found(SealedKind.EMAIL, Span(*match.span()), match[0])
    if _MAYBE_SPOKEN.search(text):
        for match in _SPOKEN.finditer(text):
            if _is_meant(text, match):
                yield Found(SealedKind.EMAIL, Span(match.start("local"), match.end()), _written(match))


# Lengths are bounded (RFC 5321, 4.5.3.1: 64 and 255), so that no text makes the search slow.
_WRITTEN = re.compile(r"(?<![\w.+-])[\w][\w.+%'-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?<!\.)(?![\w@])")
_MAYBE_SPOKEN = re.compile(r"\bat\s+[\w-]+(?:\s+[\w-]+)?\s+dot\s", re.IGNORECASE)
_NUMBER = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|\w+teen|\w+ty)"
_JOIN = r"\s+(?:dot|point|underscore|dash|hyphen)\s+"
_SPOKEN = re.compile(
    rf"(?<![\w'’])(?P<local>(?:[a-z]\s+){{0,3}}[\w-]{{1,30}}(?:{_JOIN}[\w-]{{1,30}}){{0,4}}(?:\s+{_NUMBER}){{0,8}})\s+at\s+"
    r"(?P<domain>[\w-]{1,30}(?:\s+[\w-]{1,30})?(?:\s+dot\s+[a-z]{2,10}){1,3})\b",
    re.IGNORECASE,
)
# "I looked at argos dot com" is a shop; these are where people have their mail.
_PROVIDER = re.compile(
    r"(?:g ?mail|google ?mail|hot ?mail|outlook|yahoo|y ?mail|i ?cloud|live|msn|aol|me|mac|proton ?mail"
    r"|bt ?internet|sky|virgin ?media|talk ?talk|comcast|verizon|fast ?mail)\s+dot\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"\be-?mails?\b|\baddress(?: is|'s)\b", re.IGNORECASE)
_CUE_REACH = 60
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {word: str(value) for value, word in enumerate(_ONES)}
_SIGNS |= {"oh": "0", "dot": ".", "point": ".", "underscore": "_", "dash": "-", "hyphen": "-"}


def _is_meant(text: str, match: re.Match[str]) -> bool:
    if _PROVIDER.match(match["domain"]):
        return True
    return _CUE.search(text, max(0, match.start() - _CUE_REACH), match.start()) is not None


def _written(match: re.Match[str]) -> str:
    """As it is typed; words between are run together."""
    local, domain = (
        "".join(_SIGNS.get(word.lower(), word) for word in match[part].split()) for part in match.re.groupindex
    )
    return f"{local}@{domain}".lower()
