"""The outlook moves the way a person would expect, and keeps quiet where it has not earned its place."""

from dataclasses import replace

import pytest

from levelhead import models
from levelhead.conversation import Abuse, Cue, CustomerReading, Emotion, Fault, Move
from levelhead.listening.outlook import ASKED, GOOD, REASONS, Moment, bucket_of, grounds, heat, outlook_of


def customer(emotion: Emotion, intensity: int, **cues: float) -> Moment:
    p = {one: (0.88 if one is emotion else 0.02) for one in Emotion}
    all_cues = {cue: cues.get(cue.value, 0.02) for cue in Cue}
    abuse = {one: (0.95 if one is Abuse.NONE else 0.01) for one in Abuse}
    return Moment(CustomerReading(emotion, p, intensity, all_cues, Abuse.NONE, abuse), {}, {})


def agent(moves: tuple[Move, ...] = (), faults: tuple[Fault, ...] = ()) -> Moment:
    return Moment(None, dict.fromkeys(moves, 0.9), dict.fromkeys(faults, 0.9))


FURIOUS = customer(Emotion.ANGRY, 3, still_unresolved=0.9, repeat_contact=0.9)
CALM = customer(Emotion.SATISFIED, 2, confirms_resolved=0.9, thanks=0.9)


@pytest.fixture
def weights() -> dict[str, dict[str, object]]:
    """The shipped weights, with every forecast shown."""
    return {name: {**model, "shown": [True] * 3} for name, model in models.load().outlook.items()}


def test_heat_is_the_naive_forecast_of_the_issue() -> None:
    assert heat(FURIOUS.of_customer) == 3.0  # type: ignore[arg-type]
    worried = customer(Emotion.ANXIOUS, 2).of_customer
    assert worried is not None
    assert heat(worried) == 1.0
    assert heat(replace(worried, emotion=Emotion.SATISFIED)) == 0.0


def test_every_ground_has_words_for_the_page() -> None:
    assert set(grounds([FURIOUS])) == set(REASONS)
    assert set(REASONS) >= GOOD


def test_a_dismissed_angry_customer_looks_worse_than_a_helped_one(weights: dict[str, dict[str, object]]) -> None:
    dismissed = outlook_of([FURIOUS, agent((Move.DECLINE,), (Fault.DISMISSIVE, Fault.SCRIPTED)), FURIOUS], weights)
    helped = outlook_of([FURIOUS, agent((Move.APOLOGISE_SPECIFIC, Move.ACT, Move.TAKE_OWNERSHIP)), CALM], weights)
    assert dismissed is not None
    assert helped is not None
    assert dismissed.asks_supervisor > helped.asks_supervisor  # type: ignore[operator]
    assert dismissed.ends_dissatisfied > helped.ends_dissatisfied  # type: ignore[operator]
    assert dismissed.csat < helped.csat  # type: ignore[operator]


def test_reasons_are_things_that_are_there(weights: dict[str, dict[str, object]]) -> None:
    outlook = outlook_of([FURIOUS, agent((), (Fault.DISMISSIVE,)), FURIOUS], weights)
    assert outlook is not None
    assert outlook.reasons
    assert set(outlook.reasons) <= set(REASONS.values())
    assert "says it is solved" not in outlook.reasons


def test_a_high_risk_is_not_explained_by_something_good(weights: dict[str, dict[str, object]]) -> None:
    soothed = agent((Move.ACKNOWLEDGE_FEELING, Move.TAKE_OWNERSHIP), (Fault.DISMISSIVE, Fault.SCRIPTED))
    outlook = outlook_of([FURIOUS, soothed, FURIOUS], weights)
    assert outlook is not None
    assert outlook.reasons
    assert not {REASONS[ground] for ground in GOOD} & set(outlook.reasons)


def test_a_faint_suspicion_is_no_reason(weights: dict[str, dict[str, object]]) -> None:
    outlook = outlook_of([customer(Emotion.FRUSTRATED, 2, sarcasm=0.2)], weights)
    assert outlook is not None
    assert REASONS["sarcasm"] not in outlook.reasons


def test_a_forecast_that_has_not_earned_its_place_is_not_shown(weights: dict[str, dict[str, object]]) -> None:
    hidden = {**weights, "csat": {**weights["csat"], "shown": [False, True, True]}}
    first = outlook_of([FURIOUS], hidden)
    assert first is not None
    assert first.csat is None
    assert first.ends_dissatisfied is not None
    assert outlook_of([FURIOUS], {name: {**one, "shown": [False] * 3} for name, one in weights.items()}) is None


def test_nothing_is_foretold_after_an_agent_turn_or_without_weights(weights: dict[str, dict[str, object]]) -> None:
    assert outlook_of([FURIOUS, agent((Move.ACT,))], weights) is None
    assert outlook_of([FURIOUS], {}) is None
    assert outlook_of([], weights) is None


def test_once_asked_for_a_supervisor_is_no_longer_a_forecast(weights: dict[str, dict[str, object]]) -> None:
    asked = outlook_of([customer(Emotion.NEUTRAL, 0, asks_supervisor=0.97)], weights)
    assert asked is not None
    assert asked.asks_supervisor is not None
    assert asked.asks_supervisor >= 0.97


def test_positions_are_counted_in_customer_turns() -> None:
    assert [bucket_of(n) for n in (1, 2, 3, 5, 6, 40)] == [0, 0, 1, 1, 2, 2]


def test_risks_never_fall_because_of_something_bad(weights: dict[str, dict[str, object]]) -> None:
    for name in ("asks_supervisor", "ends_dissatisfied"):
        signs = weights[name]["weights"]
        assert isinstance(signs, dict)
        assert all((value <= 0) if ground in GOOD else (value >= 0) for ground, value in signs.items())


def test_a_half_heard_request_does_not_count_as_made(weights: dict[str, dict[str, object]]) -> None:
    half = outlook_of([customer(Emotion.NEUTRAL, 0, asks_supervisor=ASKED - 0.1)], weights)
    assert half is not None
    assert half.asks_supervisor is not None
    assert half.asks_supervisor < ASKED - 0.1


def test_each_position_has_its_own_level(weights: dict[str, dict[str, object]]) -> None:
    flat = {**weights["csat"], "scale": [0.0, 0.0, 1.0], "bias": [2.0, 4.0, 3.0]}
    models_by_name = {"csat": flat}
    first = outlook_of([FURIOUS], models_by_name)
    third = outlook_of([FURIOUS, agent(), FURIOUS, agent(), FURIOUS], models_by_name)
    assert first is not None
    assert third is not None
    assert (first.csat, third.csat) == (2.0, 4.0)
    assert first.ends_dissatisfied is None


def test_canned_replies_raise_the_risk_and_are_named(weights: dict[str, dict[str, object]]) -> None:
    canned = outlook_of([FURIOUS, agent((), (Fault.SCRIPTED,)), FURIOUS], weights)
    plain = outlook_of([FURIOUS, agent((Move.ASK_OPEN,)), FURIOUS], weights)
    assert canned is not None
    assert plain is not None
    assert canned.ends_dissatisfied > plain.ends_dissatisfied  # type: ignore[operator]
