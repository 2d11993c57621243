"""Transcripts through a real desk on disk, with a log at its most talkative, and a search of every file that it left."""

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import anyio
import structlog

from benchmarks._secret_leaks import found_in, leaks, traces
from benchmarks._secret_words import Said, Transcript
from levelhead import packs
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live import log
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.backup import back_up
from levelhead.storage.books import utc_now
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What a desk left of the secrets: in its books by conversation, and in its files."""

    turns: int
    files: tuple[str, ...]
    in_books: tuple[str, ...]
    in_files: tuple[str, ...]

    @property
    def leaks(self) -> int:
        """How many conversations left too much in the books, and how many stretches in the files."""
        return len(self.in_books) + len(self.in_files)


def on_disk(transcripts: Sequence[Transcript]) -> OnDisk:
    """Hear them all, each turn also as a growing draft; search the books, and the files while open and after.

    Encryption is off, each event waits in the outbox, and a backup is made.
    """
    with tempfile.TemporaryDirectory() as told:
        folder = Path(told)
        with _logging_to(folder / "levelhead.log"):
            address = f"sqlite:///{folder / 'levelhead.db'}"
            library = Library.open(address)
            books = library.of(library.first.id)
            # Nobody delivers: every event stays in the outbox, to be searched.
            Destinations(library.shelf(library.first.id), library.vault).add(
                "https://away.example.org", [], "-", utc_now()
            )
            anyio.run(_hear, Desk(books, Bus(), None, packs.load), transcripts)
        back_up(address, folder / "backup.db")
        in_books, words = [], ""
        for n, one in enumerate(transcripts):
            kept = {heard.turn.n: heard.turn.text for heard in books.timeline(_name(n))}
            if leaks(one, [kept[place] for place in range(len(one.turns))]):
                in_books.append(_name(n))
            words += "\n".join((*kept.values(), ""))
        sought = {trace: _name(n) for n, one in enumerate(transcripts) for said in one.turns for trace in traces(said)}
        files = tuple(sorted(path.name for path in folder.iterdir()))
        hits = list(found_in(folder, sought))
        library.close()
        hits += found_in(folder, sought)
        # "Five one three" is a code here and the beginning of a card there. What the books rightly keep is no find.
        in_files = [f"{file}: {sought[trace]}" for file, trace in hits if trace.decode() not in words]
    return OnDisk(sum(len(one.turns) for one in transcripts), files, tuple(in_books), tuple(in_files))


def as_turn(said: Said, conversation: str, n: int) -> Turn:
    """A turn as a channel would bring it."""
    return Turn(conversation, n, Speaker.CUSTOMER if said.customer else Speaker.AGENT, said.text, Channel.VOICE)


async def _hear(desk: Desk, transcripts: Sequence[Transcript]) -> None:
    for n, one in enumerate(transcripts):
        for place, said in enumerate(one.turns):
            turn = as_turn(said, _name(n), place)
            if not said.customer:
                for typed in _growing(said.text):
                    await desk.check(turn.conversation, typed)
            heard = await desk.hear(turn)
            # The words as they are known inside, under a key that nobody would think of as secret.
            structlog.get_logger("redaction").debug("A turn came", n=place, words=heard.turn.text)


def _growing(text: str) -> Iterator[str]:
    yield from (text[: len(text) * part // 3] for part in (1, 2, 3))


def _name(n: int) -> str:
    return f"call-{n}"


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with path.open("w", encoding="utf-8") as file, redirect_stderr(file):
        log.set_up("debug")
        yield
        file.flush()
        os.fsync(file.fileno())
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
