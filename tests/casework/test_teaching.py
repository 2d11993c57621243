"""When answers to cards become a proposal: enough of them, from enough conversations, about what may be adjusted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead import packs
from levelhead.advising.overlay import Adjustment, How, is_adjustable
from levelhead.advising.table import PackError
from levelhead.casework.machine import NotPossible
from levelhead.casework.teaching import SETTLING, Counted, Settled, SettledMove, SettledState, proposed
from levelhead.casework.teaching_pack import parse_proposing
from levelhead.conversation import CardKind

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PACK, FIGURES = packs.load("en-GB"), packs.proposing()
RULE = next(rule.name for rule in PACK.rules if is_adjustable(rule))
CARE = next(rule.name for rule in PACK.rules if not is_adjustable(rule))
TEAM = uuid4()


def said(used: int = 0, not_now: int = 0, wrong: int = 0, conversations: int = 20, rule: str = RULE) -> Counted:
    return Counted(rule, CardKind.ACKNOWLEDGE, used, not_now, wrong, conversations)


def decided(state: SettledState, until: datetime | None = None) -> Settled:
    return Settled(uuid4(), TEAM, Adjustment(1, How.SILENT, RULE), state, "person:sam", NOW, until=until)


def ways(counted: Counted, *settled: Settled) -> list[How]:
    return [one.how for one in proposed([counted], settled, PACK, FIGURES, NOW)]


def test_a_card_that_is_mostly_wrong_may_fall_silent_for_four_weeks() -> None:
    (one,) = proposed([said(used=3, wrong=9)], [], PACK, FIGURES, NOW)
    assert (one.how, one.rule, one.against, one.lasts) == (How.SILENT, RULE, 9, timedelta(days=28))


def test_a_card_that_mostly_comes_at_the_wrong_time_may_wait_for_stronger_feelings() -> None:
    (one,) = proposed([said(used=3, not_now=8, wrong=1)], [], PACK, FIGURES, NOW)
    assert (one.how, one.level, one.against, one.lasts) == (How.FROM_INTENSITY, 2, 9, None)


@pytest.mark.parametrize(
    "counted",
    [said(used=9, wrong=3), said(wrong=7), said(wrong=20, conversations=4), said(wrong=20, rule="gone"), said()],
    ids=["mostly used", "too few answers", "too few conversations", "a rule of another day", "no answer at all"],
)
def test_what_says_too_little_proposes_nothing(counted: Counted) -> None:
    assert ways(counted) == []


def test_less_care_or_less_of_a_boundary_is_never_proposed() -> None:
    assert ways(said(wrong=50, rule=CARE)) == []


def test_what_was_decided_is_not_asked_again_while_it_stands() -> None:
    wrong = said(wrong=12)
    assert ways(wrong, decided(SettledState.IN_FORCE)) == []
    assert ways(wrong, decided(SettledState.DECLINED, NOW + timedelta(days=1))) == []
    assert ways(wrong, decided(SettledState.DECLINED, NOW)) == [How.SILENT]
    assert ways(wrong, decided(SettledState.ENDED)) == [How.SILENT]


def test_the_most_answers_stand_first() -> None:
    other = next(rule.name for rule in PACK.rules if is_adjustable(rule) and rule.name != RULE)
    found = proposed([said(wrong=9), replace(said(wrong=12), rule=other)], [], PACK, FIGURES, NOW)
    assert [one.rule for one in found] == [other, RULE]


def test_a_decision_is_in_force_until_its_time_is_over_or_it_is_taken_back() -> None:
    until = NOW + timedelta(days=28)
    one = decided(SettledState.IN_FORCE, until)
    assert one.is_in_force(until - timedelta(seconds=1))
    assert not one.is_in_force(until)
    assert not decided(SettledState.DECLINED).is_in_force(NOW)
    assert not decided(SettledState.ENDED).is_in_force(NOW)


@given(st.lists(st.sampled_from(SettledMove), max_size=6))
def test_no_order_of_moves_brings_back_what_was_taken_back(moves: list[SettledMove]) -> None:
    state: SettledState | None = None
    ended = False
    for move in moves:
        try:
            state = SETTLING.begin(move) if state is None else SETTLING.after(state, move)
        except NotPossible:
            continue
        ended = ended or state is SettledState.ENDED
        assert not ended or state is SettledState.ENDED


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("least_answers = 8", "least_answers = 0", "proposing.least_answers: 0 does not fit"),
        ("wrong_share = 0.5", "wrong_share = 5", "proposing.wrong_share: 5 does not fit"),
        ("silent_days = 28", "silnet_days = 28", "lasting.silent_days: this key is missing"),
        ("[proposing]", "[proposing", "is not TOML"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_the_place(was: str, now: str, told: str) -> None:
    text = packs.text_of("teaching")
    assert was in text
    with pytest.raises(PackError, match=told):
        parse_proposing(text.replace(was, now, 1))
