"""The demo's past: dated back from today, the same at every start, of nothing that anything is measured on."""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from levelhead.conversation import Channel, Speaker
from levelhead.demo.past import PREFIX, load_past
from levelhead.live.demo import load_plays

LONDON = ZoneInfo("Europe/London")
MOMENTS = (
    datetime(2026, 11, 22, 13, 0, tzinfo=LONDON),
    datetime(2026, 11, 24, 8, 1, tzinfo=LONDON),
    datetime(2028, 2, 29, 23, 59, tzinfo=LONDON),
    datetime(2027, 3, 28, 12, 0, tzinfo=LONDON),  # The clocks went forward in the morning.
)


def test_there_are_enough_conversations_on_several_channels() -> None:
    past = load_past()
    assert 120 <= len(past) <= 200
    assert {one.channel for one in past} >= {Channel.VOICE, Channel.CHAT, Channel.EMAIL, Channel.SOCIAL}
    assert {speaker for one in past for speaker, _, _ in one.said} >= {Speaker.CUSTOMER, Speaker.AGENT}
    assert len({one.id for one in past}) == len(past)


def test_none_of_them_is_one_that_plays_or_that_anything_is_measured_on() -> None:
    # What plays is the validation part of the corpus.
    playing = {play.conversation.removeprefix("demo-") for play in load_plays()}
    assert playing.isdisjoint(one.id.removeprefix(PREFIX) for one in load_past())


def test_some_customers_come_back_and_some_of_them_on_another_channel() -> None:
    channels = defaultdict(list)
    for one in load_past():
        channels[one.customer].append(one.channel)
    back = [seen for seen in channels.values() if len(seen) > 1]
    assert len(back) >= 10
    assert any(len(set(seen)) > 1 for seen in back)


@pytest.mark.parametrize("now", MOMENTS)
def test_everything_is_over_by_now_and_no_older_than_four_weeks(now: datetime) -> None:
    for one in load_past():
        began = one.began(now)
        assert now - timedelta(days=29) < began
        assert began + one.lasts < now
        assert began.tzinfo is LONDON
        assert began.weekday() == one.day
        assert 8 <= began.hour < 20


@pytest.mark.parametrize("now", MOMENTS)
def test_it_is_spread_over_the_weeks(now: datetime) -> None:
    weeks = Counter((now.date() - one.began(now).date()).days // 7 for one in load_past())
    assert all(weeks[week] >= 20 for week in range(3))


def test_who_comes_back_comes_later() -> None:
    now, weeks = MOMENTS[0], defaultdict(list)
    for one in load_past():
        weeks[one.customer].append((one.week, one.began(now)))
    for seen in weeks.values():
        assert len({week for week, _ in seen}) == len(seen)


def test_a_turn_knows_its_moment_and_its_customer() -> None:
    one = next(one for one in load_past() if one.channel is Channel.EMAIL)
    turns = tuple(one.turns(one.began(MOMENTS[0])))
    assert [turn.n for turn in turns] == list(range(len(one.said)))
    assert all(turn.said_at is not None and turn.said_at.astimezone(UTC) < MOMENTS[0] for turn in turns)
    assert {turn.customer_ref for turn in turns} == {one.reference}


def test_chance_is_the_same_at_every_start() -> None:
    first, second = load_past()[0], load_past()[0]
    assert first.chance("note").random() == second.chance("note").random()
    assert first.chance("note").random() != first.chance("help").random()


def test_no_label_of_the_corpus_came_along() -> None:
    lines = resources.files("levelhead.demo").joinpath("past.jsonl").read_text(encoding="utf-8").splitlines()
    keys = {key for line in lines for key in json.loads(line)}
    assert keys == {"id", "channel", "locale", "customer", "week", "day", "time", "turns"}
    assert sum(map(len, lines)) < 2_000_000
