"""One hint at a time: what the boundary panel says, the card says too, or says nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import Boundary, BoundaryState, Rung, Seen
from levelhead.casework.item import Item, Kind
from levelhead.conversation import Abuse, Advice, Card, CardKind, Channel, Heard, Reading, Speaker, Timeline, Turn
from levelhead.live.one_hint import BOUNDARY_FIRST, with_one_hint
from levelhead.packs import BUILT_IN

AT = datetime(2025, 3, 6, 12, tzinfo=UTC)
POLICY = BUILT_IN.boundary("en-GB")
NAMING = POLICY.say(Rung.NAMING, Channel.CHAT, Abuse.INSULT)
DUE = ladder.begun(Seen(0, Abuse.INSULT, "you clown"), Rung.NAMING)
ANSWERED = replace(DUE, due=None)


def card(kind: CardKind, *, safety: bool = False) -> Card:
    return Card("c:0", kind, "A title", "A sentence of its own.", (), "a_rule", "a_phrase", safety=safety)


def timeline(shown: Card | None) -> Timeline:
    turn = Turn("c", 0, Speaker.CUSTOMER, "you clown", channel=Channel.CHAT, locale="en-GB")
    return (Heard(turn, Reading(language="en", readable=True), Advice(steps={}, card=shown, showing=shown)),)


def known(body: Boundary, state: BoundaryState = BoundaryState.NOTICED) -> Item[Boundary]:
    return Item(UUID(int=1), Kind.BOUNDARY, "c", state, UUID(int=2), "c", None, None, None, AT, AT, body)


def beside(shown: Card | None, item: Item[Boundary] | None) -> Advice:
    return with_one_hint(timeline(shown), item, POLICY)[-1].advice


@pytest.mark.parametrize("safety", [True, False])
def test_a_card_about_the_boundary_has_the_words_of_the_policy(safety: bool) -> None:
    shown = beside(card(CardKind.BOUNDARY, safety=safety), known(DUE)).showing
    assert shown is not None
    assert (shown.say, shown.title, shown.safety) == (NAMING, "A title", safety)


def test_any_other_card_waits_until_it_was_said_and_the_reason_is_told() -> None:
    advice = beside(card(CardKind.ACKNOWLEDGE), known(DUE))
    assert (advice.showing, advice.card, advice.closed) == (None, None, BOUNDARY_FIRST)
    said = card(CardKind.ACKNOWLEDGE)
    assert beside(said, known(ANSWERED, BoundaryState.NAMED)).showing == said


def test_a_card_about_the_boundary_leaves_with_it() -> None:
    assert beside(card(CardKind.BOUNDARY), known(ANSWERED, BoundaryState.NAMED)).showing is None


def test_care_for_a_life_waits_for_nothing() -> None:
    care = card(CardKind.SUPPORT, safety=True)
    assert beside(care, known(DUE)).showing == care


@pytest.mark.parametrize("item", [None, known(DUE, BoundaryState.CALMED), known(DUE, BoundaryState.SET_ASIDE)])
def test_without_a_boundary_that_stands_nothing_changes(item: Item[Boundary] | None) -> None:
    shown = card(CardKind.BOUNDARY)
    assert beside(shown, item).showing == shown
    assert with_one_hint((), item, POLICY) == ()
