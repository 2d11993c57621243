"""No secret leaves in a log, whoever writes the line."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import suppress

import anyio
import pytest
import structlog

from levelhead import packs
from levelhead.live import log
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk, TurnTaken
from levelhead.storage.books import Books
from levelhead.storage.refusals import CannotKeep
from tests.people import mr_doyle, the_late_refund


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
    assert not re.search(r"1111\W?1111", lines)
    assert "is 4821" not in lines


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


def test_what_somebody_said_is_withheld_from_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up()
    structlog.get_logger("ours").warning("A turn came", n=3, text_pii="Where is my kettle?")
    line = json.loads(capsys.readouterr().err)
    assert (line["n"], line["text_pii"]) == (3, log.WITHHELD)


def test_the_message_of_an_exception_is_withheld_since_it_may_hold_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up()
    said = "Where is my " + "kettle"[::-1]
    try:
        try:
            raise ValueError(said)
        except ValueError as error:
            raise ExceptionGroup(said, [error, CannotKeep("The disk is full.")]) from error
    except ExceptionGroup:
        structlog.get_logger("ours").exception("It went wrong")
    told = json.loads(capsys.readouterr().err)["exception"]
    assert said not in told
    assert "CannotKeep: The disk is full." in told
    assert f"ValueError: {log.WITHHELD}" in told
    assert "test_log.py" in told


def test_no_word_of_a_conversation_is_logged_while_it_is_heard_told_and_fails(
    capsys: pytest.CaptureFixture[str], books: Books
) -> None:
    log.set_up()
    desk = Desk(books, Bus(), None, packs.load)

    async def hear() -> None:
        for turn in the_late_refund():
            await desk.hear(turn)
        with suppress(TurnTaken):
            await desk.hear(mr_doyle("Something else about the kettle", 1))

    anyio.run(hear)
    logged = capsys.readouterr().err
    assert [turn.text for turn in the_late_refund() if turn.text in logged] == []
    assert "Doyle" not in logged
