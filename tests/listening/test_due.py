"""Which moment the words of a promise bind to."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import DueKind
from levelhead.listening.calendar import OFFICE_HOURS, WorkingHours
from levelhead.listening.due import due_in

LONDON = ZoneInfo("Europe/London")
THURSDAY_MORNING = datetime(2025, 3, 6, 10, 42, tzinfo=LONDON)


def due(words: str, said_at: datetime | None = THURSDAY_MORNING) -> str | None:
    """The local time of the only mention in these words."""
    (one,) = due_in(words, said_at, OFFICE_HOURS)
    return one.moment.replace(tzinfo=None).isoformat(timespec="minutes") if one.moment else None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        # Clock times
        ("by five today", "2025-03-06T17:00"),
        ("at half past four", "2025-03-06T16:30"),
        ("at half four", "2025-03-06T16:30"),
        ("at quarter to six", "2025-03-06T17:45"),
        ("at five to", "2025-03-06T10:55"),
        ("3pm your time", "2025-03-06T15:00"),
        ("by 6 p.m.", "2025-03-06T18:00"),
        ("by six p m", "2025-03-06T18:00"),
        ("by 15.30", "2025-03-06T15:30"),
        ("by five fifteen", "2025-03-06T17:15"),
        ("around fourish", "2025-03-06T16:00"),
        ("about three", "2025-03-06T15:00"),
        ("at 1430 hours", "2025-03-06T14:30"),
        ("ten minutes past one", "2025-03-06T13:10"),
        ("by 2 Friday", "2025-03-07T14:00"),
        ("tomorrow any time before four", "2025-03-07T16:00"),
        ("by one o'clock tomorrow", "2025-03-07T13:00"),
        ("noon", "2025-03-06T12:00"),
        ("by noon tomorrow", "2025-03-07T12:00"),
        ("at midnight tonight", "2025-03-07T00:00"),
        ("by ten in the morning", "2025-03-07T10:00"),
        ("before ten tonight", "2025-03-06T22:00"),
        ("at ten", "2025-03-06T22:00"),
        ("at nine tomorrow", "2025-03-07T09:00"),
        ("tomorrow by two", "2025-03-07T14:00"),
        ("friday at two", "2025-03-07T14:00"),
        ("by four on friday", "2025-03-07T16:00"),
        # Windows end
        ("Thursday between 8 and 1", "2025-03-13T13:00"),
        ("tomorrow between 9 and 12", "2025-03-07T12:00"),
        ("7 to 8 pm tonight", "2025-03-06T20:00"),
        ("saturday nine to eleven", "2025-03-08T11:00"),
        ("tuesday between eight and noon", "2025-03-11T12:00"),
        ("from 8 to 12 on Thursday", "2025-03-13T12:00"),
        ("between half eight and half ten tomorrow", "2025-03-07T10:30"),
        ("between 2pm and 4pm", "2025-03-06T16:00"),
        ("2-4pm tomorrow", "2025-03-07T16:00"),
        # Parts of a day
        ("before lunch", "2025-03-06T12:00"),
        ("by lunchtime", "2025-03-06T13:00"),
        ("by close of business", "2025-03-06T17:30"),
        ("by the end of today", "2025-03-06T17:30"),
        ("by EOD tomorrow", "2025-03-07T17:30"),
        ("this morning", "2025-03-06T12:00"),
        ("this afternoon", "2025-03-06T17:30"),
        ("this evening", "2025-03-06T23:59"),
        ("thursday evening", "2025-03-13T21:00"),
        ("tonight", "2025-03-06T23:59"),
        ("tomorrow morning", "2025-03-07T12:00"),
        ("first thing Monday", "2025-03-10T09:00"),
        ("first thing in the morning", "2025-03-07T09:00"),
        # Days
        ("today", "2025-03-06T17:30"),
        ("tomorrow", "2025-03-07T17:30"),
        ("by Saturday", "2025-03-08T17:30"),
        ("before Saturday", "2025-03-07T17:30"),
        ("next tuesday", "2025-03-11T17:30"),
        ("monday or tuesday", "2025-03-11T17:30"),
        ("wednesday week", "2025-03-19T17:30"),
        ("end of the week", "2025-03-07T17:30"),
        ("by the end of next week", "2025-03-14T17:30"),
        ("by the 14th", "2025-03-14T17:30"),
        ("by the fourth", "2025-04-04T17:30"),
        ("on 3 April", "2025-04-03T17:30"),
        ("on April 3rd", "2025-04-03T17:30"),
        ("on the third of april", "2025-04-03T17:30"),
        ("on or before september twenty six", "2025-09-26T17:30"),
        ("on Friday 14 March at 9.15am", "2025-03-14T09:15"),
        ("12 January 2027", "2027-01-12T17:30"),
        ("by 2025-03-20", "2025-03-20T17:30"),
        ("by the end of the month", "2025-03-31T17:30"),
        ("by the end of february", "2026-02-28T17:30"),
        ("on the october bill", "2025-10-31T17:30"),
        ("the week of the third of november", "2025-11-07T17:30"),
        ("on Friday 14th", "2025-03-14T17:30"),
        ("before the weekend", "2025-03-07T17:30"),
        ("by the weekend", "2025-03-07T17:30"),
        ("tomorrow week", "2025-03-14T17:30"),
        ("today week", "2025-03-13T17:30"),
        ("before Christmas", "2025-12-24T17:30"),
        ("on Boxing Day", "2025-12-26T17:30"),
        ("by the last day of the month", "2025-03-31T17:30"),
        ("tomorrow at the same time", "2025-03-07T10:42"),
        ("Saturday 8 March, 10 to 12.", "2025-03-08T12:00"),
        # Lengths
        ("within the half hour", "2025-03-06T11:12"),
        ("in three quarters of an hour", "2025-03-06T11:27"),
        ("in two and a half hours", "2025-03-06T13:12"),
        ("in a couple of days", "2025-03-08T17:30"),
        ("within 10 days of today", "2025-03-16T17:30"),
        ("Tuesday next week", "2025-03-11T17:30"),
        ("a week on Monday", "2025-03-17T17:30"),
        ("on 14/03", "2025-03-14T17:30"),
        ("by 05/04/2026", "2026-04-05T17:30"),
        ("Friday 14/03", "2025-03-14T17:30"),
        ("by 3/16", "2025-03-16T17:30"),
        ("a fortnight on Friday", "2025-03-21T17:30"),
        ("two weeks from today", "2025-03-20T17:30"),
        ("a week tomorrow", "2025-03-14T17:30"),
        ("on the last Friday of the month", "2025-03-28T17:30"),
        ("the second Tuesday in June", "2025-06-10T17:30"),
        ("the first Monday of next month", "2025-04-07T17:30"),
        ("this time tomorrow", "2025-03-07T10:42"),
        ("same time next week", "2025-03-13T10:42"),
        ("at quarter of five", "2025-03-06T16:45"),
        ("at the top of the hour", "2025-03-06T11:00"),
        ("at half past midnight", "2025-03-07T00:30"),
        ("friday the ten to twelve window", "2025-03-07T12:00"),
        # Lengths
        ("within an hour and a half", "2025-03-06T12:12"),
        ("by the next working day", "2025-03-07T17:30"),
        ("within 48 hours", "2025-03-08T10:42"),
        ("24-48 hours", "2025-03-08T10:42"),
        ("within the hour", "2025-03-06T11:42"),
        ("in the next hour or two", "2025-03-06T12:42"),
        ("within half an hour", "2025-03-06T11:12"),
        ("in twenty-five minutes", "2025-03-06T11:07"),
        ("in two working days", "2025-03-10T17:30"),
        ("within 3 to 5 business days", "2025-03-13T17:30"),
        ("in ten days", "2025-03-16T17:30"),
        ("in eight weeks", "2025-05-01T17:30"),
        ("five business days after tuesday", "2025-03-18T17:30"),
    ],
)
def test_the_words_bind_to_this_moment(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    "words",
    [
        "by five pounds",
        "at 14 Ashgrove Road",
        "room 12",
        "£9.15",
        "the second letter",
        "the 5th floor",
        "you may",
        "we are open 24/7",
        "1/2 price",
        "call 3/4 of them",
        "she sat",
    ],
)
def test_numbers_and_names_that_are_no_time_are_left_alone(words: str) -> None:
    assert due_in(words, THURSDAY_MORNING, OFFICE_HOURS) == ()


@pytest.mark.parametrize("words", ["soon", "as soon as possible", "in due course", "ASAP", "shortly"])
def test_vague_words_bind_to_nothing(words: str) -> None:
    (one,) = due_in(words, THURSDAY_MORNING, OFFICE_HOURS)
    assert (one.moment, one.kind) == (None, DueKind.VAGUE)


@pytest.mark.parametrize("words", ["within 14 days of receipt", "3-5 business days after", "on the next bill"])
def test_a_time_counted_from_an_event_without_a_date_binds_to_nothing(words: str) -> None:
    (one,) = due_in(words, THURSDAY_MORNING, OFFICE_HOURS)
    assert (one.moment, one.kind) == (None, DueKind.RELATIVE)


def test_without_a_clock_there_is_no_due_time_but_still_a_kind() -> None:
    (one,) = due_in("by five today", None, OFFICE_HOURS)
    assert (one.moment, one.kind, one.words) == (None, DueKind.ABSOLUTE, "by five today")


def test_hours_over_the_autumn_change_are_real_hours() -> None:
    assert due("within 24 hours", datetime(2025, 10, 25, 12, tzinfo=LONDON)) == "2025-10-26T11:00"


def test_a_clock_time_after_the_change_is_the_new_clock_s() -> None:
    said = datetime(2025, 3, 29, 20, tzinfo=LONDON)
    (one,) = due_in("by nine tomorrow", said, OFFICE_HOURS)
    assert one.moment is not None
    assert one.moment - said.astimezone(ZoneInfo("UTC")) == timedelta(hours=12)


def test_a_zone_that_is_named_is_counted_in_and_told_in_the_conversation_s_own() -> None:
    said = datetime(2025, 5, 18, 3, 42, tzinfo=ZoneInfo("America/New_York"))
    assert due("at 9:00 a.m. Central", said) == "2025-05-18T10:00"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("by noon Eastern", "2025-01-15T17:00"),
        ("at 10 am Toronto time tomorrow", "2025-01-16T15:00"),
        ("by half past three newfoundland time", "2025-01-15T19:00"),
        ("by 4pm AEDT tomorrow", "2025-01-16T05:00"),
        ("by six local time", "2025-01-15T18:00"),
    ],
)
def test_a_place_s_clock_is_told_in_the_conversation_s_own(words: str, moment: str) -> None:
    assert due(words, datetime(2025, 1, 15, 12, tzinfo=LONDON)) == moment


def test_gmt_stays_gmt_in_summer() -> None:
    assert due("by 3pm GMT", datetime(2025, 7, 1, 9, tzinfo=LONDON)) == "2025-07-01T16:00"


def test_this_time_tomorrow_keeps_the_clock_over_the_change() -> None:
    assert due("this time tomorrow", datetime(2026, 3, 28, 15, 8, tzinfo=LONDON)) == "2026-03-29T15:08"


def test_months_come_first_where_people_write_them_first() -> None:
    (one,) = due_in("by 3/4", datetime(2026, 2, 1, 9, tzinfo=LONDON), OFFICE_HOURS, month_first=True)
    assert one.moment == datetime(2026, 3, 4, 17, 30, tzinfo=LONDON)


def test_half_past_after_a_clock_time_is_counted_from_that_one() -> None:
    _, second = due_in("if he is not there by noon I'll ring you at half past", THURSDAY_MORNING, OFFICE_HOURS)
    assert second.moment == datetime(2025, 3, 6, 12, 30, tzinfo=LONDON)


def test_the_evening_before_is_counted_from_the_day_spoken_of() -> None:
    _, second = due_in(
        "the thirtieth between one and five, and a text the evening before", THURSDAY_MORNING, OFFICE_HOURS
    )
    assert second.moment == datetime(2025, 3, 29, 23, 59, tzinfo=LONDON)


def test_an_hour_before_nothing_that_has_a_time_binds_to_nothing() -> None:
    (one,) = due_in("an hour before it leaves", THURSDAY_MORNING, OFFICE_HOURS)
    assert (one.moment, one.kind) == (None, DueKind.RELATIVE)


def test_tomorrow_s_sale_says_nothing_of_the_next_clock_time() -> None:
    *_, last = due_in("you'll get a code for tomorrow's sale by 8pm", THURSDAY_MORNING, OFFICE_HOURS)
    assert last.moment == datetime(2025, 3, 6, 20, tzinfo=LONDON)


def test_january_said_in_november_is_next_year_s() -> None:
    assert due("on 12 January at 10am", datetime(2025, 11, 18, 14, tzinfo=LONDON)) == "2026-01-12T10:00"


def test_a_date_that_has_just_been_is_no_time_to_come() -> None:
    assert due("on 2 May", datetime(2025, 5, 18, 9, tzinfo=LONDON)) is None


def test_noon_said_in_the_evening_is_tomorrow_s() -> None:
    assert due("by noon", datetime(2025, 11, 25, 21, tzinfo=LONDON)) == "2025-11-26T12:00"


def test_today_said_after_hours_is_the_rest_of_the_day() -> None:
    assert due("today", datetime(2025, 3, 6, 19, tzinfo=LONDON)) == "2025-03-06T23:59"


def test_a_morning_that_is_over_is_no_time_to_come() -> None:
    assert due("this morning", datetime(2025, 3, 6, 15, tzinfo=LONDON)) is None


def test_the_end_of_the_week_said_on_a_saturday_is_next_friday() -> None:
    assert due("by the end of the week", datetime(2025, 3, 8, 9, tzinfo=LONDON)) == "2025-03-14T17:30"


def test_a_day_lends_itself_to_a_clock_time_in_the_next_sentence() -> None:
    _, second = due_in("Collection is Saturday June 7. Andre will phone at 9:30", THURSDAY_MORNING, OFFICE_HOURS)
    assert second.moment == datetime(2025, 6, 7, 9, 30, tzinfo=LONDON)


def test_the_team_s_own_hours_end_the_day() -> None:
    shop = WorkingHours(frozenset(range(6)), time(8), time(20))
    (one,) = due_in("by the end of the week", THURSDAY_MORNING, shop)
    assert one.moment == datetime(2025, 3, 8, 20, tzinfo=LONDON)


MOMENTS = st.integers(600_000_000, 3_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, LONDON))
WORDS = st.sampled_from(
    [
        *(
            "by",
            "at",
            "within",
            "before",
            "between",
            "and",
            "to",
            "on",
            "the",
            "of",
            "next",
            "in",
            "half",
            "quarter",
            "past",
        ),
        *(
            "5",
            "14",
            "31",
            "99",
            "five",
            "twenty",
            "first",
            "3pm",
            "24:00",
            "17:30",
            "noon",
            "midnight",
            "soon",
            ".",
            "end",
        ),
        *("today", "tomorrow", "tonight", "monday", "friday", "morning", "working", "days", "hours", "month", "week"),
        *("february", "Central", "end", ".", "3/4", "before", "same time", "a fortnight", "last", "hour"),
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), MOMENTS)
def test_whatever_is_said_the_mentions_are_whole_in_order_and_apart(words: str, said: datetime) -> None:
    dues = due_in(words, said, OFFICE_HOURS)
    assert [words[one.span.start : one.span.end] for one in dues] == [one.words for one in dues]
    assert all(a.span.end <= b.span.start for a, b in pairwise(dues))


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    due_in(text, THURSDAY_MORNING, OFFICE_HOURS)


def test_so_much_after_that_is_counted_from_the_day_spoken_of() -> None:
    visit, drawings = due_in("He comes on Friday, and you'll get it a week after that.", THURSDAY_MORNING, OFFICE_HOURS)
    assert visit.moment == datetime(2025, 3, 7, 17, 30, tzinfo=LONDON)
    assert drawings.moment == datetime(2025, 3, 14, 17, 30, tzinfo=LONDON)


def test_the_evening_before_a_midnight_is_the_evening_before_the_day_that_it_ends() -> None:
    said = "Your old line goes off at midnight on Saturday and he'll text you the evening before."
    _, text = due_in(said, THURSDAY_MORNING, OFFICE_HOURS)
    assert text.moment == datetime(2025, 3, 7, 23, 59, tzinfo=LONDON)
