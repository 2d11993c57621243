"""Which words say no more than thanks and goodbye. Pure."""

import re

from levelhead.casework.deed_words import LEADS


def is_goodbye(text: str) -> bool:
    """Whether it says no more than thanks and goodbye."""
    return words_beside(text) == 0


def words_beside(text: str) -> int:
    """How many words it has beside thanks, goodbyes and the small words that go with them."""
    return len(_BYE.sub(" ", LEADS.sub("", text)).split())


_BYE = re.compile(
    r"\b(?:thank(?:s| you)?|you|cheers|ta|bye|goodbye|very|so|much|again|ok(?:ay)?|all|right|alright|then|have|a|good"
    r"|nice|great|lovely|day|evening|weekend|night|too|and|for|your|help|that's|it|take|care|see|ya|now|yes|no|yeah"
    r"|well|oh|perfect|brilliant|cool|fine|bless|love|mate|sir|madam|ma'am|the|same|to|i'll|wait|hold|on|done|sure|one"
    r"|moment|sec|welcome|you're|bother|problem|anything|else|is|there|was|with|can|i|help|regards|kind|dear|best"
    r"|sincerely|enjoy|rest|of)\b|[^\w\s]|_|\b(?-i:[A-Z])[\w.]*",
    re.IGNORECASE,
)
