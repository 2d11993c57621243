"""kill -9 while turns stream in: every acknowledged turn is there after the restart, and none is there twice."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from levelhead import packs
from levelhead.live.replay import replay
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from tests.faults.streaming import CONVERSATIONS, TURNS, turns_of

STREAM = Path(__file__).with_name("streaming.py")
ROUNDS = 5
CALLS = [f"call-{number}" for number in range(CONVERSATIONS)]


def test_every_acknowledged_turn_survives_kill_9_and_none_is_there_twice(database_url: str) -> None:
    url = database_url
    acknowledged: set[tuple[str, int]] = set()
    chance = random.Random(9)
    for _ in range(ROUNDS):
        acknowledged |= set(_killed_after(url, acknowledged, chance.randint(10, 45)))
        _check(url, acknowledged)
    finished = subprocess.run([sys.executable, STREAM, url], capture_output=True, text=True, check=True)
    acknowledged |= set(_acknowledgements(finished.stdout.splitlines()))
    assert acknowledged == {(call, n) for call in CALLS for n in range(TURNS)}
    _check(url, acknowledged)


def _killed_after(url: str, known: set[tuple[str, int]], fresh: int) -> Iterator[tuple[str, int]]:
    """What one run acknowledged until it was killed: after `fresh` turns that no run had acknowledged before."""
    with subprocess.Popen([sys.executable, STREAM, url], stdout=subprocess.PIPE, text=True) as stream:
        assert stream.stdout is not None
        for turn in _acknowledgements(stream.stdout):
            yield turn
            fresh -= turn not in known
            if fresh == 0:
                stream.kill()
        assert stream.wait() == -signal.SIGKILL


def _acknowledgements(lines: Iterator[str] | list[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        conversation, n = line.split()
        yield conversation, int(n)


def _check(url: str, acknowledged: set[tuple[str, int]]) -> None:
    with closing(Library.open(url)) as library:
        if url.startswith("sqlite"):
            with library.database.reading() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        _check_books(library.of(library.first.id), acknowledged)


def _check_books(books: Books, acknowledged: set[tuple[str, int]]) -> None:
    kept = [(call, heard) for call in CALLS for heard in books.timeline(call)]
    numbers = [(call, heard.turn.n) for call, heard in kept]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) >= acknowledged
    assert all(heard.turn == turns_of(call)[heard.turn.n] for call, heard in kept)
    assert not [again for again in replay(books, None, packs.load) if again.differences]
