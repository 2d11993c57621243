"""Waiting after failures: it grows, has an end, and forgives."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.people.lockout import PATIENCE, Counted, Failures, network_of

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
kinds = st.sampled_from(Counted)
counts = st.integers(0, 10_000)
whiles = st.timedeltas(timedelta(0), timedelta(days=30))


def after(kind: Counted, failures: int) -> Failures:
    """So many failures in one moment."""
    row = Failures(0, NOON)
    for _ in range(failures):
        row = row.again(kind, NOON)
    return row


def test_five_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [after(Counted.NAME, count).wait(Counted.NAME, NOON).total_seconds() for count in range(4, 14)]
    assert waits == [0, 15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_an_address_is_given_more_patience_than_a_name() -> None:
    assert after(Counted.ADDRESS, 29).wait(Counted.ADDRESS, NOON) == timedelta(0)
    assert after(Counted.ADDRESS, 30).wait(Counted.ADDRESS, NOON) == timedelta(seconds=15)


@given(kinds, counts, whiles)
def test_nobody_waits_for_ever(kind: Counted, count: int, passed: timedelta) -> None:
    wait = Failures(count, NOON).wait(kind, NOON + passed)
    assert timedelta(0) <= wait <= PATIENCE[kind].most
    assert Failures(count, NOON).wait(kind, NOON + passed + wait) == timedelta(0)


@given(kinds, counts, whiles, whiles)
def test_waiting_only_ever_shortens_the_wait(kind: Counted, count: int, passed: timedelta, more: timedelta) -> None:
    row = Failures(count, NOON)
    assert row.wait(kind, NOON + passed + more) <= row.wait(kind, NOON + passed)


@given(kinds, counts, whiles)
def test_one_more_failure_never_shortens_the_wait(kind: Counted, count: int, passed: timedelta) -> None:
    row, now = Failures(count, NOON), NOON + passed
    assert row.again(kind, now).wait(kind, now) >= row.wait(kind, now)


@pytest.mark.parametrize(("name", "guesses"), [(Counted.NAME, 130), (Counted.BROWSER, 130), (Counted.CHANGE, 130)])
def test_a_guesser_who_never_rests_gets_about_a_hundred_guesses_a_day(name: Counted, guesses: int) -> None:
    row, now, tried = Failures(0, NOON), NOON, 0
    while now < NOON + timedelta(days=1):
        now += row.wait(name, now)
        row, tried = row.again(name, now), tried + 1
    assert tried <= guesses


def test_an_office_that_mistypes_now_and_then_never_waits() -> None:
    row, now = Failures(0, NOON), NOON
    for _ in range(2_000):
        now += timedelta(minutes=5)
        assert row.wait(Counted.ADDRESS, now) == timedelta(0)
        row = row.again(Counted.ADDRESS, now)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_that_one_customer_can_choose_from_are_counted_together(address: str, counted: str) -> None:
    assert network_of(address) == counted
