"""The share of promises that is kept belongs to a process, comes with how sure it is, and never to a person."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.item import Item, Kind
from levelhead.casework.keeping import FEWEST_PEOPLE, FEWEST_PROMISES, REST, rates, wilson
from levelhead.casework.promise import Promised

NOW = datetime(2025, 3, 6, 17, tzinfo=UTC)
PEOPLE = tuple(uuid4() for _ in range(4))


def promise(
    cause: str = "delivery",
    state: str = "kept",
    owner: UUID | None = None,
    *,
    hours_late: float = -1,
    confirmed: bool = True,
) -> Item[Promised]:
    due = NOW - timedelta(days=1)
    kept_at = due + timedelta(hours=hours_late) if state == "kept" else None
    body = Promised("call you back", "", 1, confirmed=confirmed, kept_at=kept_at, cause=cause)
    return Item(uuid4(), Kind.PROMISE, "k", state, uuid4(), "c", None, owner, due, due - timedelta(days=1), NOW, body)


def by_cause(item: Item[Promised]) -> str:
    return item.body.cause


def of_many(cause: str, *states: str) -> list[Item[Promised]]:
    return [promise(cause, state, PEOPLE[n % len(PEOPLE)]) for n, state in enumerate(states)]


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"), [(8, 10, 0.490, 0.943), (0, 5, 0.0, 0.434), (5, 5, 0.566, 1.0), (0, 0, 0.0, 1.0)]
)
def test_the_interval_is_wilsons(kept: int, of: int, low: float, high: float) -> None:
    assert wilson(kept, of) == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_narrows_with_more(counted: tuple[int, int]) -> None:
    kept, of = counted
    low, high = wilson(kept, of)
    assert 0 <= low <= kept / of <= high <= 1
    more_low, more_high = wilson(kept * 4, of * 4)
    assert more_high - more_low < high - low


def test_what_is_kept_least_stands_at_the_top() -> None:
    found = rates(
        [*of_many("delivery", *["kept"] * 5, "broken"), *of_many("billing", "kept", *["broken"] * 4)], NOW, by_cause
    )
    assert [(rate.name, rate.kept, rate.of) for rate in found] == [("billing", 1, 5), ("delivery", 5, 6)]


def test_kept_too_late_is_not_kept_in_time() -> None:
    group = [promise(owner=PEOPLE[n % 3], hours_late=2) for n in range(5)]
    (rate,) = rates(group, NOW, by_cause)
    assert (rate.kept, rate.of) == (0, 5)


def test_what_nobody_confirmed_was_withdrawn_or_is_still_to_come_counts_neither_way() -> None:
    beside = [promise(confirmed=False), promise(state="withdrawn"), promise(state="made"), promise(state="superseded")]
    (rate,) = rates([*of_many("delivery", *["kept"] * 5), *beside], NOW, by_cause)
    assert rate.of == 5


def test_too_few_promises_and_too_few_people_are_counted_together() -> None:
    few, of_one = of_many("policy", "kept", "broken"), [promise("billing", "kept", PEOPLE[0]) for _ in range(9)]
    (rest,) = rates([*few, *of_one, *of_many("", "kept", "kept", "kept")], NOW, by_cause)
    assert (rest.name, rest.of) == (REST, 14)


@given(st.lists(st.tuples(st.sampled_from(["delivery", "billing", ""]), st.sampled_from(PEOPLE)), max_size=30))
def test_no_share_is_ever_of_one_or_two_people(made: list[tuple[str, UUID]]) -> None:
    for rate in rates([promise(cause, owner=owner) for cause, owner in made], NOW, by_cause):
        of_it = {owner for cause, owner in made if rate.name in (cause, REST)}
        assert len(of_it) >= FEWEST_PEOPLE
        assert rate.of >= FEWEST_PROMISES
