"""kill -9 of the whole server while turns stream in over HTTP: what was answered with 200 is there, once."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Lock

from tests.letting_in import let_in

CALLS = ("call-0", "call-1", "call-2", "call-3")
TURNS = 12
KILLED_AFTER = (9, 17)


class Answered:
    """The turns that were answered with 200, and a death for the server once there are enough of them."""

    def __init__(self, server: subprocess.Popen[str], fresh: int | None) -> None:
        self.turns: set[tuple[str, int]] = set()
        self._server = server
        self._fresh = fresh
        self._lock = Lock()

    def add(self, call: str, n: int) -> None:
        with self._lock:
            self.turns.add((call, n))
            if len(self.turns) == self._fresh:
                self._server.kill()


def test_every_turn_answered_with_200_survives_kill_9_and_none_is_there_twice(database_url: str) -> None:
    answered: set[tuple[str, int]] = set()
    headers = let_in(database_url).headers
    for fresh in KILLED_AFTER:
        with _served(database_url) as (server, port):
            answered |= _stream(server, port, fresh, headers)
            assert server.wait() == -signal.SIGKILL
    with _served(database_url) as (server, port):
        assert answered <= {(call, n) for call in CALLS for n in _kept(port, call, headers)}
        assert len(_stream(server, port, None, headers)) == len(CALLS) * TURNS
        assert [_kept(port, call, headers) for call in CALLS] == [list(range(TURNS))] * len(CALLS)


@contextmanager
def _served(database_url: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    run = "from levelhead.cli import main; main()"
    command = [sys.executable, "-c", run, "serve", "--no-demo", "--port", "0", "--database", database_url]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = next(line for line in server.stderr if "http://" in line)
            yield server, int(said.split("http://127.0.0.1:")[1].split()[0])
        finally:
            server.kill()
            sys.stderr.write(server.stderr.read())  # Pytest shows it where the test fails.


def _stream(
    server: subprocess.Popen[str], port: int, fresh: int | None, headers: dict[str, str]
) -> set[tuple[str, int]]:
    """Send every turn of every call from the beginning, the calls at once, until the server is gone."""
    answered = Answered(server, fresh)
    with ThreadPoolExecutor(len(CALLS)) as senders:
        list(senders.map(lambda call: _call(port, call, answered, headers), CALLS))
    return answered.turns


def _call(port: int, call: str, answered: Answered, headers: dict[str, str]) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        for n in range(TURNS):
            speaker = "agent" if n % 2 else "customer"
            text = f"I have been waiting for {'ever and ' * n}ever."
            turn = {"n": n, "speaker": speaker, "text": text, "channel": "chat", "locale": "en-GB"}
            connection.request("POST", f"/api/v1/conversations/{call}/turns", json.dumps(turn), headers)
            response = connection.getresponse()
            response.read()
            assert response.status == 200
            answered.add(call, n)
    except (ConnectionError, HTTPException):
        return
    finally:
        connection.close()


def _kept(port: int, call: str, headers: dict[str, str]) -> list[int]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/api/v1/conversations/{call}", headers=headers)
    response = connection.getresponse()
    conversation = json.loads(response.read())
    connection.close()
    return [turn["n"] for turn in conversation["turns"]] if response.status == 200 else []
