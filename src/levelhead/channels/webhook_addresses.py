"""Where a webhook may go: to addresses that anyone could reach, and to private ones only where a setting names them.

Whoever may add a destination could otherwise have this machine ask others that only it can reach, such as a cloud's
metadata at 169.254.169.254. What is checked is the address that is connected to, so a name that is looked up anew
between check and use gains nothing (DNS rebinding).
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import SOCK_STREAM
from typing import Final

import httpcore
from anyio import getaddrinfo

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_NAT64: Final = ip_network("64:ff9b::/96")
"""IPv4 inside IPv6 (RFC 6052): the last 32 bits are the address that is reached."""


class Forbidden(Exception):
    """An address that events may not go to; `str()` says which, and what would allow it."""


def check_allowed(address: Address, allowed: Iterable[Network]) -> None:
    """Raises Forbidden for an address that is not on the public internet, unless one of the networks holds it."""
    reached = _reached(address)
    if reached.is_global and not reached.is_multicast:
        return
    if not any(reached in network for network in allowed):
        raise Forbidden(f"{address} is a private address; LEVELHEAD_WEBHOOK_NETWORKS can allow it")


def is_private(address: Address) -> bool:
    """Whether it is reached without the public internet."""
    return not _reached(address).is_global


def _reached(address: Address) -> Address:
    """What is reached in the end, where one address stands for another."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to what a name stands for, once every address of it is allowed; `plain` to private ones only.

    Without TLS the events could be read and changed on their way, so that way has to be the operator's own.
    """

    def __init__(self, allowed: Iterable[Network], *, plain: bool) -> None:
        self._allowed = tuple(allowed)
        self._plain = plain
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that answers. Raises Forbidden, or what httpcore raises."""
        trouble: Exception = httpcore.ConnectError("the name has no address")
        for address in await self._checked(host, port):
            try:
                return await self._network.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[Address]:
        try:
            found = await getaddrinfo(host, port, type=SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError("the name is not known") from error
        addresses = [ip_address(place[4][0]) for place in found]
        for address in addresses:
            check_allowed(address, self._allowed)
            if self._plain and not is_private(address):
                raise Forbidden(f"{address} is on the public internet, and events go there over https only")
        return addresses
