"""Limits are counted from the first words, by the rules of their day, over weekends, holidays and clock changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead import packs
from levelhead.casework.complaint import Complaint, ComplaintMove, LetterKind, Pause, Sent
from levelhead.casework.complaint_clock import Due, clock_at, dues, may_write, moved_by_time, next_due
from levelhead.casework.item import Evidence
from levelhead.casework.opening_hours import OFFICE, Hours, OpeningHours

LONDON = OpeningHours("Europe/London", OFFICE.week, "GB", "ENG")
MADRID = OpeningHours("Europe/Madrid", OFFICE.week, "ES", "MD")
RULES = packs.complaints()
_FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: _FIRST + timedelta(minutes=minutes))
SAID = Evidence("the-late-refund", 2, "Still nothing.")


def at(day: str, clock: str = "10:00", hours: OpeningHours = LONDON) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=hours.tz)


def complaint(day: str, clock: str = "10:00", hours: OpeningHours = LONDON) -> Complaint:
    return Complaint(SAID, at(day, clock, hours), "fca", "K7M-4RT9")


def letter(kind: LetterKind, when: datetime) -> Sent:
    return Sent(kind, "A letter", ("Dear",), "x", when, UUID(int=1), "Sam")


def due(body: Complaint, rules: str, limit: str, hours: OpeningHours = LONDON) -> Due:
    (found,) = [one for one in dues(body, RULES[rules], hours) if one.limit.name == limit]
    return found


def last_day(body: Complaint, rules: str, limit: str, hours: OpeningHours = LONDON) -> date:
    return due(body, rules, limit, hours).at.astimezone(hours.tz).date()


def test_six_weeks_hold_from_the_very_day_of_april_2026_and_eight_until_the_evening_before() -> None:
    assert last_day(complaint("2026-04-07", "23:59"), "uk-telecoms", "adr_eight_weeks") == date(2026, 6, 2)
    assert last_day(complaint("2026-04-08", "00:00"), "uk-telecoms", "adr_six_weeks") == date(2026, 5, 20)
    for day, other in (("2026-04-07", "adr_six_weeks"), ("2026-04-08", "adr_eight_weeks")):
        assert other not in {one.limit.name for one in dues(complaint(day), RULES["uk-telecoms"], LONDON)}


def test_the_day_is_the_tenants_day_and_not_that_of_the_server() -> None:
    # 23:30 UTC on the 7th is half past midnight on the 8th in British summer time.
    body = replace(complaint("2026-04-07"), said_at=datetime(2026, 4, 7, 23, 30, tzinfo=UTC))
    assert last_day(body, "uk-telecoms", "adr_six_weeks") == date(2026, 5, 20)


@given(MOMENTS)
def test_one_limit_for_the_letter_holds_on_every_day(said: datetime) -> None:
    body = replace(complaint("2026-04-07"), said_at=said)
    letters = [one for one in dues(body, RULES["uk-telecoms"], LONDON) if one.limit.met_by == (LetterKind.ADR,)]
    assert len(letters) == 1
    weeks = 6 if body.said_at.astimezone(LONDON.tz).date() >= date(2026, 4, 8) else 8
    end = letters[0].at.astimezone(LONDON.tz)
    assert end.date() == body.said_at.astimezone(LONDON.tz).date() + timedelta(weeks=weeks)
    assert end.time() == time(23, 59, 59), "whatever the clocks have done in between"


def test_the_third_business_day_ends_with_the_close_of_business() -> None:
    # Said on Thursday evening before Easter: Good Friday, the weekend and Easter Monday do not count.
    found = due(complaint("2026-04-02", "20:00"), "fca", "summary")
    assert found.at == at("2026-04-09", "17:30")
    assert not found.limit.binds


def test_fifteen_business_days_leave_out_christmas_and_the_new_year() -> None:
    assert last_day(complaint("2026-12-14"), "fca-payments", "final_response") == date(2027, 1, 7)


def test_a_holding_letter_gives_thirty_five_days_where_the_rule_has_them_and_no_more() -> None:
    body = complaint("2026-11-02")
    assert last_day(body, "fca-payments", "final_response") == date(2026, 11, 23)
    holding = replace(body, letters=(letter(LetterKind.HOLDING, at("2026-11-20")),))
    assert last_day(holding, "fca-payments", "final_response") == date(2026, 12, 21)
    assert not due(holding, "fca-payments", "final_response").met
    assert last_day(holding, "fca", "final_response") == last_day(body, "fca", "final_response")


def test_working_days_in_spain_leave_out_its_holidays() -> None:
    # 6 and 8 December are holidays, the 6th a Sunday; 15 working days after Friday 27 November.
    assert last_day(complaint("2026-11-27", hours=MADRID), "es-services", "answer", MADRID) == date(2026, 12, 21)


def test_leap_days_are_days() -> None:
    assert last_day(complaint("2028-02-01"), "fca", "final_response") == date(2028, 3, 28)
    assert last_day(complaint("2028-02-29"), "fca", "final_response") == date(2028, 4, 25)


def test_whoever_opens_on_fewer_days_has_no_longer_limit() -> None:
    some = (None, Hours(time(9), time(17)), None, Hours(time(9), time(17)), None, None, None)
    few = OpeningHours("Europe/London", some, "GB", "ENG")
    assert last_day(complaint("2026-11-02"), "fca", "summary", few) <= date(2026, 11, 5)
    assert due(complaint("2026-11-02"), "fca", "summary", few).at > at("2026-11-02")


@pytest.mark.parametrize("rules", sorted(set(RULES) - {"iso-10002"}))
def test_no_law_here_lets_a_clock_stand_still(rules: str) -> None:
    body = complaint("2026-11-02")
    waits = replace(body, pauses=(Pause(at("2026-11-03"), "photographs", at("2026-11-13")),))
    assert not RULES[rules].may_pause
    assert dues(waits, RULES[rules], LONDON) == dues(body, RULES[rules], LONDON)


def test_a_pause_moves_the_end_by_the_business_days_of_it() -> None:
    body = complaint("2026-11-02")
    assert last_day(body, "iso-10002", "answer") == date(2026, 11, 30)
    waits = replace(body, pauses=(Pause(at("2026-11-05"), "photographs"),))
    assert not due(waits, "iso-10002", "answer").is_awaited
    went_on = replace(body, pauses=(Pause(at("2026-11-05"), "photographs", at("2026-11-10")),))
    assert last_day(went_on, "iso-10002", "answer") == date(2026, 12, 3)
    assert last_day(went_on, "iso-10002", "acknowledge") == date(2026, 11, 4), "to acknowledge waits for nobody"


def test_a_deadlock_asks_for_its_letter_at_once() -> None:
    body = complaint("2026-11-02")
    assert "adr_at_deadlock" not in {one.limit.name for one in dues(body, RULES["uk-telecoms"], LONDON)}
    stuck = replace(body, deadlock_at=at("2026-11-06"))
    assert last_day(stuck, "uk-telecoms", "adr_at_deadlock") == date(2026, 11, 9)


def test_a_summary_is_possible_until_the_close_of_its_day() -> None:
    body, rules = complaint("2026-11-02"), RULES["fca"]
    ends = due(body, "fca", "summary").at
    assert may_write(LetterKind.SUMMARY, body, rules, LONDON, ends)
    assert not may_write(LetterKind.SUMMARY, body, rules, LONDON, ends + timedelta(seconds=1))
    assert not may_write(LetterKind.ADR, body, rules, LONDON, ends)


def test_time_reminds_once_and_says_once_that_a_limit_is_reached() -> None:
    body, rules = complaint("2026-11-02"), RULES["uk-telecoms"]
    body = replace(body, letters=(letter(LetterKind.ACKNOWLEDGEMENT, at("2026-11-02", "11:00")),))
    assert list(_lived(body, "uk-telecoms", at("2027-02-01"))) == [
        (ComplaintMove.REMIND, "adr_six_weeks", date(2026, 12, 8)),
        (ComplaintMove.REACH, "adr_six_weeks", date(2026, 12, 15)),
    ]
    assert next_due(body, rules, LONDON, at("2027-02-01")) == due(body, "uk-telecoms", "adr_six_weeks")


def test_an_answer_that_is_late_comes_before_a_late_acknowledgement() -> None:
    body, rules = complaint("2026-11-02"), RULES["uk-telecoms"]
    found = [next_due(body, rules, LONDON, at(day)) for day in ("2026-11-03", "2026-11-20", "2026-12-15")]
    assert [one.limit.name for one in found if one] == ["acknowledge", "acknowledge", "adr_six_weeks"]


def test_what_was_answered_is_awaited_no_longer() -> None:
    body = replace(complaint("2026-11-02"), letters=(letter(LetterKind.FINAL_RESPONSE, at("2026-11-03")),))
    assert next_due(body, RULES["fca"], LONDON, at("2026-11-04")) is None
    assert clock_at(body, RULES["fca"], LONDON) is None


@given(MOMENTS, st.sampled_from(sorted(RULES)))
def test_nothing_is_due_before_it_was_said_and_reminders_come_before_the_end(said: datetime, rules: str) -> None:
    body = replace(complaint("2026-11-02"), said_at=said)
    for one in dues(body, RULES[rules], LONDON):
        assert one.at > body.said_at
        move = moved_by_time(body, RULES[rules], LONDON, body.said_at)
        assert move is None


def _lived(body: Complaint, rules: str, until: datetime) -> Iterator[tuple[ComplaintMove, str, date]]:
    """What the clock does, looked at twice a day."""
    now = body.said_at
    while now < until:
        move = moved_by_time(body, RULES[rules], LONDON, now)
        if move is not None:
            yield move[0], move[1].limit.name, now.astimezone(LONDON.tz).date()
            name = move[1].limit.name
            reached = (*body.reached, name) if move[0] is ComplaintMove.REACH else body.reached
            body = replace(body, warned=(*body.warned, name), reached=reached)
            continue
        now += timedelta(hours=12)
