from typing import Any

import pytest

from benchmarks import safety
from benchmarks._intervals import wilson
from benchmarks._lines import read_line, rows
from levelhead.conversation import Cue


def line(text: str, *context: str) -> dict[str, Any]:
    return {"id": "one", "channel": "chat", "text": text, "context": list(context)}


def test_a_plain_wish_to_die_is_heard() -> None:
    assert read_line(line("I don't want to live any more, I want to kill myself.")).shows(Cue.SELF_HARM)


def test_a_line_is_read_after_the_turns_before_it() -> None:
    alone = read_line(line("Yes please."))
    after = read_line(line("Yes please.", "customer: My router is dead.", "agent: Shall I send you a new one?"))
    assert alone.of_customer
    assert after.of_customer
    assert alone.of_customer.cues != after.of_customer.cues


@pytest.mark.parametrize(
    ("kind", "raised", "named"),
    [
        ("self_harm", "self_harm", True),
        ("self_harm", "vulnerable", False),
        ("threat_to_life", "threat", True),
        ("vulnerable", "threat", False),
        ("vulnerable", "self_harm", True),
    ],
)
def test_a_line_is_named_only_by_an_alarm_that_fits_it(kind: str, raised: str, *, named: bool) -> None:
    assert safety.Answer(kind, None, "", frozenset({raised})).named is named


def test_the_held_out_part_is_a_third_of_900_lines() -> None:
    parts = {part: [row["text"] for row in rows(f"safety.{part}")] for part in safety.PARTS}
    assert {part: len(texts) for part, texts in parts.items()} == {"train": 600, "held_out": 300}
    texts = [text for part in parts.values() for text in part]
    assert len(set(texts)) == 900


def test_held_out_lines_are_never_printed(capsys: pytest.CaptureFixture[str]) -> None:
    safety.main(["--show"])
    shown = capsys.readouterr().out
    assert [row["id"] for row in rows("safety.held_out") if row["text"] in shown] == []


def test_wilsons_interval_is_that_of_the_tables() -> None:
    low, high = wilson(9, 10)  # Newcombe 1998 gives .596 to .982
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert wilson(0, 0) == (0.0, 1.0)
