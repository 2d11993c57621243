"""A plan rests on facts, has two people behind it, is told, looked at, objected to, and ends by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from levelhead import packs
from levelhead.casework import plan as rules
from levelhead.casework.arrangement import Appeal, Incomplete, Letter, Signed
from levelhead.casework.machine import NotPossible
from levelhead.casework.plan import HOLDING, OPEN, PLAN, Plan, PlanMove, PlanState, Turn
from tests.casework.planning import AMIRA, BEN, HANA, JO, NOW, SAM, plan

PACK = packs.plans("en-GB")
LETTER = Letter(("Dear Mr Doyle", "Hana Weber looks after you."), PACK.label)
WITHIN = timedelta(days=PACK.answer_days)


def proposed(**known: Any) -> Plan:
    return rules.proposed(plan(**known), PACK.limits, PACK.judges)


def in_force() -> Turn:
    first = rules.agreed(PlanState.PROPOSED, proposed(), SAM)
    return rules.told(first.state, first.body, LETTER, SAM, first.due_at)


@pytest.mark.parametrize("field", ["reason", "adjustments", "appeal_to", "contact_name"])
def test_nothing_is_agreed_before_everything_is_said(field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        proposed(**{field: "  "})
    assert refused.value.field == field


def test_there_are_times_at_which_the_contact_is_there() -> None:
    with pytest.raises(Incomplete, match="at which times"):
        proposed(times=())


@pytest.mark.parametrize(
    "reason", ["He is a difficult customer.", "She is aggressive", "A serial complainer, by all accounts."]
)
def test_what_somebody_is_like_is_no_reason(reason: str) -> None:
    with pytest.raises(Incomplete, match="Say what happened instead"):
        proposed(reason=reason)


@pytest.mark.parametrize(
    "reason", ["It was difficult to reach you by phone.", "You told us of a pain in your back, and of your worries."]
)
def test_a_fact_that_sounds_hard_is_one(reason: str) -> None:
    assert proposed(reason=reason).reason == reason


@pytest.mark.parametrize(("ends", "looked_at", "field"), [(181, 30, "expires_at"), (90, 91, "review_at")])
def test_it_ends_and_is_looked_at_as_soon_as_the_pack_says(ends: int, looked_at: int, field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        proposed(expires_at=NOW + timedelta(days=ends), review_at=NOW + timedelta(days=looked_at))
    assert refused.value.field == field


def test_nobody_agrees_to_what_they_proposed() -> None:
    with pytest.raises(NotPossible, match="another supervisor"):
        rules.agreed(PlanState.PROPOSED, plan(), AMIRA)


def test_it_holds_until_its_end_and_not_a_moment_longer() -> None:
    turned = in_force()
    assert rules.holds(turned.state, turned.body, turned.body.expires_at - timedelta(seconds=1))
    assert not rules.holds(turned.state, turned.body, turned.body.expires_at)


def test_time_has_it_looked_at_and_then_ends_it() -> None:
    turned = in_force()
    body = turned.body
    assert turned.due_at == body.review_at
    assert rules.moved_by_time(turned.state, body, body.review_at - timedelta(seconds=1)) is None
    assert rules.moved_by_time(turned.state, body, body.review_at) is PlanMove.REVIEW
    looked = rules.by_time(turned.state, body, PlanMove.REVIEW)
    assert (looked.state, looked.due_at) == (PlanState.UNDER_REVIEW, body.expires_at)
    assert rules.moved_by_time(looked.state, body, body.expires_at) is PlanMove.EXPIRE
    assert rules.moved_by_time(PlanState.PROPOSED, body, body.expires_at) is PlanMove.EXPIRE
    assert rules.moved_by_time(PlanState.ENDED, body, body.expires_at) is None


def test_an_objection_is_answered_by_somebody_who_had_no_part_in_it() -> None:
    turned = in_force()
    made = rules.objected(turned.state, turned.body, Appeal("I'd rather write.", NOW), WITHIN)
    assert (made.state, made.due_at) == (PlanState.OBJECTED, NOW + WITHIN)
    for involved in (AMIRA, SAM):
        with pytest.raises(NotPossible, match="neither proposed nor approved"):
            rules.ended(made.state, made.body, involved, "You are right.")
    over = rules.ended(made.state, made.body, JO, "You are right.")
    assert over.state is PlanState.ENDED
    assert over.body.appeal is not None
    assert over.body.appeal.decided == JO


def test_somebody_else_looks_after_them_at_once_and_they_are_told_anew() -> None:
    turned = in_force()
    changed = rules.given_to(turned.state, turned.body, BEN, "Ben Lee", JO, turned.due_at)
    assert (changed.state, changed.due_at) == (PlanState.IN_FORCE, turned.due_at)
    assert rules.holds(changed.state, changed.body, NOW)
    assert rules.untold(changed.state, changed.body)
    assert (changed.body.contact_name, changed.body.told_before) == ("Ben Lee", "Hana Weber")
    assert changed.body.former[0].letter == LETTER
    told = rules.told(changed.state, changed.body, LETTER, JO, changed.due_at)
    assert not rules.untold(told.state, told.body)
    with pytest.raises(NotPossible, match="told already"):
        rules.told(told.state, told.body, LETTER, JO, told.due_at)
    with pytest.raises(NotPossible, match="told already"):
        rules.worded(told.state, told.body, ("Dear Mr Doyle",), told.due_at)


def test_who_looks_after_them_already_is_no_change() -> None:
    turned = in_force()
    with pytest.raises(NotPossible, match="already"):
        rules.given_to(turned.state, turned.body, HANA, "Hana Weber", JO, turned.due_at)


def test_an_objection_is_still_due_after_a_change() -> None:
    turned = in_force()
    made = rules.objected(turned.state, turned.body, Appeal("I'd rather write.", NOW), WITHIN)
    changed = rules.given_to(made.state, made.body, BEN, "Ben Lee", JO, made.due_at)
    told = rules.told(changed.state, changed.body, LETTER, JO, changed.due_at)
    assert (told.state, told.due_at) == (PlanState.OBJECTED, NOW + WITHIN)


def test_nobody_is_told_of_somebody_else_before_it_is_agreed() -> None:
    with pytest.raises(NotPossible):
        rules.given_to(PlanState.PROPOSED, proposed(), BEN, "Ben Lee", JO, None)


class Serving(RuleBasedStateMachine):
    """Anybody tries anything at any time, and time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.body = PlanState.PROPOSED, proposed()
        self.first, self.now = self.body, NOW

    @rule(by=st.sampled_from([AMIRA, SAM, JO]))
    def agree(self, by: Signed) -> None:
        self._try(lambda: rules.agreed(self.state, self.body, self._at(by)))

    @rule(words=st.sampled_from([(), ("Dear Mr Doyle", "Hana Weber …")]))
    def word(self, words: tuple[str, ...]) -> None:
        self._try(lambda: rules.worded(self.state, self.body, words, self.body.expires_at))

    @rule()
    def refuse(self) -> None:
        self._try(lambda: rules.refused(self.state, self.body))

    @rule()
    def take_back(self) -> None:
        self._try(lambda: rules.taken_back(self.state, self.body))

    @rule(letter=st.sampled_from([LETTER, Letter(("",), "x")]), by=st.sampled_from([AMIRA, SAM, JO]))
    def tell(self, letter: Letter, by: Signed) -> None:
        self._try(lambda: rules.told(self.state, self.body, letter, self._at(by), self.body.review_at))

    @rule(who=st.sampled_from([(HANA, "Hana Weber"), (BEN, "Ben Lee")]), by=st.sampled_from([SAM, JO]))
    def give_to(self, who: tuple[UUID, str], by: Signed) -> None:
        self._try(lambda: rules.given_to(self.state, self.body, *who, self._at(by), self.body.review_at))

    @rule(days=st.integers(-10, 100), by=st.sampled_from([AMIRA, SAM, JO]))
    def keep(self, days: int, by: Signed) -> None:
        until = self.now + timedelta(days=days)
        self._try(lambda: rules.kept(self.state, self.body, self._at(by), until, PACK.limits))

    @rule(words=st.sampled_from(["", "I'd rather write."]))
    def object(self, words: str) -> None:
        self._try(lambda: rules.objected(self.state, self.body, Appeal(words, self.now), WITHIN))

    @rule(by=st.sampled_from([AMIRA, SAM, JO]), answer=st.sampled_from(["", "It goes on, because …"]))
    def uphold(self, by: Signed, answer: str) -> None:
        self._try(lambda: rules.upheld(self.state, self.body, self._at(by), answer))

    @rule(by=st.sampled_from([AMIRA, SAM, JO]), answer=st.sampled_from(["", "It ends, because …"]))
    def end(self, by: Signed, answer: str) -> None:
        self._try(lambda: rules.ended(self.state, self.body, self._at(by), answer))

    @rule(hours=st.integers(1, 24 * 40))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        move = rules.moved_by_time(self.state, self.body, self.now)
        if move:
            self._try(lambda: rules.by_time(self.state, self.body, move))

    @invariant()
    def is_never_without_what_it_needs(self) -> None:
        body = self.body
        assert body.review_at <= body.expires_at == self.first.expires_at
        assert (body.times, body.reason) == (self.first.times, self.first.reason)
        contacts = [*(one.contact for one in body.former), body.contact]
        assert contacts[0] == self.first.contact
        assert all(before != after for before, after in pairwise(contacts))
        if self.state in HOLDING:
            assert body.approved is not None
            assert body.approved.person != body.proposed.person
            letters = [one.letter for one in body.former] + [body.letter]
            assert any(letters)
            assert (body.letter is None) is (body.told is None) is rules.untold(self.state, body)
            assert all((body.adjustments, body.appeal_to))
        if self.state is PlanState.OBJECTED:
            assert body.appeal is not None
            assert body.appeal.decided is None

    @invariant()
    def what_is_over_stays_over(self) -> None:
        assert (self.state in OPEN) is not PLAN.is_over(self.state)
        assert not (rules.holds(self.state, self.body, self.now) and self.now >= self.first.expires_at)

    def _at(self, by: Signed) -> Signed:
        return replace(by, at=self.now)

    def _try(self, move: Callable[[], Turn]) -> None:
        try:
            made = move()
        except NotPossible:
            return
        assert made.state is PLAN.table[self.state, made.move]
        assert made.due_at is None or isinstance(made.due_at, datetime)
        assert (made.due_at is None) is PLAN.is_over(made.state)
        self.state, self.body = made.state, made.body


TestServing = Serving.TestCase
