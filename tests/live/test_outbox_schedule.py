"""Pauses grow and end, and what is given up is given up for a reason."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.live.outbox_schedule import (
    FIRST_PAUSE_S,
    JITTER,
    LONGEST_PAUSE_S,
    MOST_REFUSALS,
    PATIENCE,
    Answer,
    Verdict,
    pause,
    verdict,
)

NO_AGE = timedelta()
CHANCE = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), CHANCE)
def test_a_pause_is_never_shorter_than_the_first_nor_much_longer_than_the_longest(attempts: int, chance: float) -> None:
    assert FIRST_PAUSE_S <= pause(attempts, chance).total_seconds() <= LONGEST_PAUSE_S * (1 + JITTER)


@given(st.integers(1, 9), CHANCE)
def test_without_jitter_the_next_pause_is_never_shorter(attempts: int, chance: float) -> None:
    assert pause(attempts, 0) <= pause(attempts + 1, 0) <= pause(attempts + 1, chance)


def test_a_receiver_may_ask_for_more_but_not_for_ever() -> None:
    assert pause(1, 0, 600) == timedelta(seconds=600)
    assert pause(1, 0, 10**9) == timedelta(seconds=LONGEST_PAUSE_S)
    assert pause(1, 0, 0) == timedelta(seconds=FIRST_PAUSE_S)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_success_will_do(status: int) -> None:
    assert verdict(Answer(status), 1, NO_AGE) is Verdict.SENT


@pytest.mark.parametrize("status", [None, 301, 401, 404, 429, 500, 503])
def test_a_receiver_in_trouble_is_tried_for_days_however_often(status: int | None) -> None:
    assert verdict(Answer(status), 500, PATIENCE - timedelta(seconds=1)) is Verdict.AGAIN
    assert verdict(Answer(status), 1, PATIENCE) is Verdict.DEAD


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_what_the_receiver_refuses_is_tried_a_few_times_only(status: int) -> None:
    assert verdict(Answer(status), MOST_REFUSALS - 1, NO_AGE) is Verdict.AGAIN
    assert verdict(Answer(status), MOST_REFUSALS, NO_AGE) is Verdict.DEAD


def test_who_is_gone_for_good_is_not_tried_again() -> None:
    assert verdict(Answer(410), 1, NO_AGE) is Verdict.GONE
