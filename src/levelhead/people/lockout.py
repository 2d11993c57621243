"""How long somebody has to wait after tries to sign in that failed: longer with every one, and never for ever.

Counted for the name that was typed, whether there is one or not, so that waiting tells nothing; and for the address it
came from, more patiently, since a whole office may share one.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

_DOUBLINGS = 20  # 2 ** 20 times the first wait is above every limit below; more would only make large numbers.
_NETWORK_BITS = 64  # An IPv6 customer gets a network of this size, and may take any address in it.


class Counted(StrEnum):
    """What failures are counted for."""

    NAME = "name"
    ADDRESS = "address"
    BROWSER = "browser"
    """A name in a browser that it signed in with before: what others do with the name holds nobody up there."""
    CHANGE = "change"
    """The old password, asked of somebody who is signed in."""


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; then the wait begins at `first` and doubles up to `most`.

    One failure is forgiven for every `recovery` that passes without another.
    """

    free: int
    first: timedelta
    most: timedelta
    recovery: timedelta


_WITH_A_NAME: Final = Patience(5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=1))
PATIENCE: Final = {
    Counted.NAME: _WITH_A_NAME,
    Counted.ADDRESS: Patience(30, timedelta(seconds=15), timedelta(minutes=15), timedelta(minutes=5)),
    Counted.BROWSER: _WITH_A_NAME,
    Counted.CHANGE: _WITH_A_NAME,
}
"""For one name that is 5 guesses and then about 100 a day; with common passwords refused, not worth a guesser's time.
An office that mistypes 288 times a day, evenly, never waits."""


@dataclass(frozen=True, slots=True)
class Failures:
    """Tries that failed and are not forgiven, as they stood at the last one (UTC)."""

    count: int
    last_at: datetime

    def left(self, kind: Counted, now: datetime) -> int:
        """How many are not forgiven yet."""
        return max(0, self.count - (now - self.last_at) // PATIENCE[kind].recovery)

    def again(self, kind: Counted, now: datetime) -> "Failures":
        """With one more."""
        return Failures(self.left(kind, now) + 1, now)

    def wait(self, kind: Counted, now: datetime) -> timedelta:
        """How long from `now` until the next try is taken; zero when it is taken at once."""
        patience = PATIENCE[kind]
        if self.left(kind, now) < patience.free:
            return timedelta(0)
        doubled: timedelta = patience.first * (1 << min(self.count - patience.free, _DOUBLINGS))
        return max(timedelta(0), self.last_at + min(doubled, patience.most) - now)


def network_of(address: str) -> str:
    """What is counted together with this address: itself, or the network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _NETWORK_BITS), strict=False))
    return str(found)
