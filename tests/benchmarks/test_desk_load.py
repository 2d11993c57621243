"""A small floor at work before a real server: the benchmark sees each turn through to the books and to a desk."""

import json
from pathlib import Path

import pytest

from benchmarks import desk_load
from benchmarks._page_load import desk_load as part
from benchmarks.durability import database_of
from training.corpus import WRITTEN_TRAIN

SMALL = desk_load.Floor(seconds=2.4, conversations=4, pace_s=0.3, desks=2, supervisors=1)
SAID = ("My refund of £20 has still not come and I am furious.", "I am sorry, I will email you by five tomorrow.") * 4


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    turns = [{"n": n, "speaker": ("customer", "agent")[n % 2], "text": text} for n, text in enumerate(SAID)]
    talk = {"id": "t", "channel": "chat", "locale": "en-GB", "customer": {"name": "Mr Doyle"}, "turns": turns}
    for name in WRITTEN_TRAIN:
        (tmp_path / "corpus" / f"slice_{name}.jsonl").write_text(json.dumps(talk) + "\n", encoding="utf-8")
    return tmp_path


def test_every_turn_is_kept_advised_on_and_shown_at_the_desk_that_has_it_open(data: Path) -> None:
    with database_of("sqlite") as where:
        told = desk_load.loaded(where, data, SMALL)
    assert {name: told[name] for name in desk_load.NOTHING_LEFT} == dict.fromkeys(desk_load.NOTHING_LEFT, 0), told
    assert told["turns_sent"] == told["turns_acknowledged"] == told["turns_kept"] == told["turns_advised_on"] > 0
    assert told["turns_on_screens"] > 0
    assert told["events_of_now"] > 0
    assert not told["audit_broken"]


def test_the_page_tells_of_each_database_and_leaves_nothing_out() -> None:
    waits = {"p50": 10.0, "p95": 20.0, "p99": 30.0}
    counts = dict.fromkeys(
        ("turns_sent", "turns_acknowledged", "turns_kept", "turns_advised_on", "turns_on_screens", "cards"), 7
    )
    one: dict[str, object] = {
        "server_to_screen_ms": waits,
        "answered_ms": waits,
        "drafts_ms": None,
        "pages_ms": waits,
        **counts,
    }
    one |= {"turns_per_s": 33.3, "server_cores_used": 0.8, "server_rss_mb": 300.0, "calls_gone_wrong": 0, "cores": 2}
    one |= {"seconds": 600.0, "conversations": 200, "pace_s": 6.0, "desks": 20, "supervisors": 2}
    alone = {"turns": 5, "goes": 3, "latency_ms": waits, "first_go_ms": waits, "cpu_ms": waits}
    text = "\n".join(part({"one_thread": alone, "postgresql": one}))
    assert "**postgresql**: 200 conversations" in text
    assert "| a draft checked | – | – | – |" in text
    assert "sqlite" not in text
