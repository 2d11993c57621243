"""Traces for OpenTelemetry, where an operator asks for them; otherwise nothing is imported and nothing happens.

Spans carry labels of ours, and never words or ids of conversations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from levelhead import __version__
from levelhead.storage.refusals import Refused


class NoTraces(Refused):
    """Traces were asked for, and the parts that make them are not installed."""


class Traces:
    """Makes spans and sends them to a collector; without an address it does nothing at all."""

    def __init__(self, collector: str | None = None) -> None:
        self._provider: Any = None
        self._tracer: Any = None
        if collector is not None:
            self._provider = _provider(collector)
            self._tracer = self._provider.get_tracer("levelhead", __version__)

    @contextmanager
    def span(self, name: str, **labels: str | int | bool) -> Iterator[None]:
        """Time what happens in the block. Of an exception only its kind is told, since its words may be anyone's."""
        if self._tracer is None:
            yield
            return
        with self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:
            span.set_attributes({f"levelhead.{label}": value for label, value in labels.items()})
            try:
                yield
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                raise

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


def _provider(collector: str) -> Any:  # noqa: ANN401 - the type is of a part that may not be installed
    # ruff: noqa: PLC0415
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise NoTraces("traces: the parts are missing; type: pip install 'levelhead[traces]'") from error
    resource = Resource.create({"service.name": "levelhead", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    exporter = OTLPSpanExporter(endpoint=f"{collector.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
