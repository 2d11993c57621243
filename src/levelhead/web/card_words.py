"""What cards say to whoever answers, in the language of the page: headlines, and why it is quiet.

The sentence to say stays in the customer's language. What a team or a tenant has worded otherwise stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from levelhead import packs
from levelhead.conversation import Card
from levelhead.conversation.languages import AMERICAN, BRITISH
from levelhead.web.words import Words

_PLACE = re.compile(r"\\\{(\w+)\\\}")


def in_language(card: Card | None, words: Words) -> Card | None:
    """The card with its headline in the language of the page."""
    return None if card is None else replace(card, title=told(card.title, words))


def told(said: str, words: Words) -> str:
    """A headline or a reason of the English packs in the language of the page; anything else as it is."""
    if words.locale in (BRITISH, AMERICAN):
        return said
    known, forms = _told_in(words.locale)
    if said in known:
        return known[said]
    for form, other in forms:
        if found := form.fullmatch(said):
            return other.format(**found.groupdict())
    return said


@cache
def _told_in(locale: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """What is said alike each time, and what has places to fill."""
    pairs = dict(_pairs(locale))
    fixed = {ours: theirs for ours, theirs in pairs.items() if "{" not in ours}
    forms = ((_form(ours), theirs) for ours, theirs in pairs.items() if "{" in ours)
    return fixed, tuple(forms)


def _pairs(locale: str) -> Iterator[tuple[str, str]]:
    theirs = packs.load(locale)
    titles = {phrase.name: phrase.title for phrase in theirs.phrases}
    for english in (AMERICAN, BRITISH):
        ours = packs.load(english)
        yield from ((phrase.title, titles[phrase.name]) for phrase in ours.phrases if phrase.name in titles)
        yield from ((said, theirs.quiet[reason]) for reason, said in ours.quiet.items())


def _form(text: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(text)))
