import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from levelhead.cli.app import app
from levelhead.conversation import Turn
from tests.people import the_late_refund

LEVELHEAD = (sys.executable, "-c", "from levelhead.cli import main; main()")


def flat(turn: Turn) -> str:
    row = {"conversation": turn.conversation, "n": turn.n, "speaker": turn.speaker, "text": turn.text, "at": turn.at}
    start = {"started_at": "2025-03-06T10:42:00", "zone": "Europe/London"}
    return json.dumps({**row, **start, "channel": turn.channel, "locale": turn.locale, "person": turn.customer})


def written(path: Path, lines: Iterable[str]) -> str:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def late_refund(tmp_path: Path) -> str:
    return written(tmp_path / "refund.jsonl", map(flat, the_late_refund()))


def read(*given: str, standard_input: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *given], input=standard_input)


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_turn_becomes_one_line_in_the_order_of_the_file(late_refund: str) -> None:
    result = read("--format", "json", late_refund)
    assert result.exit_code == 0
    assert [row["n"] for row in rows(result)] == list(range(12))


def test_what_is_read_is_what_the_customer_and_the_agent_said(late_refund: str) -> None:
    found = rows(read("--format", "json", late_refund))
    angry, promised = found[2], found[8]
    assert angry["emotion"] == "angry"
    assert promised["emotion"] is None
    assert [promise["due"] for promise in promised["promises"] if promise["due"]] == ["2025-03-06T17:00:00"]  # type: ignore[attr-defined]


def test_conversations_that_interleave_are_read_each_for_itself(tmp_path: Path, late_refund: str) -> None:
    alone = rows(read("--format", "json", late_refund))
    twice = [line.replace("the-late-refund", name) for line in map(flat, the_late_refund()) for name in ("one", "two")]
    mixed = rows(read("--format", "json", written(tmp_path / "mixed.jsonl", twice)))
    # Which of several phrases is chosen depends on the conversation's name.
    unnamed = {"conversation": "", "card": None}
    assert [row | unnamed for row in mixed[::2]] == [row | unnamed for row in alone]
    assert [row | unnamed for row in mixed[1::2]] == [row | unnamed for row in alone]


def test_standard_input_is_read_like_a_file(late_refund: str) -> None:
    assert read("--format", "json", "-", standard_input=Path(late_refund).read_bytes()).stdout == (
        read("--format", "json", late_refund).stdout
    )


def test_a_malformed_line_ends_the_reading_with_status_2_after_what_came_before(tmp_path: Path) -> None:
    first, second, third, *_ = map(flat, the_late_refund())
    name = written(tmp_path / "broken.jsonl", [first, second.replace("customer", "client"), third])
    result = read("--format", "json", name)
    assert result.exit_code == 2
    assert [row["n"] for row in rows(result)] == [0]
    assert result.stderr == f"{name}:2: speaker: expected one of customer, agent, supervisor, bot, found 'client'\n"


def test_bad_lines_are_passed_over_and_counted_when_asked(tmp_path: Path) -> None:
    first, _, third, *_ = map(flat, the_late_refund())
    result = read("--format", "json", "--skip-bad", written(tmp_path / "broken.jsonl", [first, "{", "[]", third]))
    assert result.exit_code == 0
    assert [row["n"] for row in rows(result)] == [0, 2]
    assert result.stderr.splitlines()[-1] == "2 malformed lines passed over"


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path, late_refund: str) -> None:
    result = read("--format", "json", late_refund, str(tmp_path / "none.jsonl"))
    assert result.exit_code == 2
    assert len(rows(result)) == 12
    assert (
        result.stderr
        == f"{tmp_path}/none.jsonl: file: expected one that can be read, found no such file or directory\n"
    )


def test_a_card_number_does_not_come_out_again(tmp_path: Path) -> None:
    row = flat(the_late_refund()[1]).replace("You can give", "My card is 4111 1111 1111 1111. You can give")
    for form in ("json", "text"):
        assert "4111" not in read("--format", form, written(tmp_path / "card.jsonl", [row])).output


def test_people_get_the_words_the_evidence_the_steps_and_the_card(late_refund: str) -> None:
    told = read(late_refund).stdout
    assert "the-late-refund · chat · en-GB" in told
    assert "I'm furious" in told
    assert "▌" in told
    assert "acknowledge" in told
    assert "\x1b" not in told


def test_why_there_is_no_card_is_said_when_asked(late_refund: str) -> None:
    assert "no card: " not in read(late_refund).stdout
    assert "no card: " in read("--why", late_refund).stdout


def test_words_cannot_steer_the_terminal(tmp_path: Path) -> None:
    row = json.loads(flat(the_late_refund()[1])) | {
        "text": "\x1b[2Jgone\x07 \u202eright to left",
        "person": "\x1b]0;me\x07",
    }
    told = read(written(tmp_path / "steering.jsonl", [json.dumps(row)])).stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert "gone" in told


def test_json_is_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    row = json.loads(flat(the_late_refund()[1])) | {"conversation": "späti-€", "text": "It cost me €20."}
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [*LEVELHEAD, "read", "--format", "json", written(tmp_path / "euro.jsonl", [json.dumps(row)])]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout.decode())["conversation"] == "späti-€"
    assert done.stderr == b""


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_reader_that_stops_listening_is_no_reason_to_complain(late_refund: str, form: str) -> None:
    command = [*LEVELHEAD, "read", "--format", form, late_refund]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_live_stream_is_read_turn_by_turn() -> None:
    command = [*LEVELHEAD, "read", "--format", "json", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for turn in the_late_refund()[:3]:
            process.stdin.write(flat(turn).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["n"] == turn.n
        process.stdin.close()
