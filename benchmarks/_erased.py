"""A customer who is in every place that can hold something of one, and the search for them: for `benchmarks.erasure`."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import anyio
import psycopg
from sqlalchemy import Text, create_engine, text

from levelhead import models, packs, settings
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.unlocking import vault_of
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.customers import Customers
from levelhead.storage.erasure import Erasure
from levelhead.storage.finding import customers_with
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.refusals import Refused
from tests.people import mr_doyle
from tests.postgresql import PostgreSQL
from tests.storage.customers import PLANTED, anything_left, leave_everywhere, planted

COMMAND = "from levelhead.cli import main; main()"
TALKS = 30
"""Conversations of the customer, and as many of somebody else."""
STAYS = {"audit", "customer", "event"}
"""Tables that keep ids of who was erased, and nothing else of them."""


@dataclass(frozen=True, slots=True)
class There:
    """A database of one kind, its owner, and the folders of all files in which it may leave something."""

    kind: str
    url: str
    owner: str
    folder: Path
    server: PostgreSQL | None
    encrypts: bool

    def opened(self) -> Library:
        """Its library, by the keys in the folder."""
        known = settings.load(database=self.url, data_dir=self.folder).model_copy(update={"encryption": self.encrypts})
        return Library.open(known.database_url, vault=vault_of(known))

    def told(self, *words: str) -> str:
        """What a command says, on both ways out; raises where it fails."""
        environment = {**os.environ, "LEVELHEAD_ENCRYPTION": str(self.encrypts).lower()}
        environment["PATH"] = f"{self.server.bin}:{environment['PATH']}" if self.server else environment["PATH"]
        command = [sys.executable, "-c", COMMAND, *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"levelhead {words[0]} {words[1]} ended with {done.returncode}: {done.stderr}")
        return done.stdout + done.stderr

    @property
    def here(self) -> tuple[str, ...]:
        """The options that name it on a command line."""
        return ("--database", self.url, "--data-dir", str(self.folder))


@contextmanager
def there(kind: str, *, encrypts: bool) -> Iterator[There]:
    """An empty database of this kind."""
    with TemporaryDirectory(prefix="levelhead-erasure-") as name:
        folder = Path(name)
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'levelhead.db'}"
            yield There(kind, url, url, folder, None, encrypts)
            return
        server = PostgreSQL()
        try:
            database = server.ready()
            owner = server.owner(database)
            _search_as_it_is(owner)
            yield There(kind, server.application(database), owner, folder, server, encrypts)
        finally:
            server.remove()


def _search_as_it_is(owner: str) -> None:
    """Have PostgreSQL compress no value: a compressed word would be there and not be found."""
    with psycopg.connect(owner, autocommit=True) as superuser:
        for table in tables.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Text):
                    superuser.execute(f"ALTER TABLE {table.name} ALTER {column.name} SET STORAGE EXTERNAL".encode())


def plant(library: Library) -> UUID:
    """The customer, in every place; somebody else beside them."""
    books = library.of(library.first.id)
    desk = Desk(books, Bus(), models.load(), packs.load)
    for number in range(TALKS):
        anyio.run(_hear, desk, planted(_talk(number)))
        other = mr_doyle("Where is my kettle?", conversation=f"other-{number}", customer_ref="crm-2", customer="Okafor")
        anyio.run(_hear, desk, (other,))
        if number == 0:
            leave_everywhere(books, _talk(number))  # The destination that it adds is told of all the rest.
    found = Customers(books.shelf, books.vault).referred("crm-918273645")
    if found is None:
        raise RuntimeError("the customer was not planted")
    return found


def _talk(number: int) -> str:
    return f"call-{number}"


async def _hear(desk: Desk, turns: tuple[Turn, ...]) -> None:
    for turn in turns:
        await desk.hear(turn)


def in_files(at: There) -> Mapping[str, int]:
    """How often a planted word stands in the bytes of files, by place."""
    if at.server is None:
        return {
            "database file": _in(at.folder, lambda path: path.name == "levelhead.db"),
            "write-ahead log": _in(at.folder, lambda path: path.name.endswith("-wal")),
            "other files": _in(at.folder, lambda path: not path.name.startswith("levelhead.db")),
        }
    with psycopg.connect(at.owner, autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")  # What is still in memory is in no file.
    cluster = at.server.folder / "cluster"
    base, wal = cluster / "base", cluster / "pg_wal"
    return {
        "database file": _in(base),
        "write-ahead log": _in(wal),
        "other files": _in(at.folder) + _in(cluster, lambda path: not {base, wal} & {*path.parents}),
    }


def _in(folder: Path, which: Callable[[Path], bool] = lambda _: True) -> int:
    files = (path for path in folder.rglob("*") if path.is_file() and which(path))
    return sum(_words(path.read_bytes()) for path in files)


def _words(content: bytes) -> int:
    return sum(content.count(word.encode()) for word in PLANTED)


def in_rows(at: There) -> int:
    """How often a planted word stands in any row of any table, of any tenant."""
    engine = create_engine(at.owner.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            rows = (connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables.metadata.tables)
            return sum(_words(str(found).encode()) for found in rows)
    finally:
        engine.dispose()


def of_the_application(library: Library, customer: UUID) -> Mapping[str, int]:
    """What Levelhead itself still gives out or keeps of the customer."""
    books = library.of(library.first.id)
    talks = [_talk(number) for number in range(TALKS)]
    left = anything_left(books, talks, customer)
    return {
        "rows that name them": sum(count for table, count in left.items() if table not in STAYS),
        "search": sum(len(customers_with(books, word)) for word in PLANTED),
        "export": int(_exports(books, customer)),
    }


def _exports(books: Books, customer: UUID) -> bool:
    try:
        Erasure(books).export(customer)
    except Refused:
        return False
    return True


def readable(library: Library) -> int:
    """How many of the customer's conversations this library still gives back."""
    books, found = library.of(library.first.id), 0
    for number in range(TALKS):
        try:
            found += bool(books.timeline(_talk(number)))
        except KeyGone:
            continue
    return found


def restored(at: There, copy: Path) -> tuple[int, int]:
    """An older backup, put back elsewhere: planted words in its rows, and conversations that can be read."""
    with TemporaryDirectory(prefix="levelhead-restored-") as name:
        url = owner = f"sqlite:///{Path(name) / 'restored.db'}"
        options: tuple[str, ...] = ()
        if at.server:
            database = at.server.empty()
            url, owner = at.server.application(database), at.server.owner(database)
            options = ("--owner", owner)
        at.told("restore", str(copy), "--database", url, "--data-dir", str(at.folder), *options)
        elsewhere = There(at.kind, url, owner, at.folder, at.server, at.encrypts)
        known = settings.load(database=at.url, data_dir=at.folder).model_copy(update={"encryption": at.encrypts})
        with closing(Library.open(url, vault=vault_of(known))) as library:
            return in_rows(elsewhere), readable(library)
