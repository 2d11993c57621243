"""A language model as tests need it: a real HTTP server in a process of its own, honest or not."""

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from select import select
from threading import Thread
from typing import Any, ClassVar


@dataclass
class Model:
    """Where it is, and what it was asked so far."""

    url: str
    pipe: Connection

    def asked(self) -> list[dict[str, Any]]:
        """Every question: its body, and its headers under "headers"."""
        self.pipe.send("asked")
        found: list[dict[str, Any]] = self.pipe.recv()
        return found

    def behave(self, manner: str) -> None:
        """Answer like this from now on."""
        self.pipe.send(manner)
        self.pipe.recv()


@contextmanager
def wording(manner: str = "honest") -> Iterator[Model]:
    """A model that answers in this manner."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, manner), daemon=True)
    process.start()
    try:
        yield Model(f"http://127.0.0.1:{ours.recv()}/v1", ours)
    finally:
        process.terminate()
        process.join()
        process.close()
        ours.close()
        theirs.close()


def serve(pipe: Connection, manner: str) -> None:
    """The process of the model: serves, and answers on the pipe what it was asked."""
    Answering.manner = manner
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    pipe.send(server.server_port)
    while True:
        said = pipe.recv()
        if said != "asked":
            Answering.manner = said
        pipe.send(Answering.asked if said == "asked" else None)


class Answering(BaseHTTPRequestHandler):
    """Answers in the manner of the day."""

    manner = "honest"
    asked: ClassVar[list[dict[str, Any]]] = []
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked.append(body | {"headers": headers, "path": self.path})
        try:
            getattr(self, self.manner)(json.loads(body["messages"][-1]["content"])["reword"])
        except OSError:
            self.close_connection = True

    def say(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "content-type": "application/json",
            "content-length": str(len(content)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def honest(self, text: str) -> None:
        words = text.replace("I'll ", "I will ").replace("I’ll ", "I will ")
        self.say(json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode())

    def slow(self, text: str) -> None:
        while not self.hung_up():
            pass
        self.honest(text)

    def adds(self, text: str) -> None:
        self.honest(f"{text} You get £50.")

    def garbage(self, _text: str) -> None:
        self.say(b"\xff\x00{]")

    def nested(self, _text: str) -> None:
        self.say(b"[" * 60_000)

    def closes(self, _text: str) -> None:
        self.close_connection = True

    def huge(self, text: str) -> None:
        self.honest(text + " " * 1_000_000)

    def redirects(self, _text: str) -> None:
        self.say(b"", 302, location="/v1/elsewhere")

    def refuses(self, _text: str) -> None:
        self.say(b"{}", 401)

    def endless(self, _text: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        while not self.hung_up():
            self.wfile.write(b"1\r\n \r\n")

    def hung_up(self) -> bool:
        """Whether whoever asked has given up, within a moment."""
        return bool(select([self.connection], [], [], 0.05)[0])

    def log_message(self, *_: object) -> None:
        """Say nothing."""
