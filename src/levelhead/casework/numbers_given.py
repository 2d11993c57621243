"""The numbers of a note: order numbers and references, only where they were surely said whole. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from levelhead.conversation import Fact, FactKind, Heard, Span, Timeline

_MOST_OF_A_KIND = 3


def numbers_given(timeline: Timeline) -> tuple[Fact, ...]:
    """Orders and references in the order of their kinds; the latest of each, no part of another one."""
    found: dict[tuple[FactKind, str], Fact] = {}
    for heard in timeline:
        for fact in (*_read(heard), *_spelt(heard)):
            found.setdefault((fact.kind, _bare(fact.value)), fact)
    every = tuple(found.values())
    whole = [one for one in every if not any(_is_part(one, other) for other in every)]
    return tuple(fact for kind in KINDS for fact in [one for one in whole if one.kind is kind][-_MOST_OF_A_KIND:])


KINDS: Final = (FactKind.ORDER_NUMBER, FactKind.REFERENCE)


def _bare(value: str) -> str:
    return re.sub(r"[\W_]", "", value).casefold()


def _is_part(one: Fact, other: Fact) -> bool:
    mine, its = _bare(one.value), _bare(other.value)
    if mine == its:
        return KINDS.index(one.kind) > KINDS.index(other.kind)
    return mine in its


def _read(heard: Heard) -> Iterator[Fact]:
    text = heard.turn.text
    for fact in heard.reading.facts:
        if fact.kind not in KINDS or _is_torn(text, fact.span):
            continue
        if len(re.findall(r"\d", fact.value)) >= _least(fact) and not _NOT_ONE.search(text[: fact.span.start][-40:]):
            yield fact


def _least(fact: Fact) -> int:
    """How many digits it needs: four alone may be a year, a model or the end of something longer."""
    return _DIGITS + (fact.kind is FactKind.REFERENCE and fact.value.isdigit())


_DIGITS = 4
_NOT_ONE = re.compile(r"\b(?:phone|mobile|call|ring|flat|house|room|card|pin|code|model|street|road)\b", re.IGNORECASE)


def _is_torn(text: str, span: Span) -> bool:
    """Whether more of the number stands beside it, in digits, letters or words."""
    before, after = text[: span.start], text[span.end :]
    return (
        re.search(r"[\w£$€₹][-/.,:]?\Z", before) is not None
        or re.search(rf"\b{_SAID}[\s,-]+\Z", before, re.IGNORECASE) is not None
        or re.match(rf"[-/.,:]?\w|[\s,-]+{_SAID}\b", after, re.IGNORECASE) is not None
    )


_SAID = (
    r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|double|triple|treble|\d+)"
)


def _spelt(heard: Heard) -> Iterator[Fact]:
    """References typed or spelt out: letters and digits, whole, as they were said."""
    text = heard.turn.text
    for pattern in (_TYPED, _SPELT, _NAMED):
        for match in pattern.finditer(text):
            span = Span(*match.span("whole"))
            if not _NOT_ONE.search(text[: span.start][-40:]):
                yield Fact(FactKind.REFERENCE, match["whole"], span)


_TYPED = re.compile(
    r"(?<![\w/.@#-])(?=[A-Z0-9-]*[A-Z])(?=(?:[A-Z-]*\d){4})(?P<whole>[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w/.@-]*\w)"
)
_NAMED = re.compile(
    r"\b(?i:claim|case|ticket|ref(?:erence)?|booking|complaint|policy)(?i: (?:number|no\.?|id|code))?(?i: is)?[\s:#]+"
    r"(?P<whole>(?=[A-Z-]*\d{2})[A-Z]+[A-Z0-9]*(?:-[A-Z0-9]+)*|\d{5,})(?![\w/@-]|[.]\w)"
)
_DIGIT = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|(?:double|triple|treble) \w+|\d)"
_LETTER = r"(?:(?-i:[A-Z])|[b-hj-z](?: for \w+)?)"
_SPELT = re.compile(
    rf"(?<![\w'])(?P<whole>(?:{_LETTER}[\s,.-]+){{1,4}}(?:{_DIGIT}[\s,.-]+){{2,}}{_DIGIT}(?:[ -][b-hj-z])?)(?![\w'])",
    re.IGNORECASE,
)
