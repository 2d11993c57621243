"""More ways of saying when, kind by kind, and what only looks like one of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from levelhead.listening.calendar import OFFICE_HOURS
from levelhead.listening.due import Due, due_in

LONDON = ZoneInfo("Europe/London")
THURSDAY = datetime(2025, 3, 6, 10, 42, tzinfo=LONDON)


def dues(words: str, said_at: datetime = THURSDAY) -> tuple[Due, ...]:
    return due_in(words, said_at, OFFICE_HOURS)


def due(words: str, said_at: datetime = THURSDAY) -> str | None:
    """The local time of the last mention in these words."""
    moment = dues(words, said_at)[-1].moment
    return moment.replace(tzinfo=None).isoformat(timespec="minutes") if moment else None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("the debit on the ninth won't be taken", "2025-03-09T17:30"),
        ("she's in on the tenth instead", "2025-03-10T17:30"),
        ("it is paid by the seventh at the latest", "2025-03-07T17:30"),
        ("on the 3rd of next month", "2025-04-03T17:30"),
        ("by the first of the month", "2025-04-01T17:30"),
        ("on 21.03.2025", "2025-03-21T17:30"),
        ("by 07-04-2025", "2025-04-07T17:30"),
        ("on the first working day of April", "2025-04-01T17:30"),
        ("the second working day of next month", "2025-04-02T17:30"),
        ("by the last working day of the month", "2025-03-31T17:30"),
        ("the last banking day of May", "2025-05-30T17:30"),
        ("on the last day of April", "2025-04-30T17:30"),
        ("by the first working day of the month", "2025-04-01T17:30"),
    ],
)
def test_days_by_their_place_in_a_month(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("by the month's end", "2025-03-31T17:30"),
        ("before the end of the month", "2025-03-31T17:30"),
        ("before the month is out", "2025-03-31T17:30"),
        ("by April's end", "2025-04-30T17:30"),
        ("later this month", "2025-03-31T17:30"),
        ("by the last day of next month", "2025-04-30T17:30"),
        ("by end of week", "2025-03-07T17:30"),
        ("by end of month please", "2025-03-31T17:30"),
        ("by tomorrow's close", "2025-03-07T17:30"),
        ("by year end", "2025-12-31T17:30"),
        ("by the end of the year", "2025-12-31T17:30"),
        ("by the end of the quarter", "2025-03-31T17:30"),
        ("by week's end", "2025-03-07T17:30"),
        ("before the week is out", "2025-03-07T17:30"),
        ("later next week", "2025-03-14T17:30"),
        ("the week after next", "2025-03-21T17:30"),
        ("next weekend", "2025-03-16T17:30"),
        ("before the day is out", "2025-03-06T17:30"),
        ("by close of trading tomorrow", "2025-03-07T17:30"),
    ],
)
def test_ends_of_weeks_months_and_years(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("tuesday fortnight", "2025-03-25T17:30"),
        ("saturday three weeks", "2025-03-29T17:30"),
        ("tomorrow fortnight", "2025-03-21T17:30"),
        ("this day week", "2025-03-13T17:30"),
        ("fortnight on monday", "2025-03-24T17:30"),
        ("six weeks on friday", "2025-04-18T17:30"),
        ("the monday after next", "2025-03-17T17:30"),
        ("next week tuesday", "2025-03-11T17:30"),
        ("next week on the Wednesday at ten", "2025-03-12T10:00"),
        ("he measures up on Monday and fits it the following Tuesday", "2025-03-11T17:30"),
        ("they pack on the 12th and load the following morning", "2025-03-13T12:00"),
        ("2moro b4 5", "2025-03-07T17:00"),
        ("I'll ring the morra at nine", "2025-03-07T09:00"),
        ("Friday am", "2025-03-07T12:00"),
        ("tomorrow pm, about your boiler", "2025-03-07T17:30"),
    ],
)
def test_days_counted_in_weeks_and_days_in_short(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("on Hogmanay", "2025-12-31T17:30"),
        ("on St Stephen's Day", "2025-12-26T17:30"),
        ("on St Patrick's Day", "2025-03-17T17:30"),
        ("on Good Friday", "2025-04-18T17:30"),
        ("before Easter", "2025-04-19T17:30"),
        ("by Easter Monday", "2025-04-21T17:30"),
    ],
)
def test_holidays_are_days(words: str, moment: str) -> None:
    assert due(words) == moment


def test_the_new_year_said_in_december_is_the_coming_one() -> None:
    december = datetime(2025, 12, 8, 9, tzinfo=LONDON)
    assert due("on New Year's Day", december) == "2026-01-01T17:30"
    assert due("before the new year", december) == "2025-12-31T17:30"


def test_an_easter_that_is_over_is_next_year_s() -> None:
    assert due("on Good Friday", datetime(2025, 5, 1, 9, tzinfo=LONDON)) == "2026-04-03T17:30"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("within a quarter of an hour", "2025-03-06T10:57"),
        ("in the next three-quarters of an hour", "2025-03-06T11:27"),
        ("in an hour and a quarter", "2025-03-06T11:57"),
        ("in one hour and three quarters", "2025-03-06T12:27"),
        ("within two hours and ten minutes", "2025-03-06T12:52"),
        ("in 1hr 20 mins", "2025-03-06T12:02"),
        ("in an hour twenty", "2025-03-06T12:02"),
        ("in one hour and forty five.", "2025-03-06T12:27"),
        ("in 45mins", "2025-03-06T11:27"),
        ("half an hour to an hour", "2025-03-06T11:42"),
        ("twenty minutes to half an hour", "2025-03-06T11:12"),
        ("24/48 hours", "2025-03-08T10:42"),
        ("back to you in ten", "2025-03-06T10:52"),
        ("give me fifteen and it's live", "2025-03-06T10:57"),
        ("in a minute or two", "2025-03-06T10:44"),
        ("inside a week or two", "2025-03-20T17:30"),
        ("a couple of months", "2025-05-06T17:30"),
        ("within the next fortnight", "2025-03-20T17:30"),
        ("three clear working days", "2025-03-11T17:30"),
    ],
)
def test_lengths_of_time(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("Four it is.", "2025-03-06T16:00"),
        ("right then, two it is, I'll ring", "2025-03-06T14:00"),
        ("lovely half one then he buzzes the flat", "2025-03-06T13:30"),
        ("okay three then", "2025-03-06T15:00"),
        ("no, make it six", "2025-03-06T18:00"),
        ("Quarter past and she's with you.", "2025-03-06T11:15"),
        ("okay twenty to and i'm back on the line", "2025-03-06T11:40"),
        ("on the stroke of five", "2025-03-06T17:00"),
        ("rings at one instead", "2025-03-06T13:00"),
        ("by three about the lease", "2025-03-06T15:00"),
        ("at four regarding the claim", "2025-03-06T16:00"),
        ("around half fiveish", "2025-03-06T17:30"),
        ("about half-past... no, at four-ish", "2025-03-06T16:00"),
        ("at half past two pm", "2025-03-06T14:30"),
        ("quarter after six", "2025-03-06T18:15"),
        ("at ten after four", "2025-03-06T16:10"),
        ("by 1630", "2025-03-06T16:30"),
        ("at 15h45", "2025-03-06T15:45"),
        ("by five o’clock today", "2025-03-06T17:00"),
    ],
)
def test_clock_times_that_answer_or_stand_in_other_company(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("at 10 Toronto time", "2025-03-06T15:00"),
        ("rings you at 9 Dubai time tomorrow", "2025-03-07T05:00"),
        ("our man calls at 2 Eastern", "2025-03-06T19:00"),
        ("he calls at eleven central tomorrow", "2025-03-07T17:00"),
        ("at 11am pst", "2025-03-06T19:00"),
        ("at half past nine mountain", "2025-03-06T16:30"),
        ("Rania in our Cairo office rings at 5 tomorrow afternoon her time", "2025-03-07T15:00"),
        ("she rings at five her time", "2025-03-06T17:00"),
        ("by noon Greek time tomorrow", "2025-03-07T10:00"),
    ],
)
def test_a_bare_hour_takes_the_zone_that_is_said_with_it(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("said", "words", "moment"),
    [
        ("15:10", "Femi phones you at eleven", "2025-03-07T11:00"),
        ("17:40", "I'm ringing him about half ten", "2025-03-07T10:30"),
        ("15:10", "the site is back by eleven", "2025-03-06T23:00"),
        ("15:10", "it is off at eleven tonight", "2025-03-06T23:00"),
        ("20:15", "your line is back at ten", "2025-03-06T22:00"),
        ("15:10", "he phones you at eight", "2025-03-06T20:00"),
    ],
)
def test_nobody_rings_at_ten_at_night(said: str, words: str, moment: str) -> None:
    assert due(words, datetime.fromisoformat(f"2025-03-06T{said}").replace(tzinfo=LONDON)) == moment


def test_a_close_said_in_one_breath_with_a_day_is_that_day_s() -> None:
    assert due("Ines lays the floor on Tuesday at eight and it is walkable by close of play.") == "2025-03-11T17:30"


def test_a_close_that_somebody_begins_anew_with_is_today_s() -> None:
    assert due("Your floor goes down on Tuesday. I'll send the plan by close of play.") == "2025-03-06T17:30"
    assert due("Your floor goes down on Tuesday and I'll send the plan by close of play") == "2025-03-06T17:30"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("by two, no, sorry, by half three", "2025-03-06T15:30"),
        ("at ten tomorrow er no tell a lie eleven", "2025-03-07T11:00"),
        ("on monday or rather tuesday", "2025-03-11T17:30"),
        ("at 2 Eastern tomorrow. Sorry, make that 4 Eastern", "2025-03-07T21:00"),
    ],
)
def test_of_a_time_that_is_put_right_only_the_last_stands(words: str, moment: str) -> None:
    (one,) = dues(words)
    assert one.moment is not None
    assert one.moment.replace(tzinfo=None).isoformat(timespec="minutes") == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("the crew is there on the 18th and you have the report within two working days of that", "2025-03-20T17:30"),
        ("the board meets on 3 April, you get our papers ten days beforehand", "2025-03-24T17:30"),
        ("we measure on Tuesday 18 March and paint in the same week", "2025-03-21T17:30"),
        ("we measure on Tuesday 18 March and paint the week after", "2025-03-28T17:30"),
        ("Ed rings at two and Jo an hour after that", "2025-03-06T15:00"),
        ("I'm in at seven in the morning and I'll ring at half nine", "2025-03-07T09:30"),
        ("within 24 hours of this email", "2025-03-07T10:42"),
        ("five working days from the date of this letter", "2025-03-13T17:30"),
    ],
)
def test_times_counted_from_another(words: str, moment: str) -> None:
    assert due(words) == moment


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("the room is yours from two", "2025-03-06T14:00"),
        ("from three on Saturday", "2025-03-08T15:00"),
        ("on the 7.40 in the morning", "2025-03-07T07:40"),
        ("you're down for 11.20 on 9 April", "2025-04-09T11:20"),
        ("she has you ten fifteen tomorrow", "2025-03-07T10:15"),
        ("it holds through 04/04", "2025-04-04T17:30"),
        ("fitting's booked, week on Friday, at two", "2025-03-14T14:00"),
        ("three, aye, I'll ring you", "2025-03-06T15:00"),
        ("eight tomorrow night", "2025-03-07T20:00"),
        ("that's 3 this afternoon", "2025-03-06T15:00"),
        ("bang on four", "2025-03-06T16:00"),
        ("just after two", "2025-03-06T14:00"),
        ("she rings six sharp", "2025-03-06T18:00"),
        ("on the half hour", "2025-03-06T11:30"),
        ("the 3-7 slot on Tuesday", "2025-03-11T19:00"),
        ("half six to half nine tomorrow", "2025-03-07T21:30"),
        ("9am till noon Saturday", "2025-03-08T12:00"),
        ("it's on the 4 o'clock van tomorrow", "2025-03-07T16:00"),
        ("last thing tonight", "2025-03-06T23:59"),
        ("by thurs at 4", "2025-03-13T16:00"),
        ("til sat", "2025-03-08T17:30"),
    ],
)
def test_clock_times_and_dates_in_loose_company(words: str, moment: str) -> None:
    assert due(words) == moment


def test_a_bare_hour_to_start_from_leaves_its_lead_to_the_day() -> None:
    (one,) = dues("from three on Sunday")
    assert one.when.lead == "on"


def test_a_count_before_a_part_of_the_day_is_no_clock_time() -> None:
    (one,) = dues("you can have the one tomorrow afternoon")
    assert one.words == "tomorrow afternoon"


def test_two_times_with_more_between_them_both_stand() -> None:
    assert len(dues("He can't do Monday, sorry, but I have Tuesday")) == 2


@pytest.mark.parametrize(
    "words",
    [
        "the sat nav",
        "just after two of them came",
        "it cost £7.40 in the end",
        "every week on demand",
        "press one then two",
        "five works of art",
        "I have two then",
        "Ask at the Central desk",
        "pacific blue",
        "one in ten of them",
        "we have 1430 in stock",
        "turn it on the third way",
        "that is the last thing we need",
        "third time this month",
        "room 4 mountain view",
        "version 1.02.03",
    ],
)
def test_what_only_looks_like_a_time_is_none(words: str) -> None:
    assert [one.words for one in dues(words)] == []


def test_a_word_belongs_to_one_time_only() -> None:
    first, second = dues("5 days from 14.03.2026")
    assert (first.words, second.words) == ("5 days from", "14.03.2026")
