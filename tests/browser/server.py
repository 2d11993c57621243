"""Levelhead as people start it, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import ClassVar, Self

import httpx
from playwright._impl._api_structures import SetCookieParam

from tests.letting_in import LetIn, let_in

STOPS_WITHIN_S = 10


@dataclass
class Server:
    """A running `levelhead serve`; use it with `with`."""

    data_dir: Path
    demo: bool = False
    pace: float = 1.0
    port: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    url: str = field(default="", init=False)
    let_in: LetIn | None = field(default=None, init=False)
    running: ClassVar[list["Server"]] = []
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _reader: Thread = field(default_factory=Thread, init=False)

    def start(self) -> Self:
        """Start, and wait until it says where it is."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if not self.demo and not self.let_in:  # Where somebody has an account, the demo lets nobody in unasked.
            self.let_in = let_in(f"sqlite:///{self.data_dir / 'levelhead.db'}")
        command = [sys.executable, "-c", "from levelhead.cli import main; main()", "serve", "--port", str(self.port)]
        command += ["--data-dir", str(self.data_dir), "--demo" if self.demo else "--no-demo"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("LEVELHEAD_")}
        self._process = subprocess.Popen(
            command,
            env=known | {"LEVELHEAD_DEMO_PACE": str(self.pace), "PYTHONUNBUFFERED": "1"} | self.settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = []
        assert self._process.stderr
        for line in self._process.stderr:
            said.append(line)
            if "Levelhead is at " in line:
                self.url = line.split("Levelhead is at ")[1].split()[0]
                self.port = int(self.url.rsplit(":", 1)[1])
                # Nobody reads on, and a full pipe would stop the server.
                self._reader = Thread(target=self._process.stderr.read, daemon=True)
                self._reader.start()
                return self
        raise AssertionError(f"Levelhead did not start:\n{''.join(said)}")

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

    def post(self, path: str, rows: list[dict[str, object]]) -> None:
        """Send rows to the API, as a program that has a token."""
        assert self.let_in
        sent = httpx.post(self.url + path, json=rows, headers=self.let_in.headers, timeout=60)
        sent.raise_for_status()

    @property
    def cookies(self) -> list[SetCookieParam]:
        """What lets a browser in as a supervisor; nothing at the demo, which lets everybody in."""
        if self.demo or not self.let_in:
            return []
        return [{"name": "levelhead", "value": self.let_in.cookie, "url": self.url}]

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
