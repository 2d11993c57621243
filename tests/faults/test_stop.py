"""Told to stop, the server finishes what it has in hand and takes nothing new."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import anyio
import pytest

from benchmarks._killed import Where, said, served, set_up
from levelhead.channels.webhook_envelope import new_secret
from levelhead.storage.library import Library
from tests.receiving import receiving

CALL, TURNS = "call-1", 100
ENVIRONMENT = {"LEVELHEAD_WEBHOOK_NETWORKS": "127.0.0.0/8", "LEVELHEAD_STOP_WITHIN_S": "300"}


def ask(port: int, token: str) -> tuple[int, int]:
    """Send many turns in one request; the status and how many rows came back."""
    turns = [{"n": n, "speaker": "customer", "text": said(CALL, n), "channel": "chat"} for n in range(TURNS)]
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    connection.request("POST", f"/api/v1/conversations/{CALL}/turns", json.dumps(turns), headers)
    answer = connection.getresponse()
    rows = json.loads(answer.read())
    connection.close()
    return answer.status, len(rows)


async def until_begun(library: Library) -> None:
    """Until the first of the turns is on disk."""
    with anyio.fail_after(300):
        while not library.of(library.first.id).conversation_ids():
            await anyio.lowlevel.checkpoint()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_turns_in_hand_are_finished_and_answered_when_the_server_is_told_to_stop(
    database_url: str, tmp_path: Path
) -> None:
    where = Where(database_url, tmp_path)
    with receiving(new_secret()) as receiver, ThreadPoolExecutor(1) as sender:
        token = set_up(where, receiver)
        with served(where, ENVIRONMENT) as (server, port):
            asked = sender.submit(ask, port, token)
            with closing(where.opened(read_only=True)) as library:
                anyio.run(until_begun, library)
            server.send_signal(signal.SIGTERM)
            assert asked.result() == (200, TURNS)
            assert server.wait() in (0, -signal.SIGTERM)
        with closing(where.opened(read_only=True)) as library:
            assert len(library.of(library.first.id).timeline(CALL)) == TURNS
