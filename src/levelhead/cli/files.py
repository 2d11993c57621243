"""Reads conversations from files and standard input through the same engine as the desk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from levelhead import models, packs
from levelhead.advising.pack import Pack
from levelhead.channels.lines import batches_from
from levelhead.channels.malformed import Malformed, Place
from levelhead.cli.output import Output, say
from levelhead.conversation import Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live.engine import hear_turn

STANDARD_INPUT = "-"
UNUSABLE = 2


def read_files(files: list[str], output: Output, *, skip_bad: bool) -> int:
    """Read every file to its end or to its first malformed line; the exit status says whether all were usable."""
    reader = _reader_or_none()
    bad: list[Malformed] = []
    try:
        for name in files:
            _read_file(name, output, reader, bad if skip_bad else None)
    except Malformed as malformed:
        say(str(malformed))
        return UNUSABLE
    if skip_bad:
        say(f"{len(bad)} malformed {'line' if len(bad) == 1 else 'lines'} passed over")
    return 0


def _read_file(name: str, output: Output, reader: Reader | None, bad: list[Malformed] | None) -> None:
    def pass_over(malformed: Malformed) -> None:
        say(str(malformed))
        if bad is not None:
            bad.append(malformed)

    conversations = _Conversations(reader)
    with _opened(name) as stream:
        for batch in batches_from(stream, name, on_bad=None if bad is None else pass_over):
            for turn in batch.turns:
                output.show(conversations.hear(turn))
            if batch.whole and batch.turns:
                conversations.forget(batch.turns[0].conversation)


class _Conversations:
    """The conversations of one file as they stand; flat rows may go on with any of them."""

    def __init__(self, reader: Reader | None) -> None:
        self._reader = reader
        self._timelines: dict[str, Timeline] = {}

    def hear(self, turn: Turn) -> Heard:
        so_far = self._timelines.get(turn.conversation, ())
        heard = hear_turn(turn, so_far, self._reader, _pack_for(turn.locale))
        after = sum(1 for other in reversed(so_far) if other.turn.n > turn.n)
        place = len(so_far) - after
        self._timelines[turn.conversation] = (*so_far[:place], heard, *so_far[place:])
        return heard

    def forget(self, conversation: str) -> None:
        self._timelines.pop(conversation, None)


@cache
def _pack_for(locale: str) -> Pack:
    return packs.load(locale)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only what happens on opening is about the file
    except OSError as error:
        found = (error.strerror or "none").lower()
        raise Malformed(place=Place(name), field="file", expected="one that can be read", found=found) from None
    with stream:
        yield stream


def _reader_or_none() -> Reader | None:
    try:
        return models.load()
    except models.ModelMissing as missing:
        say(str(missing))
        return None
