"""A restriction has two people behind it, a letter, an end and a look before it; and it can be appealed against."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from levelhead.casework import restriction as rules
from levelhead.casework.arrangement import Appeal, Incomplete, Letter, Limits, Signed
from levelhead.casework.item import Evidence
from levelhead.casework.machine import NotPossible
from levelhead.casework.restriction import IN_FORCE, RESTRICTION, Restriction, RestrictionState, Turn, Way

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
LIMITS = Limits(longest_days=180, review_days=90)
AMIRA, SAM, JO = (Signed(uuid4(), name, NOW) for name in ("Amira", "Sam Okafor", "Jo March"))
LETTER = Letter(("Dear Mr Doyle", "From today please write to us."), "boundary en-GB 2026.1")
WITHIN = timedelta(days=10)


def restriction(**known: Any) -> Restriction:
    body = Restriction(
        way=Way.IN_WRITING,
        meaning="Please write to us instead of ringing.",
        reason="Threats on two calls.",
        adjustments="We asked about a text relay; none is needed.",
        still="Write to PO Box 7.",
        appeal_to="Head of service, PO Box 7.",
        evidence=(Evidence("the-late-refund", 4, "I'll find you"),),
        proposed=AMIRA,
        expires_at=NOW + timedelta(days=90),
        review_at=NOW + timedelta(days=60),
    )
    return replace(body, **known)


def in_force() -> tuple[RestrictionState, Restriction]:
    first = rules.approved(RestrictionState.PROPOSED, restriction(), SAM)
    then = rules.told(first.state, first.body, LETTER, SAM)
    return then.state, then.body


@pytest.mark.parametrize("field", ["meaning", "reason", "adjustments", "still", "appeal_to"])
def test_nothing_that_a_customer_has_to_be_told_may_be_left_out(field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        rules.proposed(restriction(**{field: "  "}), LIMITS)
    assert refused.value.field == field


def test_it_rests_on_words() -> None:
    with pytest.raises(Incomplete, match="words that were said"):
        rules.proposed(restriction(evidence=()), LIMITS)


@pytest.mark.parametrize(
    ("ends", "looked_at", "field"),
    [
        (181, 30, "expires_at"),
        (0, 30, "expires_at"),
        (90, 91, "review_at"),
        (90, 0, "review_at"),
        (180, 91, "review_at"),
    ],
)
def test_it_ends_and_is_looked_at_before_that(ends: int, looked_at: int, field: str) -> None:
    dated = restriction(expires_at=NOW + timedelta(days=ends), review_at=NOW + timedelta(days=looked_at))
    with pytest.raises(Incomplete) as refused:
        rules.proposed(dated, LIMITS)
    assert refused.value.field == field


def test_nobody_approves_what_they_proposed() -> None:
    with pytest.raises(NotPossible, match="another supervisor"):
        rules.approved(RestrictionState.PROPOSED, restriction(), AMIRA)


def test_nobody_is_told_before_it_is_approved_and_nobody_by_an_empty_letter() -> None:
    with pytest.raises(NotPossible):
        rules.told(RestrictionState.PROPOSED, restriction(), LETTER, SAM)
    approved = rules.approved(RestrictionState.PROPOSED, restriction(), SAM)
    with pytest.raises(Incomplete):
        rules.told(approved.state, approved.body, Letter((" ",), "x"), SAM)


def test_it_holds_until_its_end_and_not_a_moment_longer() -> None:
    state, body = in_force()
    assert rules.holds(state, body, body.expires_at - timedelta(seconds=1))
    assert not rules.holds(state, body, body.expires_at)


def test_an_appeal_is_decided_by_somebody_who_had_no_part_in_it() -> None:
    made = rules.appealed(*in_force(), Appeal("I never said that.", NOW), WITHIN)
    assert (made.state, made.due_at) == (RestrictionState.APPEALED, NOW + WITHIN)
    for involved in (AMIRA, SAM):
        with pytest.raises(NotPossible, match="neither proposed nor approved"):
            rules.upheld(made.state, made.body, involved, "It stays.")
    with pytest.raises(Incomplete):
        rules.lifted(made.state, made.body, JO)
    lifted = rules.lifted(made.state, made.body, JO, "The recording shows that it was somebody else.")
    assert lifted.state is RestrictionState.LIFTED
    assert lifted.body.appeal is not None
    assert lifted.body.appeal.decided == JO


def test_a_review_moves_the_next_look_and_never_the_end() -> None:
    state, body = in_force()
    again = rules.reviewed(state, body, SAM, NOW + timedelta(days=80), LIMITS)
    assert (again.body.review_at, again.body.expires_at) == (NOW + timedelta(days=80), body.expires_at)
    with pytest.raises(Incomplete):
        rules.reviewed(state, body, SAM, NOW + timedelta(days=91), LIMITS)


class Deciding(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.body = RestrictionState.PROPOSED, rules.proposed(restriction(), LIMITS)
        self.first = self.body

    @rule(by=st.sampled_from([AMIRA, SAM, JO]))
    def approve(self, by: Signed) -> None:
        self._try(lambda: rules.approved(self.state, self.body, by))

    @rule()
    def refuse(self) -> None:
        self._try(lambda: rules.refused(self.state, self.body))

    @rule()
    def take_back(self) -> None:
        self._try(lambda: rules.taken_back(self.state, self.body))

    @rule(letter=st.sampled_from([LETTER, Letter(("",), "x")]), by=st.sampled_from([AMIRA, SAM, JO]))
    def tell(self, letter: Letter, by: Signed) -> None:
        self._try(lambda: rules.told(self.state, self.body, letter, by))

    @rule(days=st.integers(-10, 200), by=st.sampled_from([AMIRA, SAM, JO]))
    def review(self, days: int, by: Signed) -> None:
        self._try(lambda: rules.reviewed(self.state, self.body, by, NOW + timedelta(days=days), LIMITS))

    @rule(words=st.sampled_from(["", "It was not me."]))
    def appeal(self, words: str) -> None:
        self._try(lambda: rules.appealed(self.state, self.body, Appeal(words, NOW), WITHIN))

    @rule(by=st.sampled_from([AMIRA, SAM, JO]), answer=st.sampled_from(["", "It stays, because …"]))
    def uphold(self, by: Signed, answer: str) -> None:
        self._try(lambda: rules.upheld(self.state, self.body, by, answer))

    @rule(by=st.sampled_from([AMIRA, SAM, JO]), answer=st.sampled_from(["", "It is lifted, because …"]))
    def lift(self, by: Signed, answer: str) -> None:
        self._try(lambda: rules.lifted(self.state, self.body, by, answer))

    @rule()
    def expire(self) -> None:
        self._try(lambda: rules.expired(self.state, self.body))

    @invariant()
    def is_never_without_what_it_needs(self) -> None:
        body = self.body
        assert body.evidence == self.first.evidence
        assert body.review_at <= body.expires_at == self.first.expires_at
        if self.state in IN_FORCE:
            assert body.approved is not None
            assert body.approved.person != body.proposed.person
            assert body.letter is not None
            assert body.told is not None
            assert all((body.adjustments, body.appeal_to, body.still))

    def _try(self, move: Callable[[], Turn]) -> None:
        try:
            made = move()
        except NotPossible:
            return
        assert made.state is RESTRICTION.table[self.state, made.move]
        self.state, self.body = made.state, made.body


TestDeciding = Deciding.TestCase
