"""Single words that a customer may stumble over: inside words, unknown acronyms, capitals that shout."""

import re
from collections.abc import Iterator

from levelhead.advising.draft_customer import CustomerSoFar
from levelhead.advising.draft_rules import Mending, replaced
from levelhead.advising.draft_text import DraftText, fitted
from levelhead.advising.draft_wording import DraftWording
from levelhead.conversation import Span

_CAPITALS = re.compile(r"(?<![\w^*>~-])[A-Z]{2,6}s?(?![\w-])(?!/)")
_SHOUT = re.compile(r"\b[A-Z][A-Z']+(?:[ ,]+(?:[A-Z][A-Z']+|I|A))+\b")
_SHOUTED_WORDS = 2
_LONG = 3
_NEXT_TO_CAPITALS = re.compile(r"\b[A-Z]{2,6} $")
_CAPITALS_NEXT = re.compile(r" [A-Z]{2,6}\b")


def by_jargon(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """Inside words with a plain one, and capitals that neither everybody nor this customer knows."""
    jargon, seen = wording.jargon, set[str]()
    for match in jargon.find_plain.finditer(draft.plain):
        word = match["word"]
        if word.lower() in seen or _said(word, customer):
            continue
        seen.add(word.lower())
        plain = jargon.plain[word.lower()]
        reason = jargon.reason.format(word=word, plain=f"“{plain}”")
        yield replaced("jargon", Span(*match.span()), draft, reason, _in_plain_words(match, plain, draft))
    if not _written_in_capitals(draft):
        yield from _unknown_capitals(draft, customer, wording, seen)


def by_shouting(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """Words in capitals where they are not a name for something."""
    known = wording.jargon.known | wording.shouting_keep
    for match in _SHOUT.finditer(draft.plain):
        words = [word for word in re.findall(r"[A-Z']+", match.group()) if len(word) >= _LONG]
        if len(words) < _SHOUTED_WORDS or all(word in known for word in words):
            continue
        span = Span(match.start(), match.end())
        quiet = re.sub(r"[A-Z']+", lambda word: _quiet(word.group(), customer, known), match.group())
        yield replaced("shouting", span, draft, wording.shouting, fitted(quiet, draft, span.start))


def _said(word: str, customer: CustomerSoFar) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", customer.said, re.IGNORECASE) is not None


def _in_plain_words(match: re.Match[str], plain: str, draft: DraftText) -> str | None:
    # "the RMA SOP" can't be said word by word.
    if _NEXT_TO_CAPITALS.search(draft.plain[: match.start()]) or _CAPITALS_NEXT.match(draft.plain, match.end()):
        return None
    if match["article"]:
        plain = ("an " if plain[0] in "aeiou" else "a ") + plain
    return fitted(plain, draft, match.start())


def _unknown_capitals(
    draft: DraftText, customer: CustomerSoFar, wording: DraftWording, seen: set[str]
) -> Iterator[Mending]:
    for match in _CAPITALS.finditer(draft.plain):
        word = match.group()
        bare = word.removesuffix("s")
        if bare in wording.jargon.known or word.lower() in seen or bare in wording.shouting_keep:
            continue
        if _said(word, customer) or _said(bare, customer) or _is_explained(match, draft):
            continue
        seen.add(word.lower())
        reason = wording.jargon.unknown.format(word=word)
        yield replaced("jargon", Span(match.start(), match.end()), draft, reason, None)


def _is_explained(match: re.Match[str], draft: DraftText) -> bool:
    # "plan of action (POA)", a part of a reference ("HB-30917", "CO 22"), initials under a letter, a code to type.
    around = draft.plain[max(0, match.start() - 2) : match.start()], draft.plain[match.end() : match.end() + 2]
    return (
        "(" in around[0]
        or around[0].endswith(("-", "#", "/", '"', "'", "&", "@"))
        or bool(re.match(r"[\s-]?\d|[&/]", around[1]))
    )


def _written_in_capitals(draft: DraftText) -> bool:
    letters = [letter for letter in draft.text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) > len(letters) / 2


def _quiet(word: str, customer: CustomerSoFar, known: frozenset[str]) -> str:
    if word in known or word == "I":
        return word
    low = word.lower()
    if low in {"i'm", "i'll", "i've", "i'd"} or low in (name.lower() for name in customer.names) or low in _DAYS:
        return low.capitalize()
    return low


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
