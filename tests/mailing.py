"""A real SMTP server for tests, in a thread of its own: it keeps what it was given, or refuses as it is told to."""

import ssl
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "levelhead", "kettles and rain"


@dataclass
class Post:
    """Where the server is, what came, and how it is to behave from now on."""

    port: int = 0
    came: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    rcpt: str = "250 OK"
    data: str = "250 OK"
    hangs_up: bool = False

    def behave(self, *, rcpt: str = "250 OK", data: str = "250 OK", hangs_up: bool = False) -> None:
        """Answer like this from now on, with nothing come yet."""
        self.came.clear()
        self.to.clear()
        self.rcpt, self.data, self.hangs_up = rcpt, data, hangs_up

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: object) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.came.append(message)
            self.to.extend(envelope.rcpt_tos)
        if self.hangs_up and server.transport:
            server.transport.close()
        return self.data


class _AnyPort(Controller):
    """At a port that is free: the library would knock at port 0."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def posting(tls: ssl.SSLContext | None = None) -> Iterator[Post]:
    """A server on this machine; with a certificate it wants STARTTLS and a name and password."""
    post = Post()
    known: dict[str, Any] = {"require_starttls": True, "auth_required": True, "authenticator": _lets_in} if tls else {}
    controller = _AnyPort(post, hostname="127.0.0.1", port=0, tls_context=tls, **known)
    controller.start()
    try:
        post.port = controller.port
        yield post
    finally:
        controller.stop()


def _lets_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
