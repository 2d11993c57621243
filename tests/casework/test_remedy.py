"""A remedy: nothing is granted without an offer and a yes, nothing above authority, and no words are lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from levelhead.casework import remedy
from levelhead.casework.arrangement import Signed
from levelhead.casework.item import Evidence
from levelhead.casework.machine import NotPossible
from levelhead.casework.remedy import (
    REMEDY,
    STANDING,
    Answer,
    Purse,
    Remedied,
    RemedyState,
    Request,
    Turned,
    chosen_from,
)
from levelhead.casework.remedy_options import Authority, Case, Facts, Option, options_for
from levelhead.casework.remedy_pack import Register
from levelhead.people.person import Role
from levelhead.storage.stored import from_stored, to_stored
from tests.casework.remedying import AMIRA, NOW, SAM, TODAY, british

WORDS = Evidence("c", 1, "never arrived")
TEN = timedelta(minutes=10)
S = RemedyState


def body(facts: Facts = Facts(amount=24_900)) -> Remedied:  # noqa: B008 - frozen
    return Remedied("not_arrived", british().label, facts, (WORDS,))


def offers(of: Remedied, role: Role = Role.AGENT, spent: int = 0) -> tuple[Option, ...]:
    return options_for(british(), Case(of.wrong, of.facts, TODAY, spent, without=of.refused), role, Register.SPOKEN)


def option(key: str, of: Remedied) -> Option:
    return next(one for one in offers(of) if one.key == key)


def purse(role: Role = Role.AGENT, spent: int = 0) -> Purse:
    return Purse(british().limits[role], spent)


def asked(of: Option, to: Signed = SAM, by: Signed = AMIRA, reason: str = "It never came.") -> Request:
    return Request(chosen_from(of), reason, by, to.person, to.name, NOW)


def requesting(of: Remedied | None = None) -> Turned:
    known = of or body()
    refund = option("refund", known)
    return remedy.requested(S.PROPOSED, known, refund, asked(refund), TEN)


def at(minutes: int, who: Signed = SAM) -> Signed:
    return replace(who, at=NOW + timedelta(minutes=minutes))


def test_what_is_within_authority_is_offered_accepted_and_granted() -> None:
    known = body(Facts(amount=4_500))
    turned = remedy.offered(S.PROPOSED, known, chosen_from(option("refund", known)), AMIRA, purse())
    turned = remedy.accepted(turned.state, turned.body)
    turned = remedy.granted(turned.state, turned.body, AMIRA, purse())
    assert turned.state is S.GRANTED
    grant = turned.body.granted
    assert grant is not None
    assert (grant.chosen.minor, grant.by, grant.approved, grant.pack) == (4_500, AMIRA, None, "remedies en-GB 2026.1")
    assert turned.body.evidence == (WORDS,)


def test_what_is_above_authority_cannot_be_offered_until_just_that_was_approved() -> None:
    known = body()
    refund = chosen_from(option("refund", known))
    with pytest.raises(NotPossible, match="ask somebody"):
        remedy.offered(S.PROPOSED, known, refund, AMIRA, purse())
    turned = requesting()
    assert (turned.state, turned.due_at) == (S.REQUESTED, NOW + TEN)
    turned = remedy.answered(turned.state, turned.body, Answer(at(3), approved=True), purse(Role.SUPERVISOR))
    assert turned.state is S.APPROVED
    dearer = replace(refund, cost=replace(refund.cost, minor=24_901) if refund.cost else None)
    with pytest.raises(NotPossible, match="ask somebody"):
        remedy.offered(turned.state, turned.body, dearer, AMIRA, purse())
    turned = remedy.offered(turned.state, turned.body, refund, AMIRA, purse())
    turned = remedy.accepted(turned.state, turned.body)
    turned = remedy.granted(turned.state, turned.body, AMIRA, purse())
    assert turned.body.granted is not None
    assert turned.body.granted.approved == at(3)


def test_what_was_approved_for_other_facts_counts_no_more() -> None:
    turned = requesting()
    turned = remedy.answered(turned.state, turned.body, Answer(at(3), approved=True), purse(Role.SUPERVISOR))
    again = remedy.settled(turned.state, turned.body, "damaged", turned.body.facts, (WORDS,))
    with pytest.raises(NotPossible, match="ask somebody"):
        remedy.offered(again.state, again.body, chosen_from(option("refund", again.body)), AMIRA, purse())
    assert len(again.body.requests) == 1


def test_a_no_leaves_the_other_options_and_is_not_asked_again() -> None:
    turned = requesting()
    turned = remedy.answered(turned.state, turned.body, Answer(at(3), approved=False), purse(Role.SUPERVISOR))
    assert turned.state is S.REFUSED
    assert "refund" not in [one.key for one in offers(turned.body)]
    free = next(one for one in offers(turned.body) if one.authority is Authority.GRANT)
    assert remedy.offered(turned.state, turned.body, chosen_from(free), AMIRA, purse()).state is S.OFFERED


def test_a_request_that_nobody_answered_in_time_goes_back_and_not_before() -> None:
    turned = requesting()
    with pytest.raises(NotPossible, match="not over"):
        remedy.lapsed(turned.state, turned.body, NOW + timedelta(minutes=9))
    with pytest.raises(NotPossible, match="time is over"):
        remedy.answered(turned.state, turned.body, Answer(at(10), approved=True), purse(Role.SUPERVISOR))
    assert remedy.lapsed(turned.state, turned.body, NOW + TEN).state is S.LAPSED


def test_nobody_approves_what_they_asked_for_or_what_is_above_them_too() -> None:
    turned = requesting()
    with pytest.raises(NotPossible, match="somebody else"):
        remedy.answered(turned.state, turned.body, Answer(at(1, AMIRA), approved=True), purse(Role.SUPERVISOR))
    with pytest.raises(NotPossible, match="above what you may grant"):
        remedy.answered(turned.state, turned.body, Answer(at(1), approved=True), purse(Role.SUPERVISOR, 60_000))
    refund = option("refund", body())
    with pytest.raises(NotPossible, match="Nobody approves"):
        remedy.requested(S.PROPOSED, body(), refund, asked(refund, to=AMIRA), TEN)


def test_nobody_is_asked_for_what_one_may_grant_or_without_a_reason() -> None:
    known = body()
    trace, refund = option("trace", known), option("refund", known)
    with pytest.raises(NotPossible, match="offer it"):
        remedy.requested(S.PROPOSED, known, trace, asked(trace), TEN)
    with pytest.raises(NotPossible, match="few words"):
        remedy.requested(S.PROPOSED, known, refund, asked(refund, reason="  "), TEN)


def test_what_a_customer_was_given_meanwhile_counts_when_it_is_granted() -> None:
    known = body(Facts(amount=9_000))
    turned = remedy.offered(S.PROPOSED, known, chosen_from(option("refund", known)), AMIRA, purse())
    turned = remedy.accepted(turned.state, turned.body)
    with pytest.raises(NotPossible, match="ask somebody"):
        remedy.granted(turned.state, turned.body, AMIRA, purse(spent=10_000))


def test_a_slip_is_taken_back_and_what_is_granted_stays() -> None:
    for state, before in ((S.OFFERED, S.PROPOSED), (S.ACCEPTED, S.OFFERED), (S.DECLINED, S.OFFERED)):
        assert remedy.taken_back(state, body()).state is before
    with pytest.raises(NotPossible):
        remedy.taken_back(S.GRANTED, body())
    assert REMEDY.is_over(S.GRANTED)
    assert not any(REMEDY.is_over(state) for state in STANDING)


def test_it_comes_back_from_where_it_is_kept_as_it_was() -> None:
    turned = requesting()
    turned = remedy.answered(turned.state, turned.body, Answer(at(3), True, "Yes."), purse(Role.SUPERVISOR))
    assert from_stored(Remedied, to_stored(turned.body)) == turned.body


class Remedying(RuleBasedStateMachine):
    """Whatever an agent, a supervisor, a customer and time do, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.spent = 0
        self.was = body()
        self.offered_now = False
        self.yes: set[tuple[str, int]] = set()

    @initialize(amount=st.integers(0, 70_000))
    def begins(self, amount: int) -> None:
        self.body, self.state = body(Facts(amount=amount)), S.PROPOSED

    @rule(minor=st.integers(0, 20_000))
    def gives_elsewhere(self, minor: int) -> None:
        self.spent += minor

    @rule(minutes=st.integers(1, 12))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(wrong=st.sampled_from(tuple(british().wrongs)), amount=st.none() | st.integers(0, 70_000))
    def settles(self, wrong: str, amount: int | None) -> None:
        evidence = (Evidence("c", len(self.body.evidence), f"words {len(self.body.evidence)}"),)
        if self._tries(lambda: remedy.settled(self.state, self.body, wrong, Facts(amount=amount), evidence)):
            self.yes.clear()

    @rule(place=st.integers(0, 2), role=st.sampled_from((Role.AGENT, Role.SUPERVISOR)))
    def offers(self, place: int, role: Role) -> None:
        found = offers(self.body, role, self.spent)
        chosen = chosen_from(found[place % len(found)])
        may = purse(role, self.spent)
        if self._tries(lambda: remedy.offered(self.state, self.body, chosen, self._amira, may)):
            assert may.allows(chosen) or (chosen.key, chosen.minor) in self.yes

    @rule()
    def offers_what_was_approved(self) -> None:
        asked = self.body.request
        if asked is None:
            return
        may = purse(Role.AGENT, self.spent)
        if self._tries(lambda: remedy.offered(self.state, self.body, asked.chosen, self._amira, may)):
            assert may.allows(asked.chosen) or (asked.chosen.key, asked.chosen.minor) in self.yes

    @rule()
    def says_yes(self) -> None:
        self._tries(lambda: remedy.accepted(self.state, self.body))

    @rule()
    def says_no(self) -> None:
        self._tries(lambda: remedy.declined(self.state, self.body))

    @rule(place=st.integers(0, 2))
    def asks(self, place: int) -> None:
        found = offers(self.body, Role.AGENT, self.spent)
        one = found[place % len(found)]
        request = asked(one, by=self._amira)
        if self._tries(lambda: remedy.requested(self.state, self.body, one, request, TEN)):
            assert one.authority is Authority.ASK

    @rule(approved=st.booleans(), who=st.sampled_from((AMIRA, SAM)))
    def answers(self, approved: bool, who: Signed) -> None:
        may, request = purse(Role.SUPERVISOR, self.spent), self.body.request
        answer = Answer(replace(who, at=self.now), approved)
        if self._tries(lambda: remedy.answered(self.state, self.body, answer, may)):
            assert request is not None
            assert who is SAM
            assert self.now < request.until
            if approved:
                assert may.allows(request.chosen)
                self.yes.add((request.chosen.key, request.chosen.minor))

    @rule()
    def lapses(self) -> None:
        until = self.body.request.until if self.body.request else None
        if self._tries(lambda: remedy.lapsed(self.state, self.body, self.now)):
            assert until is not None
            assert self.now >= until

    @rule()
    def takes_back(self) -> None:
        self._tries(lambda: remedy.taken_back(self.state, self.body))

    @rule()
    def grants(self) -> None:
        was, may = self.state, purse(Role.AGENT, self.spent)
        if self._tries(lambda: remedy.granted(self.state, self.body, self._amira, may)):
            grant = self.body.granted
            assert was is S.ACCEPTED
            assert grant is not None
            assert any(one.chosen == grant.chosen for one in self.body.offers)
            assert may.allows(grant.chosen) or (grant.chosen.key, grant.chosen.minor) in self.yes
            assert (grant.approved is not None) or may.allows(grant.chosen)

    @invariant()
    def loses_nothing(self) -> None:
        now = getattr(self, "body", None)
        if now is None:
            return
        assert now.evidence[: len(self.was.evidence)] == self.was.evidence
        assert now.offers[: len(self.was.offers)] == self.was.offers
        assert [one.reason for one in now.requests[: len(self.was.requests)]] == [
            one.reason for one in self.was.requests
        ]
        assert (self.state is S.GRANTED) is (now.granted is not None)
        self.was = now

    @property
    def _amira(self) -> Signed:
        return replace(AMIRA, at=self.now)

    def _tries(self, move: Any) -> bool:
        try:
            made: Turned = move()
        except NotPossible:
            return False
        assert made.state is REMEDY.table[self.state, made.move]
        assert (made.due_at is not None) is (made.state is S.REQUESTED)
        self.state, self.body = made.state, made.body
        return True


TestRemedying = Remedying.TestCase
