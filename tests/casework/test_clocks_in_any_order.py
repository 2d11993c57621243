"""Clocks of complaints and calls, whatever people do meanwhile: over holidays, leap days and changes of clocks."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from levelhead import packs
from levelhead.casework.complaint import Complaint, ComplaintMove, LetterKind, Pause, Sent
from levelhead.casework.complaint_clock import dues, may_write, moved_by_time
from levelhead.casework.complaint_rules import Unit
from levelhead.casework.handover import STANDING, HandoverMove, HandoverState, clocked
from levelhead.casework.item import Evidence
from levelhead.casework.opening_hours import OFFICE, OpeningHours

RULES = packs.BUILT_IN.complaints()
HOUSES = (
    OpeningHours("Europe/London", OFFICE.week, "GB", "ENG"),
    OpeningHours("Europe/Madrid", OFFICE.week, "ES", "MD"),
    OpeningHours("Pacific/Auckland", OFFICE.week, "NZ"),
)
SAID = Evidence("the-late-refund", 2, "Still nothing.")
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
"""Five years: two leap days, ten changes of clocks, every holiday."""


class Counting(RuleBasedStateMachine):
    """A complaint under any rules in any house, while letters go out, a clock stands still, and days go by."""

    @initialize(said=MOMENTS, rules=st.sampled_from(sorted(RULES)), house=st.sampled_from(HOUSES))
    def begins(self, said: datetime, rules: str, house: OpeningHours) -> None:
        self.law, self.house, self.now = RULES[rules], house, said
        self.body = Complaint(SAID, said, rules, "K7M-4RT9")
        self.told: list[tuple[ComplaintMove, str]] = []
        self.look()

    @rule(hours=st.integers(1, 24 * 20))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.look()

    @rule(kind=st.sampled_from(LetterKind))
    def somebody_writes(self, kind: LetterKind) -> None:
        if may_write(kind, self.body, self.law, self.house, self.now):
            sent = Sent(kind, "A letter", (f"Dear {len(self.body.letters)}",), "x", self.now, UUID(int=1), "Sam")
            self.body = replace(self.body, letters=(*self.body.letters, sent))
        self.look()

    @rule()
    def it_waits_or_goes_on(self) -> None:
        if not self.law.may_pause:
            return
        *before, last = self.body.pauses or (Pause(self.now, "", self.now),)
        if self.body.is_paused:
            self.body = replace(self.body, pauses=(*before, replace(last, until=self.now)))
        else:
            self.body = replace(self.body, pauses=(*self.body.pauses, Pause(self.now, "photographs")))
        self.look()

    @rule()
    def nobody_looks_again(self) -> None:
        self.body = replace(self.body, deadlock_at=self.body.deadlock_at or self.now)
        self.look()

    def look(self) -> None:
        while (move := moved_by_time(self.body, self.law, self.house, self.now)) is not None:
            what, due = move
            assert (what, due.limit.name) not in self.told, "nobody is told twice"
            assert (what is ComplaintMove.REACH) == (self.now > due.at), "reached after its end, near before it"
            self.told.append((what, due.limit.name))
            reached = (due.limit.name,) if what is ComplaintMove.REACH else ()
            warned = (*self.body.warned, due.limit.name)
            self.body = replace(self.body, warned=warned, reached=(*self.body.reached, *reached))

    @invariant()
    def what_is_past_was_said_and_every_end_is_the_end_of_a_day_where_the_house_is(self) -> None:
        for due in dues(self.body, self.law, self.house):
            end = due.at.astimezone(self.house.tz)
            if due.is_awaited and self.now > due.at:
                assert due.limit.name in self.body.reached
            if due.limit.unit is Unit.BUSINESS_DAYS:
                assert end.time() in {time(23, 59, 59), time(17, 30)}
            else:
                assert end.time() == time(23, 59, 59), "on a day of 23 or 25 hours as well"

    @invariant()
    def the_first_words_count(self) -> None:
        assert self.body.said is SAID


TestCounting = Counting.TestCase
TestCounting.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


@example(datetime(2028, 10, 26, 1, tzinfo=UTC), timedelta(days=3), HandoverState.OFFERED)
@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=3)), st.sampled_from(sorted(STANDING)))
def test_a_call_waits_as_long_as_its_limit_whatever_the_clocks_on_the_wall_do(
    at: datetime, limit: timedelta, state: HandoverState
) -> None:
    here = at.astimezone(ZoneInfo("Europe/London"))
    call = clocked(state, here, limit)
    if call.due is not None:
        assert call.due.astimezone(UTC) - at == limit
        assert call.after(HandoverMove.DROP, at + limit, limit).state is HandoverState.DROPPED
