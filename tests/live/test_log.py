"""No secret leaves in a log, whoever writes the line."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from levelhead.live import log


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("terminal", [True, False])
def test_secrets_are_masked_in_our_lines_and_in_the_libraries(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    log.set_up("debug")
    structlog.get_logger("ours").info("A turn came", text_pii="card 4111 1111 1111 1111")
    logging.getLogger("uvicorn.access").warning("GET /%s", "4111111111111111")
    try:
        raise ValueError("4111-1111-1111-1111")
    except ValueError:
        structlog.get_logger("ours").exception("It went wrong", deep={"list": ["pin is 4821"]})
    lines = capsys.readouterr().err
    assert "A turn came" in lines
    assert "ValueError: [card number]" in lines
    assert "1111" not in lines
    assert "4821" not in lines


def test_a_line_in_a_file_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up()
    structlog.get_logger("ours").info("A turn came", n=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["n"], line["level"]) == ("A turn came", 3, "info")


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("warning")
    structlog.get_logger("ours").info("A turn came")
    logging.getLogger("theirs").info("A request came")
    assert capsys.readouterr().err == ""
