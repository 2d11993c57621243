"""The outlook's fit: signs stay, what is foretold was not learnt from, and the naive forecasts get a fair chance."""

from dataclasses import replace

import numpy as np
import pytest

from levelhead.listening.outlook import ASKED
from training.outlook import HELD_BACK, calibration_error, card_lines, compared, lower_end
from training.outlook_fit import FOLDS, POSITIONS, TARGETS, Table, as_shown, fit, fold_of, out_of_fold

TALKS = 300


@pytest.fixture
def table() -> Table:
    """Three turns of each of 300 conversations: `heat_now` raises the risk, `solution` lowers it, `vague` is noise."""
    draw = np.random.default_rng(5)
    talk = np.repeat(np.arange(TALKS), 3)
    x = draw.normal(size=(3 * TALKS, 3))
    risk = draw.normal(size=TALKS)[talk] + x[:, 0] - x[:, 1]
    y = (risk[::3] > 0.0).astype(np.float64)[talk]
    folds = np.array([fold_of(str(one)) for one in range(TALKS)])[talk]
    own = np.zeros(3 * TALKS, np.bool_)
    bucket = np.tile(np.arange(3), TALKS)
    return Table(
        "ends_dissatisfied", ("heat_now", "solution", "vague"), x, x[:, [2, 2, 2]], y, bucket, talk, folds, own
    )


def test_a_bad_thing_never_lowers_a_risk_even_where_the_data_say_so(table: Table) -> None:
    turned = replace(table, x=-table.x)
    assert (fit(turned).weights[[0, 2]] >= 0).all()
    assert fit(turned).weights[1] <= 0


def test_csat_has_the_signs_the_other_way_round(table: Table) -> None:
    weights = fit(replace(table, name="csat", y=5 - 4 * table.y)).weights
    assert weights[0] < 0 < weights[1]


def test_what_is_foretold_does_not_depend_on_its_own_outcome(table: Table) -> None:
    everything = np.ones(len(table.y), np.bool_)
    before = out_of_fold(table, everything)
    fold = table.fold == 0
    turned = replace(table, y=np.where(fold, 1 - table.y, table.y))
    after = out_of_fold(turned, everything)
    for label, p in before.items():
        assert np.array_equal(p[fold], after[label][fold])
        assert not np.array_equal(p[~fold], after[label][~fold])


def test_rows_that_are_not_to_learn_from_change_nothing(table: Table) -> None:
    learn = table.talk % 4 > 0
    turned = replace(table, y=np.where(learn, table.y, 1 - table.y))
    assert np.array_equal(out_of_fold(table, learn)["model"], out_of_fold(turned, learn)["model"])


def test_the_level_of_a_position_is_the_level_of_what_came_true_there(table: Table) -> None:
    rare = replace(table, y=np.where(table.bucket == 2, 0.0, table.y))
    p = out_of_fold(rare, np.ones(len(rare.y), np.bool_))["model"]
    assert p[rare.bucket == 2].mean() < 0.05
    assert p[rare.bucket == 0].mean() == pytest.approx(rare.y[rare.bucket == 0].mean(), abs=0.03)


def test_our_own_conversations_do_not_set_the_level(table: Table) -> None:
    own = table.talk % 2 == 0
    mixed = replace(table, own=own, y=np.where(own, 1.0, table.y))
    p = out_of_fold(mixed, np.ones(len(mixed.y), np.bool_))["model"]
    assert p[~own].mean() == pytest.approx(mixed.y[~own].mean(), abs=0.05)


def test_a_forecast_that_knows_something_beats_one_that_does_not(table: Table) -> None:
    ahead = out_of_fold(table, np.ones(len(table.y), np.bool_))
    told = compared(table, ahead, table.bucket == 0)
    assert told["auc_model"] > 0.6 > told["auc_angry_as_now"]
    assert told["gain_lower"] > 0


def test_a_forecast_as_good_as_a_naive_one_may_not_be_shown(table: Table) -> None:
    ahead = out_of_fold(table, np.ones(len(table.y), np.bool_))
    told = compared(table, {**ahead, "model": ahead["last_turn"]}, table.bucket == 0)
    assert not told["beats"]


def test_an_uncalibrated_forecast_may_not_be_shown(table: Table) -> None:
    ahead = out_of_fold(table, np.ones(len(table.y), np.bool_))
    sure = np.clip(0.5 + 0.35 * np.sign(table.y - 0.5), 0, 1)
    told = compared(table, {**ahead, "model": sure}, table.bucket == 0)
    assert told["gain_lower"] > 0
    assert told["ece"] == pytest.approx(0.15, abs=1e-6)
    assert not told["beats"]


def test_a_request_heard_clearly_is_shown_false_alarms_included(table: Table) -> None:
    asked = replace(table, name="asks_supervisor", grounds=("supervisor", "solution", "vague"))
    x = asked.x.copy()
    x[:, 0] = 0.1
    x[:2, 0] = (ASKED + 0.05, ASKED - 0.05)
    shown = as_shown(replace(asked, x=x), np.full(len(x), 0.2))
    assert shown[:3].tolist() == [pytest.approx(ASKED + 0.05), 0.2, 0.2]


def test_calibration_error_is_the_distance_between_said_and_seen() -> None:
    assert calibration_error(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.2, 0.2, 0.8, 0.8])) == pytest.approx(0.2)
    assert calibration_error(np.array([0.0, 1.0]), np.array([0.5, 0.5])) == 0.0


def test_the_interval_draws_whole_conversations() -> None:
    gain = np.repeat([1.0, -1.0], 500)
    assert lower_end(gain, np.arange(1000)) > -0.1
    assert lower_end(gain, np.repeat([0, 1], 500)) == -1.0


def test_folds_are_of_like_size_and_stay() -> None:
    sizes = np.bincount([fold_of(f"talk-{i}") for i in range(1000)])
    assert len(sizes) == FOLDS
    assert sizes.min() > 150
    assert [fold_of("telecom-gb-001"), fold_of("writ-001")] == [2, 3]


def test_what_is_held_back_names_a_forecast_that_exists_and_says_why() -> None:
    assert all(name in TARGETS and position in POSITIONS and why for (name, position), why in HELD_BACK.items())
    lines = "\n".join(card_lines([]))
    assert all(why in lines for why in HELD_BACK.values())
