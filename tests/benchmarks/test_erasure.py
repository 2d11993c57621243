"""The search for what is left of a customer finds nothing, and would find something."""

import pytest

from benchmarks.erasure import FOUND_BEFORE, KINDS, bounds_of, measure


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_of_a_customer_who_was_erased(kind: str) -> None:
    told = measure([kind])
    assert [row["says"] for row in told["bounds"] if not row["holds"]] == []
    before = told[f"{kind}, encryption off"]["before"]
    assert [place for place in FOUND_BEFORE if not before[place]] == []


def test_a_trace_anywhere_is_short_of_its_bound() -> None:
    clean = dict.fromkeys(("rows", "write-ahead log"), 0)
    one = {
        "before": dict.fromkeys(FOUND_BEFORE, 9),
        "after": clean | {"write-ahead log": 1},
        "others": 30,
        "backup": {},
    }
    short = [bound.says for bound in bounds_of("postgresql, encryption off", one) if not bound.holds]
    assert short == ["postgresql, encryption off: write-ahead log"]
