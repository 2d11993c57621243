"""Many contacts about one issue without a solution are counted, and nothing else is said of anybody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from levelhead.casework.persisting import Many, Persisting, persisting
from levelhead.conversation import Cue, Timeline
from levelhead.conversation.reading import Likely
from tests.casework.planning import NOW
from tests.casework.saying import customer

MANY = Many(contacts=3, days=30)


def talk(days_ago: float, *shows: Cue, issue: str = "refund") -> tuple[datetime, Timeline]:
    heard = [customer(n, "Where is it?", show) for n, show in enumerate(shows or (Cue.STILL_UNRESOLVED,))]
    return NOW - timedelta(days=days_ago), tuple(
        replace(one, reading=replace(one.reading, issue=Likely(issue, 0.9))) for one in heard
    )


def counted(past: Iterable[tuple[datetime, Timeline]]) -> Persisting | None:
    return persisting(past, NOW, MANY)


def test_three_about_one_issue_are_many_and_two_are_not() -> None:
    assert counted([talk(1), talk(9), talk(20)]) == Persisting("refund", 3, 30)
    assert counted([talk(1), talk(9)]) is None


def test_what_is_longer_ago_or_about_something_else_does_not_count() -> None:
    assert counted([talk(1), talk(9), talk(31)]) is None
    assert counted([talk(1), talk(9), talk(20, issue="a broken kettle")]) is None


def test_a_solution_begins_the_count_anew_in_whatever_order_they_come() -> None:
    solved = talk(5, Cue.CONFIRMS_RESOLVED)
    assert counted([talk(20), talk(9), talk(8), solved]) is None
    assert counted([talk(1), talk(2), solved, talk(20), talk(3)]) == Persisting("refund", 3, 30)


def test_a_solution_that_did_not_last_the_conversation_is_none() -> None:
    unsolved = talk(5, Cue.CONFIRMS_RESOLVED, Cue.STILL_UNRESOLVED)
    assert counted([talk(1), talk(9), unsolved]) == Persisting("refund", 3, 30)


def test_where_nobody_knows_what_it_is_about_nothing_is_counted() -> None:
    assert counted([talk(day, issue="") for day in range(5)]) is None
