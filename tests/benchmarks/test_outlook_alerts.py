"""What a supervisor gets from the list: the right ones at the top, in time, and a forecast that comes down again."""

import numpy as np
import pytest

from benchmarks._outlook_alerts import alerts, at_capacity, last_of_each, recovery
from levelhead.conversation import Channel, Speaker
from levelhead.listening.outlook import Moment
from training.corpus import Talk
from training.lived import Lived, Row


def row(talk: int, n: int, target: float = 0.0) -> Row:
    return Row(talk=talk, n=n, bucket=0, values=(), heats=(0.0, 0.0, 0.0), target=target)


def lived(talk: int, turns: int, escalated_at: int | None = None, csat: int = 3) -> Lived:
    return Lived(f"talk-{talk}", (Moment(None, {}, {}),) * turns, escalated_at, csat)


def test_the_top_of_the_list_is_counted_at_each_capacity() -> None:
    p = np.linspace(1.0, 0.0, 20)
    y = np.array([1, 0, 1, 1] + [0] * 16, dtype=np.float64)
    told = at_capacity(p, y)
    assert told["precision_top_5"] == 1.0
    assert told["precision_top_10"] == 0.5
    assert told["recall_at_80_less_work"] == 1.0
    assert told["base_rate"] == 0.15


def test_recall_says_how_much_was_possible_when_more_came_true_than_fit_the_list() -> None:
    told = at_capacity(np.linspace(1.0, 0.0, 10), np.array([1.0] * 4 + [0.0] * 6))
    assert told["recall_at_80_less_work"] == told["recall_possible"] == 0.5


def test_only_the_latest_forecast_of_a_conversation_counts() -> None:
    rows = [row(0, 1), row(0, 3), row(1, 1), row(1, 5)]
    assert last_of_each(rows, np.array([True, True, True, False])).tolist() == [1, 2]


@pytest.mark.parametrize(("name", "turns"), [("asks_supervisor", 5.0), ("ends_dissatisfied", 8.0)])
def test_the_horizon_runs_from_the_first_alert_to_the_event(name: str, turns: float) -> None:
    rows = [row(0, 1, 1.0), row(0, 3, 1.0), row(0, 5, 1.0), *(row(talk, 1) for talk in range(1, 5))]
    p = np.array([0.1, 0.9, 0.2, 0.3, 0.3, 0.3, 0.3])
    told = alerts(
        rows, p, np.ones(7, np.bool_), [lived(0, 12, escalated_at=8), *(lived(t, 4) for t in range(1, 5))], name
    )
    assert told["horizon_turns"] == turns
    assert told["conversations"] == 5
    assert told["recall_at_80_less_work"] == 1.0


def test_recovery_looks_at_hot_conversations_from_the_first_hot_turn_on() -> None:
    labels = (
        {"emotion": "neutral", "intensity": 0},
        {"emotion": "angry", "intensity": 3},
        {"emotion": "satisfied", "intensity": 1},
    )
    hot = Talk("hot", False, Channel.CHAT, (Speaker.CUSTOMER,) * 3, ("a", "b", "c"), labels, {})
    calm = Talk("calm", False, Channel.CHAT, (Speaker.CUSTOMER,) * 3, ("a", "b", "c"), (labels[0],) * 3, {})
    rows = [row(talk, n) for talk in (0, 1) for n in range(3)]
    p = np.array([0.9, 0.6, 0.2, 0.9, 0.9, 0.9])
    told = recovery(rows, p, np.ones(6, np.bool_), [lived(0, 3, csat=5), lived(1, 3, csat=5)], [hot, calm])
    assert told["ended_well"] == {"conversations": 1, "at_its_highest": 0.6, "at_the_end": 0.2, "halved": 1.0}
    assert told["ended_badly"]["conversations"] == 0
