"""National identity numbers that have a shape of their own, or a word beside them that says so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from levelhead.conversation import Span
from levelhead.privacy.digits import DigitRun
from levelhead.privacy.kinds import Found, SealedKind


def national_ids_in(text: str, runs: Sequence[DigitRun]) -> Iterator[Found]:
    """National Insurance and social security numbers, driving licences, and what is called by its name."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            yield _found(*match.span(), match[0])
    for named in _NAMED:
        for label in named.label.finditer(text):
            worded = named.worded.match(text, label.end()) if named.worded else None
            if worded:
                yield _found(*worded.span("id"), worded["id"])
                continue
            run = next((run for run in runs if 0 <= run.start - label.end() <= _REACH), None)
            if run and len(run.digits) in named.digits and _LINK.fullmatch(text, label.end(), run.start):
                yield _found(run.start, run.end, run.digits)


class _Named(NamedTuple):
    """A number known by its name: how many digits it has, or how it is written where letters belong to it."""

    label: re.Pattern[str]
    digits: frozenset[int]
    worded: re.Pattern[str] | None = None


_SHAPES = (
    # National Insurance (HMRC, NIM39110): no D, F, I, Q, U, V first, no O second, some pairs never given out.
    re.compile(
        r"(?<![A-Za-z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?"
        r"(?:\d{2}[ -]?){3}[A-D](?![A-Za-z0-9])",
        re.IGNORECASE,
    ),
    # Social security (SSA): no area 000, 666 or 9xx; with 9xx and its own middle it is a taxpayer's number (IRS).
    re.compile(r"(?<![\d-])(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"),
    # British driving licence (DVLA): surname, date of birth in disguise, initials, check.
    re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d{2}[A-Z9]{2}\d[A-Z]{2}(?![A-Za-z0-9])"),
)
_LINKS = r"\W*(?:(?:number|no|num|is|was|it's|its|the|my|that|card|um+|uh+|ends?|in)\b\W*){0,5}"
_LINK = re.compile(_LINKS, re.IGNORECASE)
_MIXED = re.compile(rf"{_LINKS}(?P<id>(?=[A-Z]{{0,3}}\d{{5}})[A-Z0-9]{{7,10}})(?!\w)", re.IGNORECASE)
_NAMED = (
    _Named(re.compile(r"\b(?:ssn|social security|itin|tax(?:payer)? id)\b", re.IGNORECASE), frozenset({9})),
    _Named(re.compile(r"\b(?:nhs|health) (?:number|no)\b", re.IGNORECASE), frozenset({10})),
    _Named(re.compile(r"\b(?:sin|social insurance)\b", re.IGNORECASE), frozenset({9})),
    _Named(re.compile(r"\baadhaa?r\b", re.IGNORECASE), frozenset({12})),
    _Named(re.compile(r"\b(?:pps|ppsn|pps number)\b", re.IGNORECASE), frozenset(), _MIXED),
    _Named(re.compile(r"\bpassport\b", re.IGNORECASE), frozenset({8, 9}), _MIXED),
    _Named(re.compile(r"\bdriv(?:er'?s|ing) licen[cs]e\b", re.IGNORECASE), frozenset({7, 8, 9}), _MIXED),
    _Named(re.compile(r"\bid (?:number|card)\b", re.IGNORECASE), frozenset({11, 13})),
)
_REACH = 40


def _found(start: int, end: int, value: str) -> Found:
    return Found(SealedKind.NATIONAL_ID, Span(start, end), re.sub(r"[^A-Z0-9]", "", value.upper()))
