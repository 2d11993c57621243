"""Logs: static English sentences with fields, on standard error, with every secret masked and no customer's words.

A field that may hold what somebody said has `pii` in its name. Such fields and the messages of exceptions, into which a
library may put anything, are shown at level `debug` only, which is for a machine without real customers.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import structlog

from levelhead.privacy.redact import mask_event
from levelhead.storage.refusals import Refused

WITHHELD = "[withheld]"
OF_PEOPLE = "pii"
"""What the name of a field has in it that may hold what somebody said."""
_SPOKEN_BY_US = (Refused, OSError)
"""Their messages are sentences of ours, or the system's with a path."""
_Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up(level: str = "info") -> None:
    """Send our log and the libraries' through the same masks; `level` is the least to be logged."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=_rendered(terminal=sys.stderr.isatty(), all_told=level.lower() == "debug"),
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)  # It tells of every start that nothing was to be done.


def _rendered(*, terminal: bool, all_told: bool) -> list[structlog.typing.Processor]:
    plain = structlog.dev.plain_traceback  # Tracebacks are text by then, since they too have to be masked.
    raised = structlog.processors.format_exc_info if all_told else structlog.processors.ExceptionRenderer(without_words)
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        raised,
        *([] if all_told else [_withhold]),
        mask_event,
        structlog.dev.ConsoleRenderer(exception_formatter=plain) if terminal else structlog.processors.JSONRenderer(),
    ]


def without_words(exc_info: _Raised) -> str:
    """A traceback with the kinds of its exceptions; of their messages, only those that are our own sentences."""
    return "\n".join(_lines(exc_info[1]))


def _lines(error: BaseException) -> Iterator[str]:
    because = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if because is not None:
        yield from _lines(because)
        yield "which led to"
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    said = str(error) if isinstance(error, _SPOKEN_BY_US) else WITHHELD
    yield f"{type(error).__qualname__}: {said}"
    for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _lines(part)


def _withhold(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {name: WITHHELD if OF_PEOPLE in name.lower() else value for name, value in event.items()}
