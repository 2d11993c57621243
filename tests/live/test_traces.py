"""Traces go to a collector where one is set, with labels and without words; otherwise nothing is even imported."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from levelhead.live.traces import Traces


@contextmanager
def collecting() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A collector that speaks OTLP over HTTP."""
    came: list[ExportTraceServiceRequest] = []

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                import gzip

                body = gzip.decompress(body)
            came.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", came
    server.shutdown()
    thread.join()
    server.server_close()


def test_spans_reach_the_collector_with_our_labels_and_the_kind_of_an_error_but_not_its_words() -> None:
    with collecting() as (address, came):
        traces = Traces(address)
        with traces.span("turn", speaker="customer"):
            pass
        with pytest.raises(ValueError, match="kettle"), traces.span("turn", speaker="agent"):
            raise ValueError("Where is my kettle?")
        traces.close()
        (told,) = came
    spans = [span for resource in told.resource_spans for scope in resource.scope_spans for span in scope.spans]
    labels = [{one.key: one.value.string_value for one in span.attributes} for span in spans]
    assert labels == [
        {"levelhead.speaker": "customer"},
        {"levelhead.speaker": "agent", "error.type": "ValueError"},
    ]
    assert b"kettle" not in told.SerializeToString()


def test_without_a_collector_nothing_is_made_or_imported() -> None:
    asked = (
        "import sys; from levelhead.live.traces import Traces\n"
        "with Traces().span('turn'): pass\n"
        "print(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
