from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from benchmarks._published import BENCH_ONLY, PublishedSet, Row, Talk, alone, capped, spread
from benchmarks._published_encoders import Seen
from benchmarks._published_features import Features, of_encoder, of_words
from benchmarks._published_heads import ON_VECTORS, ON_WORDS, SEEDS, measured
from benchmarks._published_posts import ABUSIVE, NOT_ABUSIVE, exchange
from benchmarks._published_scores import accuracy
from levelhead.conversation import Channel, Speaker
from levelhead.listening.context import Said

ANGRY = tuple(alone(f"this is awful number {i}", "angry") for i in range(30))
CALM = tuple(alone(f"all is well today {i}", "calm") for i in range(30))


def _set(*, dev: bool) -> PublishedSet:
    both = ANGRY + CALM
    return PublishedSet(
        "toy", BENCH_ONLY, Channel.CHAT, both[::2], both[1::4] if dev else (), both[3::4], accuracy, "accuracy"
    )


def _far_apart(of: PublishedSet) -> Features:
    draw = np.random.default_rng(0)
    parts = [
        np.array([[1.0 if row.label == "angry" else -1.0, draw.normal()] for row in part]).reshape(len(part), 2)
        for part in (of.train, of.dev, of.test)
    ]
    return Features(*parts)


@pytest.mark.parametrize("dev", [True, False])
def test_classes_that_lie_apart_are_told_apart_by_every_seed(dev: bool) -> None:
    of = _set(dev=dev)
    told = measured(of, _far_apart(of), ON_VECTORS[1:3])
    assert told["measures"]["accuracy"] == {"mean": 1.0, "sd": 0.0}
    assert len(told["heads"]) == len(SEEDS)


def test_the_head_is_chosen_before_the_test_is_seen() -> None:
    of = _set(dev=True)
    other = replace(of, test=tuple(replace(row, label="calm") for row in of.test))
    features = _far_apart(of)
    assert measured(of, features, ON_VECTORS[1:3])["heads"] == measured(other, features, ON_VECTORS[1:3])["heads"]
    assert measured(other, features, ON_VECTORS[1:3])["measures"]["accuracy"]["mean"] < 1.0


@pytest.mark.parametrize("dev", [True, False])
def test_plain_words_learn_from_the_training_part_alone(dev: bool) -> None:
    of = _set(dev=dev)
    more = replace(of, test=(*of.test, alone("entirely unheard words", "calm")))
    assert of_words(of).train.shape == of_words(more).train.shape
    assert measured(of, of_words(of), ON_WORDS)["measures"]["accuracy"]["mean"] == 1.0


def test_a_turn_in_a_talk_comes_with_the_turn_before_it_and_the_customers_so_far() -> None:
    talk = (
        Said(Speaker.CUSTOMER, "one"),
        Said(Speaker.BOT, "two"),
        Said(Speaker.CUSTOMER, "three"),
        Said(Speaker.BOT, "four"),
    )
    rows = (Row(talk, 2, "a"), Row(talk, 0, "b"), Row(talk, 2, "a", closing=True))
    of = replace(_set(dev=True), train=rows[:1], dev=rows[1:2], test=rows[2:])

    def see(talks: Sequence[Talk], channel: Channel) -> list[Seen]:
        turns = np.arange(1, 5, dtype=np.float32)[:, None]
        return [Seen(turns[: len(one)], turns[: len(one), :0]) for one in talks]

    told = of_encoder(of, see)
    here, before, so_far, place, closing = told.train[0]
    assert (here, before, so_far, closing) == (3, 2, 2, 0)
    assert place == pytest.approx(np.log(3))
    assert told.dev[0, 1] == 0, "nothing was said before the first turn"
    assert told.test[0, -1] == 1


def test_a_cap_keeps_the_ends_and_spreads_over_the_part() -> None:
    rows = tuple(alone(str(i), "x") for i in range(10))
    assert [row.said.text for row in capped(rows, 4)] == ["0", "3", "6", "9"]
    assert capped(rows, 10) == rows


def test_spread_is_the_mean_and_the_sample_standard_deviation() -> None:
    assert spread([0.5, 0.6, 0.7]) == {"mean": 0.6, "sd": 0.1}


def _judged(**marks: str) -> dict[str, str]:
    said = {"prev_agent": "_", "prev_user": "hello", "agent": "How are you?", "user": "shut up"}
    return said | {f"{key[:10]}_is_abuse.{key[10:].replace('m', '-')}": mark for key, mark in marks.items()}


def test_abuse_needs_more_than_half_of_the_annotators() -> None:
    for marks, label in (
        ({"Annotator1m2": "1", "Annotator2m1": "1", "Annotator31": "1"}, ABUSIVE),
        ({"Annotator1m2": "1", "Annotator21": "1"}, NOT_ABUSIVE),
        ({"Annotator10": "1"}, NOT_ABUSIVE),
    ):
        row = exchange(_judged(**marks))
        assert row is not None
        assert row.label == label


def test_an_exchange_nobody_judged_is_no_row() -> None:
    assert exchange(_judged()) is None


def test_what_was_said_before_comes_along_and_an_empty_turn_does_not() -> None:
    row = exchange(_judged(Annotator1m3="1.0"))
    assert row is not None
    assert [said.text for said in row.talk] == ["hello", "How are you?", "shut up"]
    assert row.said.speaker is Speaker.CUSTOMER
