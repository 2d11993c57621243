"""A survey is asked, reminded of once and answered once; it is counted by team and cause, small counts not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from levelhead.casework.item import Item, Kind
from levelhead.casework.survey import (
    FEWEST,
    OVER_AFTER,
    SURVEY,
    Answers,
    Survey,
    SurveyMove,
    SurveyState,
    asked,
    opens,
    tallied,
)

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
TEAM = uuid4()


class BeingAsked(RuleBasedStateMachine):
    """Whatever comes in whatever order."""

    @initialize()
    def planned(self) -> None:
        self.state, self.moves = SURVEY.begin(SurveyMove.PLAN), list[SurveyMove]()

    @rule(move=st.sampled_from(SurveyMove))
    def tried(self, move: SurveyMove) -> None:
        if move in SURVEY.moves(self.state):
            self.state = SURVEY.after(self.state, move)
            self.moves.append(move)

    @invariant()
    def nobody_is_asked_twice_or_answers_twice(self) -> None:
        for once in (SurveyMove.ASK, SurveyMove.REMIND, SurveyMove.ANSWER, SurveyMove.DECLINE):
            assert self.moves.count(once) <= 1
        if self.state is SurveyState.ANSWERED:
            assert SurveyMove.ASK in self.moves
            assert SURVEY.is_over(self.state)


TestBeingAsked = BeingAsked.TestCase


def survey(
    answers: Answers | None = None, cause: str = "delivery", team: UUID | None = TEAM, state: str = "answered"
) -> Item[Survey]:
    body = Survey("en-GB", cause, answers=answers)
    return Item(uuid4(), Kind.SURVEY, "k", state, uuid4(), "c", team, None, None, NOON, NOON, body)


def test_a_link_opens_it_for_two_weeks_and_only_while_it_is_open() -> None:
    body = replace(asked(Survey("en-GB"), NOON), links=("digest",))
    known = replace(survey(state="asked"), body=body)
    assert opens(known, "digest", NOON + OVER_AFTER - timedelta(seconds=1))
    assert not opens(known, "digest", NOON + OVER_AFTER)
    assert not opens(known, "another", NOON)
    assert not opens(replace(known, state="answered"), "digest", NOON)


def test_small_counts_are_not_shown() -> None:
    some = [survey(Answers(NOON, 5, 7, f"Word {n}")) for n in range(FEWEST - 1)]
    assert tallied(some) == ()
    (tally,) = tallied([*some, survey(Answers(NOON, 2, None, ""))])
    assert (tally.answers, tally.csat, tally.satisfied, tally.effort, tally.words) == (5, 4.4, 0.8, None, ())
    assert tallied([*some, survey(Answers(NOON, 5), cause="billing"), survey(Answers(NOON, 5), team=None)]) == ()


def test_words_are_told_in_an_order_that_says_nothing_and_only_where_there_are_some() -> None:
    words = ["b", "a", "e", "d", "c", "c"]
    (tally,) = tallied([survey(Answers(NOON, words=one)) for one in words])
    assert (tally.words, tally.csat) == (("a", "b", "c", "d", "e"), None)


def test_what_is_not_answered_counts_nothing() -> None:
    assert tallied([survey(None, state="over") for _ in range(9)]) == ()
