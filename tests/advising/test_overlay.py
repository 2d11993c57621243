"""A team's overlay: what it says less of, what it never may, and cards held out without a trace on the page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.advising.overlay import Adjustment, How, is_adjustable, is_held_out, numbers_in, overlaid
from levelhead.advising.pack import Pack, Way
from levelhead.conversation import Advice, Card, CardKind
from levelhead.packs import load
from tests.advising.talking import Talk

PACK = load("en-GB")
ANGRY = "You people are a disgrace, where is my money?"


def raised(pack: Pack, level: int = 2) -> Advice:
    return Talk(pack=pack).customer(ANGRY, "angry", level, "asks_question")


def rule_of(pack: Pack, level: int = 2) -> str:
    card = raised(pack, level).card
    assert card is not None
    return card.rule


def all_held_out(pack: Pack = PACK) -> Pack:
    return overlaid(pack, [Adjustment(4, How.HOLD_OUT, level=100)])


def test_a_silenced_rule_says_nothing_and_the_advice_names_the_adjustment() -> None:
    rule = rule_of(PACK)
    advice = raised(overlaid(PACK, [Adjustment(3, How.SILENT, rule)]))
    assert advice.card is None or advice.card.rule != rule
    assert advice.pack == f"{PACK.name} {PACK.version} +3"
    assert numbers_in(advice.pack) == (3,)
    assert numbers_in(PACK.label) == ()


def test_a_rule_speaks_from_an_intensity_on() -> None:
    rule = rule_of(PACK, 2)
    pack = overlaid(PACK, [Adjustment(1, How.FROM_INTENSITY, rule, 3)])
    mild = raised(pack, 2).card
    assert mild is None or mild.rule != rule
    strong = raised(overlaid(PACK, [Adjustment(1, How.FROM_INTENSITY, rule, 2)]), 2).card
    assert strong is not None
    assert strong.rule == rule


@pytest.mark.parametrize("rule", [rule for rule in PACK.rules if not is_adjustable(rule)], ids=lambda rule: rule.name)
def test_no_overlay_touches_safety_boundaries_or_care(rule: object) -> None:
    name = rule.name  # type: ignore[attr-defined]
    changes = [Adjustment(1, How.SILENT, name), Adjustment(2, How.FROM_INTENSITY, name, 3)]
    assert overlaid(PACK, changes).rules == PACK.rules


def test_a_rule_that_is_there_no_longer_is_passed_over() -> None:
    assert overlaid(PACK, [Adjustment(9, How.SILENT, "gone")]).rules == PACK.rules


def test_a_held_out_card_is_kept_and_the_rest_is_silence() -> None:
    shown, held = raised(PACK), raised(all_held_out())
    assert held.held_out == shown.card
    assert (held.card, held.showing, held.closed) == (None, None, None)
    assert held.quiet_because in PACK.quiet.values()


def test_what_follows_a_held_out_card_is_quiet_like_after_a_card_and_speaks_of_none() -> None:
    talk, silent = Talk(pack=all_held_out(), seconds=10), Talk(pack=PACK, seconds=10)
    for one in (talk, silent):
        one.customer(ANGRY, "angry", 2, "asks_question")
    after, shown = (one.agent("Calm down, Sir.", "dismissive") for one in (talk, silent))
    assert shown.quiet_because == "A card was shown 10 s ago"
    assert after.raised is None, "the gap counts from it, or what came next would differ by more than the card"
    assert "card" not in (after.quiet_because or "")
    assert "suggested" not in (after.quiet_because or "")


def test_safety_and_boundary_cards_are_never_held_out() -> None:
    pack = all_held_out()
    for rule in PACK.rules:
        card = Card("talk:1", rule.kind, "", "", (), rule.name, "", safety=rule.way is Way.SAFETY)
        assert is_held_out(card, rule, pack) == (rule.way > Way.BOUNDARY and rule.kind is not CardKind.SUPPORT)


@given(st.text(max_size=40), st.integers(0, 10_000), st.integers(0, 100))
def test_who_is_held_out_is_drawn_from_ids_alone_and_a_larger_share_holds_the_same_ones(
    conversation: str, n: int, share: int
) -> None:
    rule = next(rule for rule in PACK.rules if is_adjustable(rule))
    card = Card(f"{conversation}:{n}", rule.kind, "", "", (), rule.name, "")
    held = [is_held_out(card, rule, replace(PACK, hold_out=one)) for one in (0, share, 100)]
    assert held == sorted(held)
    assert (held[0], held[2]) == (False, True)


def test_a_share_holds_out_about_that_many() -> None:
    rule = next(rule for rule in PACK.rules if is_adjustable(rule))
    pack = replace(PACK, hold_out=20)
    cards = [Card(f"talk-{n}:3", rule.kind, "", "", (), rule.name, "") for n in range(2_000)]
    assert 340 <= sum(is_held_out(card, rule, pack) for card in cards) <= 460
