"""Levelhead as people start it, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Self

import httpx

STOPS_WITHIN_S = 10


@dataclass
class Server:
    """A running `levelhead serve`; use it with `with`."""

    data_dir: Path
    demo: bool = False
    pace: float = 1.0
    port: int = 0
    url: str = field(default="", init=False)
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _reader: Thread = field(default_factory=Thread, init=False)

    def start(self) -> Self:
        """Start, and wait until it says where it is."""
        command = [sys.executable, "-c", "from levelhead.cli import main; main()", "serve", "--port", str(self.port)]
        command += ["--data-dir", str(self.data_dir), "--demo" if self.demo else "--no-demo"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("LEVELHEAD_")}
        self._process = subprocess.Popen(
            command,
            env=known | {"LEVELHEAD_DEMO_PACE": str(self.pace), "PYTHONUNBUFFERED": "1"},
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
        rows = [
            {"n": first + n, "speaker": speaker, "text": text, "channel": channel, "person": "Mr Doyle"}
            for n, (speaker, text) in enumerate(turns)
        ]
        httpx.post(f"{self.url}/api/v1/conversations/{conversation}/turns", json=rows, timeout=30).raise_for_status()

    def _wait(self) -> int:
        assert self._process
        status = self._process.wait(STOPS_WITHIN_S)
        self._reader.join()
        if self._process.stderr:
            self._process.stderr.close()
        self._process = None
        return status

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
