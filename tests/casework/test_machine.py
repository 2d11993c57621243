"""A machine lets nothing past its table, and says what it would let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.machine import NotPossible
from levelhead.casework.promise import OPEN, PROMISE, PromiseMove, PromiseState


def test_what_is_kept_cannot_be_broken_afterwards() -> None:
    with pytest.raises(NotPossible, match=r"What is kept cannot be break; possible: reopen\."):
        PROMISE.after(PromiseState.KEPT, PromiseMove.BREAK)


def test_nothing_begins_with_an_end() -> None:
    with pytest.raises(NotPossible, match=r"possible: make\."):
        PROMISE.begin(PromiseMove.KEEP)


@given(st.lists(st.sampled_from(PromiseMove)))
def test_whatever_is_tried_a_promise_only_goes_where_the_table_leads(tried: list[PromiseMove]) -> None:
    state = PROMISE.begin(PromiseMove.MAKE)
    for move in tried:
        if move in PROMISE.moves(state):
            state = PROMISE.after(state, move)
        else:
            with pytest.raises(NotPossible):
                PROMISE.after(state, move)
    assert not PROMISE.is_over(state), "whatever was noted wrongly can be put right"
    assert (state in OPEN) == (PromiseMove.WITHDRAW in PROMISE.moves(state))
