"""What a rewrite may not lose or invent: numbers, amounts, dates, times, names, references and links."""

import re
from typing import NamedTuple

from levelhead.advising.draft_text import DraftText
from levelhead.conversation import Span

GAP = re.compile(r"\[[^\]\n]*\]")
_NUMBERED = re.compile(r"[^\s,;()\"“”\[\]]*\d[^\s;()\"“”\[\]]*")
_LINKED = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+|\b[\w-]+\.(?:com|org|net|co\.uk|uk|example|gov|io)\b\S*"
)
_WORDED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|november"
    r"|december|today|tonight|tomorrow|yesterday|noon|midday|midnight|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|dozen)\b|\b(?-i:March|May)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-ZÀ-Þ][\w'-]*")
# Capitals in the middle of a sentence that name nobody.
_NOBODY = frozenset(
    (
        *("i", "i'm", "i'd", "i'll", "i've", "mr", "mrs", "ms", "miss", "sir", "madam", "ma'am", "dear", "hi", "hello"),
        *("valued", "customer", "guest", "member", "client", "parent", "applicant", "passenger"),
        *("kindly", "please", "unfortunately", "sorry", "asap"),
    )
)
_EDGES = ".,:;!?'\"’”-–"


class Token(NamedTuple):
    """A word that carries a fact, in lower case, and where it stands."""

    word: str
    span: Span


def fact_tokens(draft: DraftText, jargon: frozenset[str] = frozenset(), span: Span | None = None) -> tuple[Token, ...]:
    """Every word that carries a fact, in the draft or just around `span`; `jargon` may be said in other words."""
    text = GAP.sub(lambda gap: " " * len(gap.group()), draft.plain)
    start, end = (0, len(text)) if span is None else _whole_words(text, span)
    found = [_token(match) for pattern in (_LINKED, _NUMBERED, _WORDED) for match in pattern.finditer(text, start, end)]
    found += [_token(match) for match in _NAMED.finditer(text, start, end) if _is_name(match, draft, jargon)]
    return tuple(token for token in found if token.word)


def keeps_facts(draft: DraftText, span: Span, instead: str, known: frozenset[str], jargon: frozenset[str]) -> bool:
    """Whether `instead` says every fact of the span it replaces, and no fact that neither the draft nor `known` has."""
    near = fact_tokens(draft, jargon, span)
    said = instead.lower().replace("’", "'")
    if any(token.word not in said for token in near if token.span.start < span.end and span.start < token.span.end):
        return False
    new = {token.word for token in fact_tokens(DraftText.of(instead), jargon)} - known
    return not new or new <= {token.word for token in fact_tokens(draft, jargon)}


def _whole_words(text: str, span: Span) -> Span:
    start = text.rfind(" ", 0, span.start) + 1
    end = text.find(" ", span.end)
    return Span(start, len(text) if end < 0 else end)


def _token(match: re.Match[str]) -> Token:
    return Token(match.group().strip(_EDGES).lower(), Span(match.start(), match.end()))


def _is_name(match: re.Match[str], draft: DraftText, jargon: frozenset[str]) -> bool:
    word = match.group().strip(_EDGES).lower()
    return word not in _NOBODY and word not in jargon and not draft.opens_sentence(match.start())
