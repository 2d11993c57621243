"""kill -9 while deeds are noted and sealed: none that was acknowledged is missing, and the chain is whole."""

import random
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from levelhead.live.sealing import Sealer
from levelhead.people.audit_head import Head, read
from levelhead.storage.audit import Audit
from levelhead.storage.audit_key import HEAD_FILE, signing_key
from levelhead.storage.library import Library

NOTING = Path(__file__).with_name("noting.py")
ROUNDS = 5


def test_a_process_that_is_killed_leaves_every_deed_and_a_whole_chain(database_url: str, tmp_path: Path) -> None:
    done, chance = 0, random.Random(9)
    for _ in range(ROUNDS):
        done = killed_after(database_url, tmp_path, done, chance.randint(5, 60))
        check(database_url, tmp_path, done)


def killed_after(url: str, folder: Path, done: int, fresh: int) -> int:
    """How many deeds were acknowledged in all, by a process that was killed after so many of its own."""
    command = [sys.executable, str(NOTING), url, str(folder), str(done)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as noting:
        assert noting.stdout is not None
        for line in noting.stdout:
            done = int(line) + 1
            fresh -= 1
            if fresh == 0:
                noting.kill()
        assert noting.wait() == -signal.SIGKILL
    return done


def check(url: str, folder: Path, done: int) -> None:
    with closing(Library.open(url)) as library:
        audit, head = Audit(library.shelf(library.first.id)), head_in(folder)
        assert audit.check(head).findings == ()
        Sealer(library, folder / HEAD_FILE, signing_key(folder)).seal()
        checked = audit.check(head)
        assert (checked.findings, checked.waiting) == ((), 0)
        numbers = [int(row.subject) for row in reversed(audit.latest(10_000))]
        # One may be on disk that nobody was told of; the next process notes its number again.
        assert set(numbers) >= set(range(done))
        assert len(numbers) - len(set(numbers)) <= ROUNDS


def head_in(folder: Path) -> Head | None:
    """Where the chain ended when it was last written down; what came after was still to be sealed.

    A process that was killed within its first moments has written nothing down yet.
    """
    if not (folder / HEAD_FILE).exists():
        return None
    heads = read((folder / HEAD_FILE).read_text(), signing_key(folder).public_key())
    return heads[0] if heads else None
