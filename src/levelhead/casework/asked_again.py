"""What a customer had to say again after a hand-over: facts that they had given, and give once more because asked."""

from dataclasses import dataclass
from typing import Final

from levelhead.casework.packet import same
from levelhead.conversation import Fact, FactKind, Fault, Heard, Move, Speaker, Timeline

_ASKS: Final = (Move.ASK_CLOSED, Move.ASK_OPEN, Fault.REPEAT_REQUEST)


@dataclass(frozen=True, slots=True)
class Again:
    """A fact of turn `given` that came once more in turn `again`, asked for in turn `asked`."""

    kind: FactKind
    value: str
    given: int
    asked: int
    again: int


def asked_again(timeline: Timeline, over_after: int) -> tuple[Again, ...]:
    """Each such fact once. `over_after` is the last turn before somebody else had the conversation.

    What the question itself names was known to who asked, and a customer who repeats something unasked was not made
    to: neither counts.
    """
    before = _given(timeline, over_after)
    found: dict[tuple[FactKind, str], Again] = {}
    asking: Heard | None = None
    for heard in timeline:
        if heard.turn.n <= over_after:
            continue
        if heard.turn.speaker is not Speaker.CUSTOMER:
            asking = heard if any(heard.reading.shows(label) for label in _ASKS) else None
            continue
        for fact in heard.reading.facts:
            known = before.get(same(fact))
            if asking is not None and known is not None and not _names(asking, fact):
                again = Again(fact.kind, fact.value, known, asking.turn.n, heard.turn.n)
                found.setdefault(same(fact), again)
    return tuple(found.values())


def _given(timeline: Timeline, until: int) -> dict[tuple[FactKind, str], int]:
    """The facts that the customer had given by then, each with the turn where it came first."""
    first: dict[tuple[FactKind, str], int] = {}
    for heard in timeline:
        if heard.turn.n <= until and heard.turn.speaker is Speaker.CUSTOMER:
            for fact in heard.reading.facts:
                first.setdefault(same(fact), heard.turn.n)
    return first


def _names(asking: Heard, fact: Fact) -> bool:
    said = {same(one) for one in asking.reading.facts}
    return same(fact) in said or fact.value.casefold() in asking.turn.text.casefold()
