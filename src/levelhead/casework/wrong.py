"""What went wrong, as far as the readings and the customer's own words say so; where that is not clear, a question.

A wrong is proposed only with words that point to it. Two that are as likely are never guessed between.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from levelhead.casework.item import Evidence
from levelhead.casework.money import Currency
from levelhead.casework.remedy_options import Facts
from levelhead.casework.remedy_pack import Remedies, Wrong
from levelhead.conversation import Cue, FactKind, Heard, Speaker, Timeline

_WORDS, _ISSUE, _CAUSE, _CUE = 4, 2, 1, 1
"""What each pointer weighs: words say it, an issue is read from them, a cause and a cue only fit."""
_LEADS: Final = 2
"""How far one has to lead before another that has words too: a cause alone decides nothing between them."""
_MOST_ASKED: Final = 4


@dataclass(frozen=True, slots=True)
class Recognised:
    """`wrong` is the key that the pack has, None while not clear; `among` are those to ask about, likeliest first."""

    wrong: str | None
    evidence: tuple[Evidence, ...] = ()
    among: tuple[str, ...] = ()


def recognised(pack: Remedies, timeline: Timeline) -> Recognised:
    """What went wrong in this conversation. The words of the evidence are the customer's, as they were kept."""
    found = {key: tuple(_evidence(wrong, timeline)) for key, wrong in pack.wrongs.items()}
    weights = {key: _weight(wrong, timeline, bool(found[key])) for key, wrong in pack.wrongs.items()}
    likely = sorted((key for key, weight in weights.items() if weight > _CAUSE), key=lambda key: -weights[key])
    if not likely:
        return Recognised(None, among=tuple(pack.wrongs))
    first = likely[0]
    leads = (weights[first] - weights[other] >= (_LEADS if found[other] else 1) for other in likely[1:])
    is_alone = all(leads)
    if is_alone and found[first]:
        return Recognised(first, found[first], tuple(likely[:_MOST_ASKED]))
    return Recognised(None, among=tuple(likely[:_MOST_ASKED]))


def evidence_of(pack: Remedies, wrong: str, timeline: Timeline) -> tuple[Evidence, ...]:
    """The words of the customer that point to a wrong somebody has named; where none do, what they said first."""
    found = tuple(_evidence(pack.wrongs[wrong], timeline))
    first = next((heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER), None)
    if found or first is None:
        return found
    return (Evidence(first.turn.conversation, first.turn.n, first.turn.text),)


def facts_of(timeline: Timeline, currency: Currency) -> Facts:
    """What the customer gave: the one amount where they named one alone, and the order that they named last."""
    given = [fact for heard in _customers(timeline) for fact in heard.reading.facts]
    amounts = {
        amount for fact in given if fact.kind is FactKind.AMOUNT and (amount := currency.read(fact.value)) is not None
    }
    orders = [fact.value for fact in given if fact.kind is FactKind.ORDER_NUMBER and " " not in fact.value]
    return Facts(amount=amounts.pop() if len(amounts) == 1 else None, order=orders[-1] if orders else "")


def _weight(wrong: Wrong, timeline: Timeline, has_words: bool) -> int:
    issue = next((heard.reading.issue.name for heard in reversed(timeline) if heard.reading.issue), None)
    cause = next((heard.reading.cause.name for heard in reversed(timeline) if heard.reading.cause), None)
    cues = any(heard.reading.shows(cue) for heard in _customers(timeline) for cue in wrong.cues)
    weight = _WORDS * has_words + _ISSUE * (issue in wrong.issues) + _CAUSE * (cause in wrong.causes)
    return weight + (_CUE if weight and cues else 0)


def _evidence(wrong: Wrong, timeline: Timeline) -> Iterator[Evidence]:
    for heard in _customers(timeline):
        # The pack writes a straight apostrophe; a curly one is as long, so the spans fit.
        spans = [match.span() for match in wrong.words.finditer(heard.turn.text.replace("’", "'"))]
        words = [heard.turn.text[start:end] for start, end in spans]
        words += [heard.reading.words_of(cue, heard.turn.text) for cue in _shown(wrong, heard)] if words else []
        if words:
            yield Evidence(heard.turn.conversation, heard.turn.n, " … ".join(word for word in words if word))


def _shown(wrong: Wrong, heard: Heard) -> tuple[Cue, ...]:
    return tuple(cue for cue in Cue if cue in wrong.cues and heard.reading.shows(cue))


def _customers(timeline: Timeline) -> Iterator[Heard]:
    return (heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER)
