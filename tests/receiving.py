"""A receiver of webhooks: a real HTTP server in a thread, which checks every signature as its owner would."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

from standardwebhooks import Webhook

WITHIN_S = 30
"""How long a test waits for what has to come; it comes within a second."""


@dataclass
class Receiver:
    """What came in, in order. `answers` are given to the next requests, 200 to all after them."""

    secret: str
    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    came: Condition = field(default_factory=Condition)
    meanwhile: Callable[[], None] = lambda: None

    @property
    def kinds(self) -> list[str]:
        """The kinds of what came in, short."""
        return [event["type"].removeprefix("levelhead.").removesuffix(".v1") for event in self.asked]

    def wait_for(self, enough: Callable[[], bool]) -> None:
        """Until enough has come."""
        with self.came:
            assert self.came.wait_for(enough, WITHIN_S), self.kinds

    def take(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        """One request: verified, written down, answered."""
        event = Webhook(self.secret).verify(body, headers)
        with self.came:
            self.asked.append(event)
            self.headers.append(headers)
            answer = self.answers.pop(0) if self.answers else (200, {})
            self.came.notify_all()
        self.meanwhile()
        return answer


@contextmanager
def receiving(secret: str, port: int = 0) -> Iterator[Receiver]:
    """A receiver for whoever signs with this secret."""
    receiver = Receiver(secret)

    class Asked(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # Whoever sent it died while sending.
            status, more = receiver.take(body, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            for name, value in (more | {"content-length": "2"}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Asked)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/events"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield receiver
    server.shutdown()
    thread.join()
    server.server_close()


def as_text(event: dict[str, Any]) -> str:
    """An event as it would stand in a log."""
    return json.dumps(event, ensure_ascii=False)
