"""One hint at a time: while the boundary panel has a sentence to say, the card says that one or none.

The panel's words are the policy's, which the organisation answers for; the card's would be others for the same moment.
"""

from dataclasses import replace
from typing import Final

from levelhead.casework.boundary import OPEN, Boundary, BoundaryState
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.item import Item
from levelhead.conversation import Advice, Card, CardKind, Channel, Timeline

BOUNDARY_FIRST: Final = "boundary_first"
"""Why a card left: a boundary is due, and its words stand in the panel."""


def with_one_hint(timeline: Timeline, known: Item[Boundary] | None, policy: Policy) -> Timeline:
    """The conversation as it stands beside its boundary; only what is in front of the agent now is touched.

    A card about the boundary has the policy's sentence while one is due, and leaves with it. Any other card waits until
    it was said or passed over; care for somebody's life waits for nothing.
    """
    if known is None or not timeline or BoundaryState(known.state) not in OPEN:
        return timeline
    *before, last = timeline
    return (*before, replace(last, advice=_beside(last.advice, known.body, policy, last.turn.channel)))


def _beside(advice: Advice, body: Boundary, policy: Policy, channel: Channel) -> Advice:
    if advice.showing is None or (advice.showing.kind is CardKind.SUPPORT and advice.showing.safety):
        return advice
    if advice.showing.kind is not CardKind.BOUNDARY and body.due is None:
        return advice
    shown = _in_its_words(advice.showing, body, policy, channel)
    closed = BOUNDARY_FIRST if shown is None and body.due is not None else advice.closed
    return replace(advice, showing=shown, card=shown if advice.card else None, closed=closed)


def _in_its_words(card: Card, body: Boundary, policy: Policy, channel: Channel) -> Card | None:
    if card.kind is not CardKind.BOUNDARY or body.due is None:
        return None
    return replace(card, say=policy.say(body.due, channel, body.because.abuse))
