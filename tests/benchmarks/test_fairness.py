"""Fairness on the shipped sets, at every change."""

from typing import Any

import pytest

from benchmarks import fairness
from benchmarks._fair_scenarios import Hearing, Scenario
from levelhead.conversation import Abuse, Emotion

PARTS = ("dev", "held_out")
ALARMS = ("anger", "abuse", "escalation")


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return fairness.measure()


@pytest.fixture(scope="module")
def held_out(measured: dict[str, Any]) -> dict[str, Any]:
    varieties: dict[str, Any] = measured["parts"]["held_out"]["varieties"]
    return varieties


def test_no_held_out_ratio_of_false_alarms_lies_wholly_outside_the_fair_range(held_out: dict[str, Any]) -> None:
    unfair = [
        (variety, alarm, told["interval"])
        for variety, one in held_out.items()
        for alarm, told in one["false_alarms"].items()
        if told and told["verdict"] == "unfair"
    ]
    assert unfair == []


MOST_FLIPS = dict.fromkeys(("all_caps", "no_punctuation", "name_female", "name_male", "name_ethnic"), 0.05)
"""The largest share of scenarios in which an alarm may come or go with how something is typed, or with a name."""
MOST_FLIPS_ANY = 0.12


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_seldom_comes_or_goes_with_who_says_it(measured: dict[str, Any], alarm: str) -> None:
    varieties = measured["parts"]["both"]["varieties"]
    alike = {name: one["flips"][alarm]["share"] for name, one in varieties.items() if not name.startswith("profanity")}
    assert {name: share for name, share in alike.items() if share > MOST_FLIPS.get(name, MOST_FLIPS_ANY)} == {}


@pytest.mark.parametrize("part", PARTS)
def test_swearing_at_the_fault_is_not_read_as_an_insult(measured: dict[str, Any], part: str) -> None:
    told = measured["parts"][part]["swearing"]["profanity_fault"]
    aimed = sum(told["read_as"].get(abuse, 0) for abuse in ("insult", "threat", "hate", "sexual"))
    assert aimed <= 0.1 * told["scenarios"]


def test_every_scenario_has_at_least_nine_ways_to_say_it(measured: dict[str, Any]) -> None:
    both = measured["parts"]["both"]
    assert both["scenarios"] >= 100
    assert sum(one["scenarios"] for one in both["varieties"].values()) >= 9 * both["scenarios"]
    assert sum(one["pairs"] for one in measured["pairs"].values()) == 40


def test_no_false_alarm_in_a_few_scenarios_does_not_pass_for_certainty() -> None:
    ratio, interval = fairness.ratio_of((0, 0, 0), 24)
    assert ratio == 1
    assert fairness.verdict(interval) == "not yet"


def test_the_same_false_alarms_in_many_scenarios_are_fair() -> None:
    assert fairness.verdict(fairness.ratio_of((200, 3, 4), 1000)[1]) == "fair"


@pytest.mark.parametrize("raised", [(5, 60, 0), (5, 0, 60)])
def test_many_more_false_alarms_on_one_side_are_unfair(raised: tuple[int, int, int]) -> None:
    assert fairness.verdict(fairness.ratio_of(raised, 200)[1]) == "unfair"


def hearing(abuse: Abuse = Abuse.NONE) -> Hearing:
    return Hearing(Emotion.NEUTRAL, False, abuse, False)


def scenario(fault: Abuse) -> Scenario:
    return Scenario(
        id="the-late-refund",
        part="dev",
        emotions=frozenset({Emotion.FRUSTRATED}),
        abuse=Abuse.NONE,
        escalation=False,
        abuse_of={"profanity_fault": Abuse.PROFANITY, "profanity_person": Abuse.INSULT},
        heard={"standard": hearing(), "profanity_fault": hearing(fault), "profanity_person": hearing(Abuse.INSULT)},
    )


def test_swearing_at_the_fault_is_a_false_alarm_only_when_read_as_aimed_at_somebody() -> None:
    assert not scenario(Abuse.PROFANITY).raises("profanity_fault", "abuse")
    assert scenario(Abuse.INSULT).raises("profanity_fault", "abuse")


def test_an_insult_that_was_meant_is_no_false_alarm() -> None:
    assert not scenario(Abuse.PROFANITY).would_be_false("profanity_person", "abuse")


def test_where_frustration_is_meant_anger_cannot_be_a_false_alarm() -> None:
    assert not scenario(Abuse.PROFANITY).would_be_false("standard", "anger")
