"""kill -9 of the real server: a few rounds of the benchmark, on each database, lose and double nothing."""

import pytest

from benchmarks.durability import COUNTED, KINDS, measure

KILLS = 2


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_or_doubled_by_killing_the_server(kind: str) -> None:
    told = measure(KILLS, [kind])
    assert {name: told[kind][name] for name in COUNTED} == dict.fromkeys(COUNTED, 0)
    assert told[kind]["kills"] == KILLS
    assert told[kind]["turns_acknowledged"] > 0
    assert told[kind]["events_received"] >= told[kind]["turns_kept"]
    assert not told[kind]["audit_broken"]
