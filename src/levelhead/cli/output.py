"""What goes to standard output for programs, and what goes to standard error for people."""

import json
import sys
from typing import Protocol

from levelhead import __version__
from levelhead.channels.rows import row_of
from levelhead.conversation import Heard


class Output(Protocol):
    """Where a reading goes, turn by turn."""

    def show(self, heard: Heard) -> None:
        """Put out one turn before the next is read."""


class JsonOutput:
    """One JSON object a line and nothing else, in UTF-8 whatever the locale says."""

    def show(self, heard: Heard) -> None:
        """Write the row of one turn at once, so that a reader at the other end of a pipe sees it now."""
        line = json.dumps(row_of(heard), ensure_ascii=False, separators=(",", ":"))
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not output."""
    sys.stderr.write(f"{sentence}\n")


def version() -> None:
    """The version, and the weights that came with it."""
    from levelhead.models import ModelMissing, load  # noqa: PLC0415 - onnxruntime takes longer to load than the rest

    try:
        weights = load().name
    except ModelMissing:
        weights = "missing"
    sys.stdout.write(f"levelhead {__version__}\nweights {weights}\n")
