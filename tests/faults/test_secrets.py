"""Two thousand planted card numbers and codes go through a desk: none is in the database, its log file or the logs."""

import json
import logging
import os
import runpy
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import replace
from pathlib import Path

import anyio
import structlog

from levelhead import packs
from levelhead.conversation import Heard, Turn
from levelhead.live import log
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from tests.people import turn

planted_secrets: Callable[[int, int], list[tuple[str, str]]] = runpy.run_path(
    str(Path(__file__).parents[1] / "privacy" / "planted.py")
)["planted_secrets"]

PLANTED = 2_000
A_CONVERSATION = 20
AT_ONCE = 8
# Three to six digits stand in every file by chance; those are looked for in the words of their own turn instead.
LONG_ENOUGH_TO_GREP = 8


def test_no_planted_secret_reaches_the_database_or_the_logs(tmp_path: Path) -> None:
    planted = planted_secrets(PLANTED, 2)
    secrets = [secret for _, secret in planted]
    logs = tmp_path / "levelhead.log"
    library = Library.open(f"sqlite:///{tmp_path / 'levelhead.db'}")
    books = library.of(library.first.id)
    with _logging_to(logs):
        anyio.run(_stream, Desk(books, Bus(), None, packs.load), [text for text, _ in planted])
    files = [logs, *tmp_path.glob("levelhead.db*")]
    assert tmp_path / "levelhead.db-wal" in files
    assert _found(secrets, files) == ""
    words = _words_kept(books, logs)
    assert not [secret for place, secret in enumerate(secrets) if any(secret in kept for kept in words[place])]
    library.close()
    assert _found(secrets, [tmp_path / "levelhead.db"]) == ""


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "levelhead.log").write_bytes(b"\x00\xffcard 4111 1111 1111 1111 and more")
    assert "4111 1111 1111 1111" in _found(["4111 1111 1111 1111", "5500"], [tmp_path / "levelhead.log"])


async def _stream(desk: Desk, texts: list[str]) -> None:
    said = [_turn(place, text) for place, text in enumerate(texts)]
    for first in range(0, len(said), A_CONVERSATION * AT_ONCE):
        async with anyio.create_task_group() as calls:
            for begin in range(first, first + A_CONVERSATION * AT_ONCE, A_CONVERSATION):
                calls.start_soon(_call, desk, said[begin : begin + A_CONVERSATION])


async def _call(desk: Desk, turns: list[Turn]) -> None:
    for said in turns:
        await desk.hear(said)
        # The most careless line there could be.
        structlog.get_logger("tests").info("A turn came", place=_place(said), text_pii=said.text)


def _turn(place: int, text: str) -> Turn:
    conversation, n = divmod(place, A_CONVERSATION)
    return replace(turn(text, n), conversation=f"call-{conversation}", at=None, started_at=None)


def _place(said: Turn) -> int:
    return int(said.conversation.removeprefix("call-")) * A_CONVERSATION + said.n


def _found(secrets: list[str], files: list[Path]) -> str:
    """What grep finds of the longer secrets in the bytes of these files."""
    patterns = "\n".join(secret for secret in secrets if len(secret) >= LONG_ENOUGH_TO_GREP)
    command = ["grep", "--text", "--fixed-strings", "--only-matching", "--file=-", *map(str, files)]
    environment = {**os.environ, "LC_ALL": "C"}
    found = subprocess.run(command, input=patterns.encode(), capture_output=True, check=False, env=environment)
    assert found.returncode in (0, 1), found.stderr
    return found.stdout.decode(errors="replace")


def _words_kept(books: Books, logs: Path) -> dict[int, list[str]]:
    """All words that were kept or logged of each turn, by its place."""
    words: defaultdict[int, list[str]] = defaultdict(list)
    for conversation in books.conversation_ids():
        for heard in books.timeline(conversation):
            words[_place(heard.turn)] += _words_of(heard)
    for line in logs.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["event"] == "A turn came":
            words[event["place"]].append(event["text_pii"])
    assert sorted(words) == list(range(PLANTED))
    return words


def _words_of(heard: Heard) -> Iterator[str]:
    yield heard.turn.text
    yield from (fact.value for fact in heard.reading.facts)
    yield from (question.text for question in heard.reading.questions)
    yield from (part for promise in heard.reading.promises for part in (promise.action, promise.due_text))


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with path.open("w", encoding="utf-8") as file, redirect_stderr(file):
        log.set_up("debug")
        yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
