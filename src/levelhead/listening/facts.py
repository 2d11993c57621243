"""What was given in a turn that a draft, note or hand-over can stand on. Precision first: a wrong fact does harm."""

import re
from collections.abc import Iterator

from levelhead.conversation import Fact, FactKind, Span, Speaker
from levelhead.listening.fact_amounts import amounts_in
from levelhead.listening.fact_moments import dates_in, times_in
from levelhead.listening.fact_numbers import order_numbers_in, references_in
from levelhead.listening.fact_people import names_in
from levelhead.listening.fact_places import places_in
from levelhead.listening.fact_tried import tried_in


def facts_in(text: str, speaker: Speaker, locale: str) -> tuple[Fact, ...]:
    """The facts in a redacted text, in order and not overlapping; `text[span]` are the very words.

    Placeholders of secrets are never part of a fact. What was tried is heard from customers only, and of an agent's
    "today" nothing is kept: it is how they greet.
    """
    # Same length, so that spans hold; letters, so that nothing is read across the gap.
    seen = _PLACEHOLDER.sub(lambda match: _OPAQUE * len(match[0]), text)
    kept: list[Fact] = []
    for kind, value, span in _found(seen, speaker, locale):
        if _OPAQUE in seen[span.start : span.end]:
            continue
        if all(span.end <= fact.span.start or fact.span.end <= span.start for fact in kept):
            kept.append(Fact(kind, value or text[span.start : span.end], span))
    return tuple(sorted(kept, key=lambda fact: fact.span))


_PLACEHOLDER = re.compile(r"\[[a-z][a-z -]{2,20}\]|<[a-z]+>")
_OPAQUE = "ˑ"


def _found(text: str, speaker: Speaker, locale: str) -> Iterator[tuple[FactKind, str, Span]]:
    """Every finding as (kind, value or '' for the words, span), the surest kinds first."""
    of_customer = speaker is Speaker.CUSTOMER
    numbered = re.search(r"\d", text) is not None
    for value, span in amounts_in(text, locale):
        yield FactKind.AMOUNT, value, span
    for value, span in order_numbers_in(text):
        yield FactKind.ORDER_NUMBER, value, span
    for value, span in references_in(text):
        yield FactKind.REFERENCE, value, span
    for span in times_in(text, numbered=numbered):
        yield FactKind.TIME, "", span
    for span in dates_in(text, greeting=not of_customer):
        yield FactKind.DATE, "", span
    for span in names_in(text, of_customer=of_customer):
        yield FactKind.NAME, "", span
    for span in places_in(text):
        yield FactKind.PLACE, "", span
    if of_customer:
        for span in tried_in(text):
            yield FactKind.TRIED, "", span
