"""Levelhead as people start it, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO, ClassVar, Self

import httpx
from playwright._impl._api_structures import SetCookieParam

from levelhead import settings
from levelhead.live.unlocking import vault_of
from levelhead.storage.database import Access
from levelhead.storage.library import Library
from tests.letting_in import LetIn, let_in

STOPS_WITHIN_S = 10


@dataclass
class Server:
    """A running `levelhead serve`; use it with `with`. Without a `database` it makes a SQLite file in its folder."""

    data_dir: Path
    database: str | None = None
    demo: bool = False
    pace: float = 1.0
    port: int = 0
    set_to: dict[str, str] = field(default_factory=dict)
    url: str = field(default="", init=False)
    let_in: LetIn | None = field(default=None, init=False)
    said: list[str] = field(default_factory=list, init=False)
    running: ClassVar[list["Server"]] = []
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _reader: Thread = field(default_factory=Thread, init=False)

    def start(self) -> Self:
        """Start, and wait until it says where it is."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if not self.demo and not self.let_in:  # Where somebody has an account, the demo lets nobody in unasked.
            self.let_in = let_in(self.database or f"sqlite:///{self.data_dir / 'levelhead.db'}")
        command = [sys.executable, "-c", "from levelhead.cli import main; main()", "serve", "--port", str(self.port)]
        command += ["--data-dir", str(self.data_dir), "--demo" if self.demo else "--no-demo"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("LEVELHEAD_")}
        known |= {"LEVELHEAD_DATABASE": self.database} if self.database else {}
        self._process = subprocess.Popen(
            command,
            env=known | self._usual | self.set_to,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr
        for line in self._process.stderr:
            self.said.append(line)
            if "Levelhead is at " in line:
                self.url = line.split("Levelhead is at ")[1].split()[0]
                self.port = int(self.url.rsplit(":", 1)[1])
                # Nobody reads on, and a full pipe would stop the server.
                self._reader = Thread(target=self._listen, args=(self._process.stderr,), daemon=True)
                self._reader.start()
                return self
        raise AssertionError(f"Levelhead did not start:\n{''.join(self.said)}")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._wait()

    def stop(self) -> int:
        """End it as Ctrl+C does; its exit status."""
        if self._process is None:
            return 0
        self._process.terminate()
        return self._wait()

    def hear(self, conversation: str, *turns: tuple[str, str], first: int = 0, channel: str = "chat") -> None:
        """Send turns of (speaker, text) over the API."""
        rows: list[dict[str, object]] = [
            {"n": first + n, "speaker": speaker, "text": text, "channel": channel, "person": "Mr Doyle"}
            for n, (speaker, text) in enumerate(turns)
        ]
        self.post(f"/api/v1/conversations/{conversation}/turns", rows)

    def post(self, path: str, rows: object) -> None:
        """Send something to the API, as a program that has a token."""
        assert self.let_in
        sent = httpx.post(self.url + path, json=rows, headers=self.let_in.headers, timeout=60)
        assert sent.is_success, f"{sent.status_code} {sent.text}\n{''.join(self.said[-3:])}"

    def cookies(self, who: str = "sam") -> list[SetCookieParam]:
        """What lets somebody's browser in, sam's unless said; nothing at the demo, which lets everybody in."""
        if self.demo or not self.let_in:
            return []
        return [{"name": "levelhead", "value": self.let_in.cookies[who], "url": self.url}]

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Its books, opened beside it."""
        known = settings.load(data_dir=self.data_dir, database=self.database)
        with closing(Library.open(known.database_url, Access.BESIDE, vault=vault_of(known))) as library:
            yield library

    def _listen(self, stream: IO[str]) -> None:
        self.said.extend(stream)

    @property
    def _usual(self) -> dict[str, str]:
        """The demo's past would keep a core busy for the first minute; what a test looks at is what it plays."""
        demo = {"LEVELHEAD_DEMO_PACE": str(self.pace), "LEVELHEAD_DEMO_HISTORY": "false"}
        return demo | {"PYTHONUNBUFFERED": "1"}

    def _wait(self) -> int:
        assert self._process
        status = self._process.wait(STOPS_WITHIN_S)
        self._reader.join()
        if self._process.stderr:
            self._process.stderr.close()
        self._process = None
        return status

    def __enter__(self) -> Self:
        self.running.append(self)
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.running.remove(self)
        self.stop()
