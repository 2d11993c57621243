"""No secret leaves in a log, whoever writes the line."""

import json
import logging
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


def test_secrets_are_masked_in_our_lines_and_in_the_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("debug")
    structlog.get_logger("ours").info("A turn came", text_pii="card 4111 1111 1111 1111")
    logging.getLogger("uvicorn.access").warning("GET /%s", "4111111111111111")
    try:
        raise ValueError("4111-1111-1111-1111")
    except ValueError:
        structlog.get_logger("ours").exception("It went wrong", deep={"list": ["pin is 4821"]})
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert not [line for line in lines if "1111" in line or "4821" in line]
    assert json.loads(lines[0])["event"] == "A turn came"
    assert json.loads(lines[2])["exception"].endswith("ValueError: [card number]")


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("warning")
    structlog.get_logger("ours").info("A turn came")
    logging.getLogger("theirs").info("A request came")
    assert capsys.readouterr().err == ""
