"""Passwords and passphrases, said or typed."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.masks import OPAQUE


def passwords(text: str) -> Iterator[Span]:
    """Where the value stands that someone calls their password."""
    yield from _named_after(text)
    for name in _NAME.finditer(text):
        link = _LINK.match(text, name.end())
        if link is None:
            continue
        first = _QUOTED.match(text, link.end()) or _BARE.match(text, link.end())
        if first is None:
            continue
        phrase = bool(name["phrase"])
        of_words = phrase and bool(link["verb"] or link["mark"]) and _is_phrase(text, first)
        if of_words or _is_value(first["value"], said=bool(link["verb"]), typed=bool(link["mark"])):
            yield Span(first.start("value"), _end_of_value(text, first, phrase=phrase))


def _named_after(text: str) -> Iterator[Span]:
    """ "It keeps rejecting Kettle77 which is my password"."""
    for match in _NAMED_AFTER.finditer(text):
        if looks_strong(match["value"]):
            yield Span(*match.span("value"))


def looks_strong(word: str) -> bool:
    """Whether a word is no ordinary word: letters mixed with digits or symbols."""
    bare = word.strip(".,;:!?)(\"'’“”")
    if _ORDINARY.match(bare):
        return False
    has_letter = any(char.isalpha() for char in bare)
    has_digit = any(char.isdigit() for char in bare)
    odd = any(char in "!@#$%^&*_+=~" for char in bare)
    return len(bare) >= _SHORTEST and (has_letter or odd) and (has_digit or odd)


def is_plain_word(word: str) -> bool:
    """Whether a word belongs to ordinary talk about passwords ("wrong", "please", "expired") and is none itself."""
    low = word.strip(".,;:!?)(\"'’“”").lower()
    return not low or low in _TALK or low.replace("’", "'").endswith(("ing", "n't", "'s", "'m", "'ve", "'re", "'ll"))


_SHORTEST = 4
_ORDINARY = re.compile(r"(?:[£$€¥₹][\d.,]+|[\d.,]+%|[\d.,]+[kmg]b|<\w+>|https?:.*|www\..*)$", re.IGNORECASE)
"""An amount, a share, a link: no password, though digits and signs are in it."""
_NAME = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pwd|pword|passwd|pw|(?P<phrase>pass ?phrases?"
    r"|memorable (?:word|phrase|name|answer)|secret (?:word|phrase|answer)|security (?:word|phrase|answer)"
    r"|safe ?word))(?![\w-])",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    rf"(?P<value>[^\s{OPAQUE}]{{4,60}}?),?\s(?:(?:which|that)\s)?(?:is|was|as|for)\s(?:my|the|our"
    rf"|your)\s(?:new\s|current\s|old\s)?(?:pass ?(?:word|code|phrase)|pin)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\s+(?:for|to|on|of|with|there|here)(?:\s+(?:my|the|your|it|this|that|our)\b)?(?:\s+(?!is\b"
    r"|was\b)[\w'-]+){0,3}?)?"
    r"(?:(?P<mark>\s*(?:=|:|->|→|–|—|\s-\s)\s*)"
    r"|(?P<verb>(?:\s+(?:is|was|are|should be|would be|used to be|might be|will be|equals)\b|['’]s\b)"
    r"(?:\s+(?:still|just|now|probably|actually|currently|set to|um+|uh+|like|this))*\s*[:,]?\s*)"
    r"|\s+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"[\"“‘'`](?P<value>[^\"”’'`\n{OPAQUE}]{{2,60}})[\"”’'`]")
_BARE = re.compile(rf"(?P<value>[^\s.,;?:\[({OPAQUE}\"“‘'`][^\s{OPAQUE}]*)")
_NEXT = re.compile(rf"[ \t]+(?P<value>[^\s{OPAQUE}]+)")
_CLAUSE_ENDS = (".", ",", ";", "?", "!", ":")
_MOST_WORDS = 8
_TALK = frozenset(
    """
    a about actually after again all already also always am an and another any anymore anything are as asap asked at
    back bad be because been before being below blank blocked both broken but by came can cannot cant case change
    changed come correct could currently dead did different do does doesnt done dont down due each eight either
    email empty enough ever every exactly expired failed fails fine five for forgotten forgot four from garbage
    given gives go goes gone good got gotten had has hasnt have he hello help her here hers hi his how i id if ill
    im impossible in incorrect information insecure invalid is isnt it its ive just known later less like link
    linked locked log login long lost made manager me mine minimum missing my myself need needed needs never new
    next no none nope not nothing now of off ok okay old on once one only optional or our out over page please
    private problem protected rejected required reset right rubbish safe saved same secret secure sensitive set
    seven she short should simple six so some somehow someone something somewhere soon sorry still stored strong
    stuck stupid such supposed sure ten thank thanks that thats the their them then there these they thing this
    those though three through to today tomorrow too truly two unchanged unknown unless until up updated us use used
    useless username user valid very was wasnt we weak were weird well what whats when where which while who whoever
    why will with without wont work worked works would wrong yes yet you your yours yesterday field box boxes hint
    reminder screen first last second part really rather cheers regards kind dear best details account number
    protection recovery resets policy security hasn doesn isn wasn
    """.split()  # noqa: SIM905 - words read better as words
)


def _is_value(value: str, *, said: bool, typed: bool) -> bool:
    if _ORDINARY.match(value):
        return False
    if looks_strong(value):
        return True
    return (said or typed) and not is_plain_word(value) and not (said and value.lower().endswith("ed"))


def _is_phrase(text: str, first: re.Match[str]) -> bool:
    """ "correct horse battery" is a passphrase, "correct" alone says how it is."""
    after = _NEXT.match(text, first.end("value"))
    return after is not None and first["value"].isalpha() and not is_plain_word(after["value"])


def _end_of_value(text: str, first: re.Match[str], *, phrase: bool) -> int:
    """Where the value ends: after its first word, or for spelled-out and many-word ones with the clause."""
    end, word = first.end("value"), first["value"]
    if first.re is _QUOTED:
        return end
    strong, words = looks_strong(word) and not phrase, 1
    while not word.endswith(_CLAUSE_ENDS) and words < _MOST_WORDS and (after := _NEXT.match(text, end)):
        word = after["value"]
        if is_plain_word(word) and word.lower() not in _SPELLED:
            break
        if strong and len(word.rstrip(".,;:!?")) > 1 and not looks_strong(word):
            break
        end, words = after.end("value"), words + 1
    return end - (len(text[:end]) - len(text[:end].rstrip(".,;:?)\"'”’")))


_SPELLED = frozenset(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "a", "i"))
