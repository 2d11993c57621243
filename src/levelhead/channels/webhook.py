"""Webhooks: brings an event to an address over HTTP, once, without following anything or waiting long."""

import ssl
from collections.abc import Callable, Iterable
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpcore
from anyio import move_on_after

from levelhead import __version__
from levelhead.channels.webhook_addresses import CheckedNetwork, Forbidden, Network, check_allowed, is_private
from levelhead.channels.webhook_envelope import body_of, headers_of
from levelhead.live.outbox import Parcel
from levelhead.live.outbox_schedule import Answer
from levelhead.storage.books import utc_now
from levelhead.storage.refusals import Refused

TIMEOUT_S = 10.0
"""For all of one attempt: a receiver ought to take an event and work on it later (Standard Webhooks: 15 to 30 s)."""
MOST_ANSWER = 16_384
"""Bytes of an answer that are read, so that the connection can be used again; nothing in them is of use to us."""
AT_ONCE = 32
_TIMEOUTS = {"timeout": {"connect": TIMEOUT_S, "read": TIMEOUT_S, "write": TIMEOUT_S, "pool": TIMEOUT_S}}


class NotAnAddress(Refused):
    """Events cannot be sent there; `str()` says why and what would do."""


class Webhooks:
    """Carries parcels; an open one has to be closed."""

    def __init__(self, allowed: Iterable[Network] = (), clock: Callable[[], datetime] = utc_now) -> None:
        trusted = ssl.create_default_context()
        networks = tuple(allowed)
        self._clock = clock
        self._pools = {
            "https": httpcore.AsyncConnectionPool(
                trusted, max_connections=AT_ONCE, network_backend=CheckedNetwork(networks, plain=False)
            ),
            "http": httpcore.AsyncConnectionPool(
                max_connections=AT_ONCE, network_backend=CheckedNetwork(networks, plain=True)
            ),
        }

    async def __call__(self, parcel: Parcel) -> Answer:
        """One attempt; whatever goes wrong is in the answer, in words that hold nothing of the event."""
        body = body_of(parcel)
        headers = headers_of(parcel, body, self._clock()) | {"user-agent": f"Levelhead/{__version__}"}
        try:
            with move_on_after(TIMEOUT_S):
                return await self._post(parcel.url, headers, body)
            return Answer(None, f"did not answer within {TIMEOUT_S:.0f} seconds")
        except Forbidden as forbidden:
            return Answer(None, f"was not asked: {forbidden}")
        except httpcore.TimeoutException:
            return Answer(None, f"did not answer within {TIMEOUT_S:.0f} seconds")
        except (httpcore.NetworkError, ssl.SSLError, OSError) as error:
            return Answer(None, f"cannot be reached ({type(error).__name__})")
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            return Answer(None, f"does not speak HTTP as agreed ({type(error).__name__})")

    async def close(self) -> None:
        """Let go of every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        pool, sent = self._pools[urlsplit(url).scheme], list(headers.items())
        async with pool.stream("POST", url, headers=sent, content=body, extensions=_TIMEOUTS) as answer:
            read = 0
            async for some in answer.aiter_stream():
                read += len(some)
                if read > MOST_ANSWER:
                    break
        asked = {name.lower(): value for name, value in answer.headers}.get(b"retry-after")
        return Answer(answer.status, _trouble(answer.status), _seconds(asked))


def check_address(url: str, allowed: Iterable[Network] = ()) -> None:
    """Raises NotAnAddress for what could never be sent to; a name is looked up only when something is sent."""
    try:
        there = urlsplit(url)
        host, _port = there.hostname, there.port
    except ValueError as error:
        raise NotAnAddress(f"url: not an address ({error}); write it as https://host/path.") from error
    if there.scheme not in {"http", "https"} or not host:
        raise NotAnAddress("url: an address begins with https:// and names a host.")
    if there.username or there.password or there.fragment:
        raise NotAnAddress("url: leave out name, password and #fragment; every event is signed with a secret instead.")
    if not url.isascii() or any(character.isspace() for character in url):
        raise NotAnAddress("url: only ASCII without spaces; write other characters percent-encoded.")
    try:
        address = ip_address(host)
    except ValueError:
        return
    try:
        check_allowed(address, allowed)
    except Forbidden as forbidden:
        raise NotAnAddress(f"url: {forbidden}.") from forbidden
    if there.scheme == "http" and not is_private(address):
        raise NotAnAddress("url: events go over https to the public internet.")


def _trouble(status: int) -> str | None:
    if Answer(status).arrived:
        return None
    return f"answered {status}" + (", and no redirect is followed" if status // 100 == 3 else "")  # noqa: PLR2004


def _seconds(asked: bytes | None) -> float | None:
    """The wait that was asked for in seconds; a date is left to our own pauses."""
    return float(asked) if asked and asked.isdigit() else None
