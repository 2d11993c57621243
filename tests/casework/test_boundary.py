"""The ladder: nothing climbs by itself, nothing is skipped past what is due, and no evidence is lost."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import (
    BOUNDARY,
    OPEN,
    Boundary,
    BoundaryState,
    Climb,
    Rung,
    Seen,
    was_ended_for_abuse,
)
from levelhead.casework.item import Item, Kind
from levelhead.casework.machine import NotPossible
from levelhead.conversation import Abuse

INSULT = Seen(3, Abuse.INSULT, "you clown")
RUNGS = tuple(Rung)
ABUSE = [abuse for abuse in Abuse if ladder.climbs(abuse)]


def climbed(*rungs: Rung) -> tuple[BoundaryState, Boundary]:
    """A boundary in which these rungs were proposed and said."""
    state, body = BoundaryState.NOTICED, ladder.begun(INSULT, rungs[0])
    for n, rung in enumerate(rungs, 4):
        if body.due is not rung:
            state, body = after(ladder.noticed(state, body, Seen(n, Abuse.INSULT, "again"), rung))
        state, body = after(ladder.spoke(state, body, rung, n))
    return state, body


def after(climb: Climb) -> tuple[BoundaryState, Boundary]:
    return climb.state, climb.body


def test_an_insult_is_named_warned_finally_warned_and_may_then_be_ended() -> None:
    state, body = climbed(*RUNGS[:3])
    assert not ladder.may_end(state, body)
    state, body = after(ladder.noticed(state, body, Seen(9, Abuse.INSULT, "idiot"), Rung.ENDING))
    assert ladder.may_end(state, body)
    assert after(ladder.ended(state, body))[0] is BoundaryState.ENDED
    assert [step.rung for step in body.said] == [*RUNGS[:3]]


@pytest.mark.parametrize("abuse", [Abuse.PROFANITY, Abuse.NONE])
def test_swearing_at_the_fault_opens_nothing_and_climbs_nothing(abuse: Abuse) -> None:
    with pytest.raises(NotPossible):
        ladder.begun(Seen(1, abuse, "this damn thing"), Rung.NAMING)
    with pytest.raises(NotPossible):
        ladder.noticed(BoundaryState.NAMED, ladder.begun(INSULT, Rung.NAMING), Seen(4, abuse, "…"), Rung.WARNING)


def test_a_rung_that_nothing_calls_for_cannot_be_said() -> None:
    with pytest.raises(NotPossible, match="not due"):
        ladder.spoke(BoundaryState.NOTICED, ladder.begun(INSULT, Rung.NAMING), Rung.WARNING, 4)
    state, body = climbed(Rung.NAMING)
    with pytest.raises(NotPossible, match="not due"):
        ladder.spoke(state, body, Rung.WARNING, 5)


def test_a_gentler_rung_than_the_one_that_is_due_can_be_said() -> None:
    body = ladder.begun(Seen(2, Abuse.THREAT, "I'll find you"), Rung.FINAL_WARNING)
    assert after(ladder.spoke(BoundaryState.NOTICED, body, Rung.WARNING, 3))[0] is BoundaryState.WARNED


def test_distress_is_asked_about_before_a_final_warning_and_that_it_was_is_kept() -> None:
    state, body = climbed(Rung.NAMING, Rung.WARNING)
    state, body = after(ladder.noticed(state, body, Seen(8, Abuse.INSULT, "liar"), Rung.FINAL_WARNING, distress=8))
    with pytest.raises(NotPossible, match="Ask first"):
        ladder.spoke(state, body, Rung.FINAL_WARNING, 9)
    state, body = after(ladder.asked_after(state, body, 9))
    state, body = after(ladder.spoke(state, body, Rung.FINAL_WARNING, 10))
    assert (state, body.asked, body.distress) == (BoundaryState.FINAL_WARNED, (9,), None)


def test_who_calms_down_begins_at_the_bottom_again_and_what_was_said_stays_on_record() -> None:
    state, body = climbed(Rung.NAMING, Rung.WARNING)
    state, body = after(ladder.calmed(state, body, 9))
    assert (state, body.calm_from, len(body.said)) == (BoundaryState.CALMED, 9, 2)
    state, body = after(ladder.noticed(state, body, Seen(12, Abuse.INSULT, "fool"), Rung.NAMING))
    assert (state, body.due) == (BoundaryState.NOTICED, Rung.NAMING)
    assert [seen.n for seen in body.seen] == [3, 5, 12]


def test_what_was_read_wrongly_is_set_aside_and_asks_for_nothing() -> None:
    state, body = after(ladder.passed_over(BoundaryState.NOTICED, ladder.begun(INSULT, Rung.NAMING)))
    assert (state, body.due) == (BoundaryState.SET_ASIDE, None)
    assert state not in OPEN


def test_a_second_threat_may_be_ended_at_once() -> None:
    body = ladder.begun(Seen(2, Abuse.THREAT, "I'll find you"), Rung.FINAL_WARNING)
    assert not ladder.may_end(BoundaryState.NOTICED, body)
    state, body = after(ladder.noticed(BoundaryState.NOTICED, body, Seen(4, Abuse.THREAT, "and hurt you"), Rung.ENDING))
    assert ladder.may_end(state, body)


def test_no_survey_goes_to_somebody_whose_contact_was_ended_for_abuse() -> None:
    at = datetime(2025, 3, 6, tzinfo=UTC)

    def item(kind: Kind, state: str) -> Item[Any]:
        return Item(uuid4(), kind, "c", state, uuid4(), "c", None, None, None, at, at, None)

    assert was_ended_for_abuse([item(Kind.PROMISE, "made"), item(Kind.BOUNDARY, "ended")])
    assert not was_ended_for_abuse([item(Kind.BOUNDARY, state) for state in BoundaryState if state != "ended"])
    assert not was_ended_for_abuse([item(Kind.HANDOVER, "ended")])


class Climbing(RuleBasedStateMachine):
    """Whatever happens in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.n = 0
        self.was: tuple[Seen, ...] = ()
        self.said = 0

    @initialize(abuse=st.sampled_from(ABUSE), due=st.sampled_from(RUNGS), distress=st.booleans())
    def begins(self, abuse: Abuse, due: Rung, distress: bool) -> None:
        self.body = ladder.begun(Seen(0, abuse, "…"), due, 0 if distress else None)
        self.state = BoundaryState.NOTICED

    @rule(abuse=st.sampled_from(ABUSE), due=st.sampled_from(RUNGS), distress=st.booleans())
    def is_abused(self, abuse: Abuse, due: Rung, distress: bool) -> None:
        self.n += 1
        seen = Seen(self.n, abuse, f"words {self.n}")
        self._tries(lambda: ladder.noticed(self.state, self.body, seen, due, self.n if distress else None))

    @rule(rung=st.sampled_from(RUNGS))
    def speaks(self, rung: Rung) -> None:
        due, open_distress = self.body.due, self.body.distress
        if self._tries(lambda: ladder.spoke(self.state, self.body, rung, self.n)):
            assert due is not None
            assert RUNGS.index(rung) <= RUNGS.index(due)
            assert rung is not Rung.FINAL_WARNING or open_distress is None

    @rule()
    def passes_over(self) -> None:
        self._tries(lambda: ladder.passed_over(self.state, self.body))

    @rule()
    def asks(self) -> None:
        self._tries(lambda: ladder.asked_after(self.state, self.body, self.n))

    @rule()
    def calms(self) -> None:
        self._tries(lambda: ladder.calmed(self.state, self.body, self.n))

    @rule()
    def tells(self) -> None:
        self._tries(lambda: ladder.supervisor_told(self.state, self.body))

    @precondition(lambda self: ladder.may_end(self.state, self.body))
    @rule()
    def ends(self) -> None:
        assert self._tries(lambda: ladder.ended(self.state, self.body))
        assert self.body.told

    @rule()
    def reopens(self) -> None:
        if self._tries(lambda: ladder.reopened(self.state, self.body)):
            assert ladder.may_end(self.state, self.body)

    @precondition(lambda self: not ladder.may_end(self.state, self.body))
    @rule()
    def cannot_end(self) -> None:
        assert not self._tries(lambda: ladder.ended(self.state, self.body))

    @invariant()
    def keeps_every_word(self) -> None:
        body = getattr(self, "body", None)
        if body is not None:
            assert body.seen[: len(self.was)] == self.was
            assert len(body.said) >= self.said
            self.was, self.said = body.seen, len(body.said)

    def _tries(self, climb: Any) -> bool:
        try:
            made: Climb = climb()
        except NotPossible:
            return False
        assert made.state is BOUNDARY.table[self.state, made.move]
        self.state, self.body = made.state, made.body
        return True


TestClimbing = Climbing.TestCase
