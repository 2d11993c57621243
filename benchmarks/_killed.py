"""A real server that is killed while turns stream in, and what it owes afterwards: for `benchmarks.durability`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Condition, Event, Thread
from typing import NamedTuple

from levelhead import settings
from levelhead.live.unlocking import vault_of
from levelhead.people.permission import Action
from levelhead.storage.books import utc_now
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.tokens import Tokens
from tests.receiving import Receiver

SENDERS, TURNS = 6, 30
"""Conversations at once, and turns of each before the next one begins."""
WITHIN_S = 300.0
"""For whatever has to happen; on a machine with nothing else to do it takes a second."""
MOST_TURNS, MOST_S = 40, 0.03
"""A kill comes after up to so many acknowledged turns and then so many seconds, both by chance."""
SERVE = "from levelhead.cli import main; main()"


class Where(NamedTuple):
    """A database, and the folder of everything that Levelhead keeps beside it."""

    url: str
    folder: Path

    def opened(self, *, read_only: bool = False) -> Library:
        """Its library, with the keys that the server uses."""
        known = settings.load(database=self.url, data_dir=self.folder)
        return Library.open(known.database_url, read_only=read_only, vault=vault_of(known))


def said(conversation: str, n: int) -> str:
    """The words of a turn; no two turns have the same."""
    return f"This is turn {n} of {conversation}, and my refund has still not come. Please ring me tomorrow."


@dataclass
class Load:
    """Senders that behave like a channel: each sends its next turn until that is acknowledged, over every crash."""

    token: str
    port: int | None = None
    acknowledged: set[tuple[str, int]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)
    stopping: Event = field(default_factory=Event)

    @contextmanager
    def streaming(self) -> Iterator[None]:
        """Send until the block ends; the turn in hand is finished."""
        threads = [Thread(target=self._send, args=(number,)) for number in range(SENDERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            with self.changed:
                self.changed.notify_all()
            for thread in threads:
                thread.join()

    def at(self, port: int | None) -> None:
        """Say where the server is now; None while there is none."""
        with self.changed:
            self.port = port
            self.changed.notify_all()

    def wait_for(self, turns: int) -> None:
        """Until so many turns are acknowledged."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.acknowledged) >= turns or self.wrong, WITHIN_S):
                raise TimeoutError(f"{len(self.acknowledged)} turns are acknowledged, and no more come")

    def _send(self, number: int) -> None:
        place = 0
        while not self.stopping.is_set() and not self.wrong:
            conversation, n = f"call-{number}-{place // TURNS}", place % TURNS
            with self.changed:
                self.changed.wait_for(lambda: self.port is not None or self.stopping.is_set(), WITHIN_S)
                port = self.port
            if port is not None and self._taken(port, conversation, n):
                place += 1

    def _taken(self, port: int, conversation: str, n: int) -> bool:
        turn = {"n": n, "speaker": ("customer", "agent")[n % 2], "text": said(conversation, n)}
        turn |= {"channel": "chat", "locale": "en-GB", "source_id": f"{conversation}/{n}"}
        connection = HTTPConnection("127.0.0.1", port, timeout=WITHIN_S)
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        try:
            connection.request("POST", f"/api/v1/conversations/{conversation}/turns", json.dumps(turn), headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        with self.changed:
            if answer.status == 200:
                self.acknowledged.add((conversation, n))
            elif answer.status != 503:
                self.wrong.append(f"{answer.status} {body[:200]!r}")
            self.changed.notify_all()
        return answer.status == 200


@contextmanager
def served(where: Where, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server that people start, and its port; killed at the end if it still runs."""
    command = [sys.executable, "-c", SERVE, "serve", "--no-demo", "--port", "0", "--database", where.url]
    command += ["--data-dir", str(where.folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as server:
        assert server.stderr is not None
        lines: list[str] = []
        try:
            for line in server.stderr:
                lines.append(line)
                if "Levelhead is at http://127.0.0.1:" in line:
                    break
            else:
                raise RuntimeError(f"the server does not start: {''.join(lines)}")
            Thread(target=server.stderr.read, daemon=True).start()  # Else a full pipe would hold it up.
            yield server, int(line.split("http://127.0.0.1:")[1].split()[0])
        finally:
            server.kill()


def set_up(where: Where, receiver: Receiver) -> str:
    """A destination for every event and a token to send turns with; the token."""
    with closing(where.opened()) as library:
        shelf = library.shelf(library.first.id)
        Destinations(shelf, library.vault).add(receiver.url, [], receiver.secret, utc_now())
        scopes = [Action.HEAR_TURN, Action.READ_CONVERSATION]
        return Tokens(shelf).add("durability", scopes, timedelta(days=1)).secret


def kill_again_and_again(
    where: Where, kills: int, load: Load, environment: dict[str, str], chance: Random
) -> list[float]:
    """Start the server and kill it at a random point, so many times; the seconds that each start took."""
    starts = []
    for _ in range(kills):
        began = time.monotonic()
        with served(where, environment) as (server, port):
            starts.append(time.monotonic() - began)
            load.at(port)
            load.wait_for(len(load.acknowledged) + chance.randint(0, MOST_TURNS))
            time.sleep(chance.uniform(0, MOST_S))
            server.send_signal(signal.SIGKILL)
            server.wait()
            load.at(None)
        if load.wrong:
            raise RuntimeError(f"a turn was refused: {load.wrong[0]}")
    return starts
