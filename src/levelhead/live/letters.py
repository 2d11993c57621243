"""What the post works with: a letter with its address in hand, and whoever brings it away, once."""

from dataclasses import dataclass
from typing import Protocol

from levelhead.casework.mail import Attempt


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A mail as it leaves. Its address and words are in memory alone; `name` is the same however often it is tried."""

    name: str
    to: str
    subject: str
    text: str

    def __repr__(self) -> str:
        """Without address and words, for logs and traces."""
        return f"Letter({self.name})"


class Bring(Protocol):
    """Brings a letter to the mail server, once, within much less than `casework.mail.LEASE`; it raises nothing."""

    def __call__(self, letter: Letter, /) -> Attempt:
        """What came of it."""
