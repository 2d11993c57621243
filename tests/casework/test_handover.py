"""A call for help: it goes only where its table leads, and none gets lost without being counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from levelhead.casework.handover import (
    ASKS,
    HANDOVER,
    HELPS,
    STANDING,
    WAITING,
    Clocked,
    HandoverMove,
    HandoverState,
    clocked,
)
from levelhead.casework.machine import NotPossible

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
LIMIT = timedelta(minutes=3)
STEPS = st.timedeltas(timedelta(0), 2 * LIMIT)


class ACall(RuleBasedStateMachine):
    """One call, whoever does whatever with it at any time; a clock looks at it now and then."""

    @initialize(move=st.sampled_from(sorted(HANDOVER.begins)))
    def begin(self, move: HandoverMove) -> None:
        self.now = NOON
        self.call = clocked(HANDOVER.begin(move), NOON, LIMIT)
        self.ended = 0

    @rule(by=STEPS)
    def time_goes_by(self, by: timedelta) -> None:
        self.now += by

    @rule(move=st.sampled_from((*ASKS, *HELPS)))
    def somebody_does(self, move: HandoverMove) -> None:
        if move not in HANDOVER.moves(self.call.state):
            with pytest.raises(NotPossible):
                self.call.after(move, self.now, LIMIT)
            return
        self.call = self.call.after(move, self.now, LIMIT)

    @rule()
    def the_clock_looks(self) -> None:
        is_over = self.call.due is not None and self.now >= self.call.due
        if not is_over:
            with pytest.raises(NotPossible):
                self.call.after(HandoverMove.DROP, self.now, LIMIT)
            return
        self.call = self.call.after(HandoverMove.DROP, self.now, LIMIT)
        assert self.call.state is HandoverState.DROPPED

    @invariant()
    def whoever_is_waited_for_has_a_time_and_nobody_else(self) -> None:
        assert (self.call.due is not None) == (self.call.state in WAITING)
        if self.call.due is not None:
            assert self.call.due <= self.now + LIMIT

    @invariant()
    def it_stands_or_it_is_over(self) -> None:
        assert (self.call.state in STANDING) != HANDOVER.is_over(self.call.state)

    @invariant()
    def what_stands_can_always_be_taken_over(self) -> None:
        if self.call.state in STANDING:
            assert HandoverMove.TAKE_OVER in HANDOVER.moves(self.call.state)


TestACall = ACall.TestCase


def test_a_hand_that_nobody_came_to_is_dropped_when_its_time_is_over_and_not_before() -> None:
    raised = clocked(HANDOVER.begin(HandoverMove.RAISE), NOON, LIMIT)
    with pytest.raises(NotPossible, match="not over yet"):
        raised.after(HandoverMove.DROP, NOON + LIMIT - timedelta(seconds=1), LIMIT)
    assert raised.after(HandoverMove.DROP, NOON + LIMIT, LIMIT) == Clocked(HandoverState.DROPPED, None)


def test_to_be_seen_begins_the_time_anew() -> None:
    seen = clocked(HandoverState.RAISED, NOON, LIMIT).after(HandoverMove.SEE, NOON + LIMIT / 2, LIMIT)
    assert seen == Clocked(HandoverState.SEEN, NOON + LIMIT * 1.5)


def test_a_whisper_answers_and_the_hand_can_go_up_once_more() -> None:
    answered = clocked(HandoverState.SEEN, NOON, LIMIT).after(HandoverMove.ANSWER, NOON, LIMIT)
    assert answered == Clocked(HandoverState.ANSWERED, None)
    assert answered.after(HandoverMove.RAISE, NOON, LIMIT).state is HandoverState.RAISED


def test_nobody_is_handed_what_was_not_prepared() -> None:
    with pytest.raises(NotPossible):
        clocked(HandoverState.RAISED, NOON, LIMIT).after(HandoverMove.OFFER, NOON, LIMIT)
