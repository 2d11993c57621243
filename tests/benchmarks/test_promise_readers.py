"""What two careful readers found: it can be placed in the turns, and says the same as they wrote."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from benchmarks._lines import rows
from benchmarks._promise_readers import READERS, SecondReader
from levelhead.conversation import Channel, Speaker, Turn

HELD_OUT = rows("promises.held_out")
LONDON = ZoneInfo("Europe/London")


def the_turn(row: dict[str, object], n: int) -> Turn:
    started_at = datetime.fromisoformat(str(row["started_at"])).replace(tzinfo=LONDON)
    return Turn(str(row["id"]), n, Speaker.AGENT, str(row["text"]), Channel.CHAT, started_at=started_at)


@pytest.mark.parametrize("name", READERS)
def test_each_reader_labelled_the_last_turn_of_a_scene_in_its_own_words(name: str) -> None:
    told = {
        (row["id"], row["n"]) for row in rows("promises.second") if (row["reader"], row["part"]) == (name, "held_out")
    }
    scenes = {(row["id"], len(row["before"])): row for row in HELD_OUT}
    assert told <= scenes.keys()
    reader = SecondReader(name)
    for (scene, n), row in scenes.items():
        turn = the_turn(row, n)
        found = reader.promises_in(turn)
        assert bool(found) == ((scene, n) in told)
        for promise in found:
            assert turn.text[promise.span.start : promise.span.end].lower() == promise.due_text.lower()


def test_a_due_time_is_in_the_zone_of_the_conversation() -> None:
    row = next(row for row in rows("promises.second") if row["part"] == "held_out" and row["promises"][0]["due"])
    scene = next(one for one in HELD_OUT if one["id"] == row["id"])
    first = SecondReader(row["reader"]).promises_in(the_turn(scene, row["n"]))[0]
    assert first.due is not None
    assert first.due.tzinfo is LONDON
    assert first.due.replace(tzinfo=None) == datetime.fromisoformat(row["promises"][0]["due"])
