"""Opening the desk of this machine: books, reading model and packs, and what is said when one is missing."""

import logging
from pathlib import Path

import anyio
import pytest
from structlog.testing import capture_logs

from levelhead.live.bus import EVERYTHING
from levelhead.live.desk import Desk
from levelhead.live.desks import Desks
from levelhead.live.opening import open_desks, reader_or_none
from levelhead.settings import Settings
from levelhead.storage.refusals import AlreadyOpen
from tests.people import mr_doyle


def of(desks: Desks[Desk]) -> Desk:
    """The desk of the only tenant."""
    return desks.of(desks.library.first.id)


def test_the_desk_of_this_machine_reads_and_keeps_what_it_hears(settings: Settings) -> None:
    with open_desks(settings, Desk) as desks:
        heard = anyio.run(of(desks).hear, mr_doyle("Where is my refund? This is the third time I ask."))
        assert heard.reading.readable
        with pytest.raises(AlreadyOpen), open_desks(settings, Desk):
            pytest.fail("two desks over one database")
    with open_desks(settings, Desk) as desks:
        assert of(desks).books.timeline(heard.turn.conversation) == (heard,)


def test_closing_the_desk_ends_every_page(settings: Settings) -> None:
    with open_desks(settings, Desk) as desks:
        watch = of(desks).bus.subscribe(EVERYTHING)

    async def rest() -> list[object]:
        return [happened async for happened in watch]

    assert anyio.run(rest) == []


def test_without_weights_there_is_no_reader_and_the_log_says_why(tmp_path: Path) -> None:
    with capture_logs() as lines:
        assert reader_or_none(tmp_path) is None
    assert [line["event"] for line in lines] == ["The reading model is missing, so turns are kept but not read"]
    assert "reader.onnx" in lines[0]["why"]


def test_nothing_is_logged_of_what_was_said(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), open_desks(settings, Desk) as desks:
        anyio.run(of(desks).hear, mr_doyle("The kettle has a peculiar smell"))
    assert "peculiar" not in caplog.text
