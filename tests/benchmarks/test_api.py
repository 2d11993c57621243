"""The benchmark of the API reaches everything, and notices what is not as documented."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks._api_calls import Tally, call_again_and_again, operations_at
from benchmarks._api_world import Caller, World
from benchmarks.api import figures, measure

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Somebody", "version": "1"},
    "paths": {
        "/kettles": {
            "get": {
                "parameters": [{"name": "many", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "Kettles"}, "422": {"description": "Not as agreed"}},
            }
        }
    },
}
SOMEBODY = Caller("somebody", {}, ({},))


def test_one_round_reaches_every_call_page_and_form_and_nothing_is_wrong() -> None:
    tally, listed = measure(0.0, calls=2)
    result = figures(tally, listed, 0.0)
    assert tally.examples == {}
    assert [row["figure"] for row in result["bounds"]] == [0, 0, 0]
    assert {"200", "401", "403", "404", "422"} <= result["statuses"].keys()
    assert len(result["by_caller"]) == 9


@pytest.mark.parametrize(("status", "what"), [(500, "Server error"), (418, "Undocumented status code")])
def test_what_is_not_as_documented_is_noticed(status: int, what: str) -> None:
    tally = Tally()
    with answering(status) as url:
        (operation,) = operations_at(url)
        call_again_and_again(operation, SOMEBODY, World((SOMEBODY,), {}), tally, number=1, calls=5)
    result = figures(tally, [operation.label, "GET /never"], 0.0)
    assert any(told.startswith(what) for told in tally.wrong), tally.wrong
    assert [row["holds"] for row in result["bounds"]] == [status != 500, False, False]
    assert str(status) in next(iter(tally.examples.values()))


@contextmanager
def answering(status: int) -> Iterator[str]:
    """A server with that document, which answers every call with this status."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_document = self.path.endswith("openapi.json")
            self.send_response(200 if is_document else status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(DOCUMENT if is_document else {}).encode())

        def log_message(self, *_: object) -> None:
            """Nothing: pytest shows what matters."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
