"""Times and chances are said as people say them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.web import times
from levelhead.web.chance import chance
from levelhead.web.words import Words, words_for

LONDON = ZoneInfo("Europe/London")
THURSDAY = datetime(2025, 3, 6, 15, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2025, 3, 6, 17, 0, tzinfo=LONDON), "today 17:00, in 2 h"),
        (datetime(2025, 3, 6, 15, 20, tzinfo=LONDON), "today 15:20, in 20 min"),
        (datetime(2025, 3, 6, 12, 0, tzinfo=LONDON), "today 12:00, 3 h ago"),
        (datetime(2025, 3, 7, 9, 0, tzinfo=LONDON), "tomorrow 09:00, in 18 h"),
        (datetime(2025, 3, 10, 9, 0, tzinfo=LONDON), "Monday 09:00"),
        (datetime(2025, 3, 20, 17, 30, tzinfo=LONDON), "20 March, 17:30"),
        (datetime(2026, 1, 2, 17, 30, tzinfo=LONDON), "2 January 2026, 17:30"),
        (datetime(2025, 3, 4, 17, 30, tzinfo=LONDON), "4 March, 17:30"),
    ],
)
def test_a_due_time_is_said_the_way_people_say_it(due: datetime, said: str, british: Words) -> None:
    assert times.due(due, THURSDAY, british) == said


def test_americans_read_their_own_clock() -> None:
    due = datetime(2025, 3, 6, 17, 0, tzinfo=LONDON)
    assert times.due(due, THURSDAY, words_for("en-US")) == "today 5:00 PM, in 2 h"


def test_the_day_is_that_of_the_conversations_own_zone(british: Words) -> None:
    auckland = datetime(2025, 3, 7, 9, 0, tzinfo=ZoneInfo("Pacific/Auckland"))
    evening_in_london = datetime(2025, 3, 6, 19, 0, tzinfo=LONDON)
    assert times.due(auckland, evening_in_london, british) == "today 09:00, in 1 h"


def test_what_was_just_said_is_just_now(british: Words) -> None:
    assert times.ago(THURSDAY, THURSDAY + timedelta(seconds=20), british) == "just now"
    assert times.ago(THURSDAY, THURSDAY + timedelta(minutes=2), british) == "2 min ago"
    assert times.ago(THURSDAY, THURSDAY + timedelta(days=1, hours=2), british) == "1 day ago"


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.01, "less than 1 in 20"), (0.33, "1 in 3"), (0.5, "1 in 2"), (0.68, "2 in 3"), (0.99, "more than 19 in 20")],
)
def test_a_chance_is_said_as_one_in_so_many(p: float, said: str, british: Words) -> None:
    assert chance(p, british) == said


@given(st.floats(min_value=0, max_value=1))
def test_every_chance_can_be_said(p: float) -> None:
    assert " in " in chance(p, words_for("en-GB"))
