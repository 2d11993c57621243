"""A complaint moves as its table allows, keeps every letter, and is never closed without its cause."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from levelhead.casework import complaint_steps as steps
from levelhead.casework.complaint import COMPLAINT, STANDING, Complaint, ComplaintMove, ComplaintState, LetterKind, Sent
from levelhead.casework.complaint_steps import Stepped, Wanting
from levelhead.casework.item import Evidence
from levelhead.casework.machine import NotPossible

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
SAM = UUID(int=7)
SAID = Evidence("the-late-refund", 2, "This is the third time and it is still not sorted.")


def proposed() -> Complaint:
    return Complaint(SAID, NOW)


def opened() -> tuple[ComplaintState, Complaint]:
    step = steps.confirmed(ComplaintState.PROPOSED, proposed(), "fca", "K7M-4RT9")
    return step.state, step.body


def letter(kind: LetterKind, at: datetime = NOW, text: str = "Dear Mr Doyle") -> Sent:
    return Sent(kind, "A letter", (text,), "complaints fca 2026.1", at, SAM, "Sam Okafor")


def test_what_was_heard_is_only_proposed_and_a_no_needs_no_reason() -> None:
    assert COMPLAINT.begin(ComplaintMove.PROPOSE) is ComplaintState.PROPOSED
    no = steps.dismissed(ComplaintState.PROPOSED, proposed())
    assert no.state is ComplaintState.NOT_ONE
    assert steps.confirmed(no.state, no.body, "fca", "K7M-4RT9").state is ComplaintState.OPEN


def test_a_yes_can_be_taken_back_until_the_customer_was_written_to() -> None:
    state, body = opened()
    assert steps.taken_back(state, body).state is ComplaintState.PROPOSED
    wrote = steps.wrote(state, body, letter(LetterKind.ACKNOWLEDGEMENT))
    with pytest.raises(NotPossible, match="letter has gone out"):
        steps.taken_back(wrote.state, wrote.body)


def test_it_keeps_its_code_when_somebody_answers_twice() -> None:
    state, body = opened()
    again = steps.taken_back(state, body)
    assert steps.confirmed(again.state, again.body, "fca", "OTHER").body.code == "K7M-4RT9"


def test_a_late_acknowledgement_takes_nothing_back() -> None:
    state, body = opened()
    looked = steps.investigated(state, body, "The refund was booked to the wrong account.", "")
    assert steps.wrote(looked.state, looked.body, letter(LetterKind.ACKNOWLEDGEMENT)).state is looked.state


@pytest.mark.parametrize("cause", ["", "  "])
def test_nothing_is_closed_without_what_it_came_from(cause: str) -> None:
    state, body = opened()
    answered = steps.wrote(state, body, letter(LetterKind.FINAL_RESPONSE))
    with pytest.raises(Wanting) as refused:
        steps.closed(answered.state, answered.body, NOW, cause)
    assert refused.value.fields == ("cause",)
    with pytest.raises(Wanting):
        steps.withdrawn(state, body, NOW, "It has come, forget it.", cause)


def test_nothing_is_closed_unanswered() -> None:
    with pytest.raises(NotPossible):
        steps.closed(*opened(), NOW, "Two systems, one refund.")


def test_a_deadlock_says_what_the_customer_was_told() -> None:
    with pytest.raises(Wanting):
        steps.deadlocked(*opened(), NOW, " ")


def test_an_empty_letter_is_none() -> None:
    with pytest.raises(Wanting):
        steps.wrote(*opened(), letter(LetterKind.FINAL_RESPONSE, text=" "))


def test_a_letter_goes_out_once() -> None:
    sent = steps.wrote(*opened(), letter(LetterKind.FINAL_RESPONSE))
    with pytest.raises(NotPossible, match="gone out already"):
        steps.wrote(sent.state, sent.body, letter(LetterKind.FINAL_RESPONSE))


def test_a_clock_stands_still_only_where_the_rules_let_it() -> None:
    state, body = opened()
    with pytest.raises(NotPossible, match="no clock stand still"):
        steps.paused(state, body, NOW, "Waiting for the photographs.", allowed=False)
    waits = steps.paused(state, body, NOW, "Waiting for the photographs.", allowed=True)
    assert waits.body.is_paused
    assert not steps.resumed(waits.state, waits.body, NOW + timedelta(days=3)).body.is_paused


def test_answers_from_before_it_was_taken_up_again_count_no_more() -> None:
    state, body = opened()
    step = steps.wrote(state, body, letter(LetterKind.FINAL_RESPONSE))
    step = steps.closed(step.state, step.body, NOW, "Two systems, one refund.")
    step = steps.reopened(step.state, step.body, NOW + timedelta(days=1))
    assert step.state is ComplaintState.REOPENED
    assert step.body.sent(LetterKind.FINAL_RESPONSE) == ()
    assert len(step.body.letters) == 1


class Complaining(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.body, self.now = ComplaintState.PROPOSED, proposed(), NOW

    @rule()
    def confirm(self) -> None:
        self._try(lambda: steps.confirmed(self.state, self.body, "fca", "K7M-4RT9"))

    @rule(step=st.sampled_from([steps.dismissed, steps.taken_back, steps.assessed]))
    def answer(self, step: Callable[[ComplaintState, Complaint], Stepped]) -> None:
        self._try(lambda: step(self.state, self.body))

    @rule(kind=st.sampled_from(LetterKind), text=st.sampled_from(["Dear Mr Doyle", " "]))
    def write(self, kind: LetterKind, text: str) -> None:
        self._try(lambda: steps.wrote(self.state, self.body, letter(kind, self.now, text)))

    @rule(findings=st.sampled_from(["", "Booked twice."]))
    def investigate(self, findings: str) -> None:
        self._try(lambda: steps.investigated(self.state, self.body, findings, ""))

    @rule(allowed=st.booleans())
    def pause(self, allowed: bool) -> None:
        self._try(lambda: steps.paused(self.state, self.body, self.now, "photographs", allowed=allowed))

    @rule()
    def resume(self) -> None:
        self._try(lambda: steps.resumed(self.state, self.body, self.now))

    @rule()
    def deadlock(self) -> None:
        self._try(lambda: steps.deadlocked(self.state, self.body, self.now, "Told; no further review."))

    @rule(limit=st.sampled_from(["final_response", "acknowledge"]))
    def reach(self, limit: str) -> None:
        self._try(lambda: steps.reached(self.state, self.body, limit))

    @rule(cause=st.sampled_from(["", "Two systems."]), withdrawn=st.booleans())
    def close(self, cause: str, withdrawn: bool) -> None:
        self._try(
            lambda: (
                steps.withdrawn(self.state, self.body, self.now, "Forget it.", cause)
                if withdrawn
                else steps.closed(self.state, self.body, self.now, cause)
            )
        )

    @rule()
    def reopen(self) -> None:
        self._try(lambda: steps.reopened(self.state, self.body, self.now))

    @rule(by=st.integers(1, 90))
    def wait(self, by: int) -> None:
        self.now += timedelta(days=by)

    def _try(self, step: Callable[[], Stepped]) -> None:
        before = self.body
        try:
            done = step()
        except NotPossible:
            return
        assert done.state is COMPLAINT.after(self.state, done.move)
        assert done.body.letters[: len(before.letters)] == before.letters, "a letter that went out is kept"
        assert len(done.body.pauses) >= len(before.pauses)
        self.state, self.body = done.state, done.body

    @invariant()
    def the_first_words_stay(self) -> None:
        assert (self.body.said, self.body.said_at) == (SAID, NOW)

    @invariant()
    def what_is_closed_has_its_cause(self) -> None:
        if self.state is ComplaintState.CLOSED:
            assert self.body.cause.strip()
            assert not self.body.is_paused

    @invariant()
    def whoever_was_written_to_has_a_complaint(self) -> None:
        if self.body.letters:
            assert self.state in (*STANDING, ComplaintState.CLOSED)


TestComplaining = Complaining.TestCase
