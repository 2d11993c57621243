"""Serves the pages and the API from one process, until it is told to stop."""

import socket
from contextlib import closing
from pathlib import Path

import uvicorn

from levelhead import settings as known
from levelhead.cli.output import say
from levelhead.live import log
from levelhead.live.entrance import Entrance
from levelhead.live.welcome import first_link
from levelhead.people.audit_actor import HOUSE, act_as
from levelhead.settings import Settings
from levelhead.storage.audit_key import signing_key
from levelhead.storage.library import Library
from levelhead.storage.refusals import Refused
from levelhead.web.app import create_app

FAILED, UNUSABLE = 1, 2
KEEP_ALIVE_S = 75
"""Longer than callers keep an idle connection: one that we close first may just be taking their next turn."""


def serve(*, host: str | None, port: int | None, data_dir: Path | None, database: str | None, demo: bool | None) -> int:
    """Serve until stopped. Whatever keeps it from starting is said in one sentence, with a status of 1 or 2."""
    try:
        settings = known.load(host=host, port=port, data_dir=data_dir, database=database, demo=demo)
    except known.WrongSetting as wrong:
        say(str(wrong))
        return UNUSABLE
    log.set_up(settings.log_level)
    act_as(HOUSE)
    try:
        # Opened once before there is a server, so that a refusal is a sentence and not a trace.
        signing_key(settings.data_dir, settings.audit_key)
        with closing(Library.open(settings.database_url)) as library:
            first = None if settings.demo else first_link(Entrance(library))
        listening = bound(settings)
    except Refused as refused:
        say(str(refused))
        return FAILED
    except OSError as error:
        say(f"Cannot listen on {settings.host} port {settings.port} ({error.strerror}). Choose another with --port.")
        return FAILED
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=settings.stop_within_s,
        timeout_keep_alive=KEEP_ALIVE_S,
        lifespan="on",
    )
    server = _Server(config, first, settings.public_url)
    with listening:
        server.run(sockets=[listening])
    return 0 if server.started else FAILED


class _Server(uvicorn.Server):
    """Says where it is once pages can be opened, and, where there is no admin yet, how to become one."""

    def __init__(self, config: uvicorn.Config, first: str | None, public_url: str | None) -> None:
        super().__init__(config)
        self._first = first
        self._public_url = public_url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            where = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            say(f"Levelhead is at {where} (Ctrl+C stops it)")
            if self._first:
                link = f"{self._public_url or where}{self._first}"
                say(f"Nobody can sign in yet. Become the first admin, once and within 24 hours: {link}")


def bound(settings: Settings) -> socket.socket:
    """The socket to listen on. Raises OSError where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.create_server((settings.host, settings.port), family=family)
    # Connections inherit it: without it the second piece of an answer waits 40 ms for word that the first has come.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
