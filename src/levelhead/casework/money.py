"""Money as whole minor units and an ISO currency: no fraction, no rounding that somebody could lose by."""

import re
from dataclasses import dataclass
from typing import Final

from levelhead.conversation.dates import amount, thousands

LARGEST: Final = 10**9
"""In minor units: more than any remedy, and far from what a number could lose digits over."""
_AMOUNT: Final = re.compile(
    r"(?P<sign>[^0-9]*?)\s*(?P<major>[0-9]{1,8})(?:\.(?P<minor>[0-9]{1,2}))?\s*(?P<after>[^0-9]*)"
)
# "4,99" and "4.99" are one amount: one or two digits behind a sign are the small change. Between thousands stands the
# sign that the language puts there, and nothing else: "4.999" is no amount in pounds.
_CHANGE: Final = re.compile(r"[.,](?=[0-9]{1,2}(?![0-9.,]))")


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code, the sign of it, how many digits come after the point, and in which language it is written."""

    code: str
    sign: str
    digits: int = 2
    locale: str = "en-GB"

    def written(self, minor: int) -> str:
        """An amount as it is said to a customer: "£30", "£4.99", "4,99 €"."""
        major, rest = divmod(minor, 10**self.digits)
        change = f"{rest:0{self.digits}d}" if rest else ""
        return amount(major, change, self.sign, self.locale)

    def read(self, text: str) -> int | None:
        """The minor units of "£4.99", "4,99 €" or "30"; None where it is no amount of this currency."""
        found = _AMOUNT.fullmatch(_CHANGE.sub(".", _together(text.strip(), thousands(self.locale))))
        if found is None or {found["sign"].strip(), found["after"].strip()} - {"", self.sign, self.code}:
            return None
        after = found["minor"] or ""
        if len(after) > self.digits:
            return None
        minor = int(found["major"]) * 10**self.digits + int(after.ljust(self.digits, "0") or "0")
        return minor if minor <= LARGEST else None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: `minor` are pence, cents and so on; `currency` is the ISO 4217 code."""

    minor: int
    currency: str


def share_of(minor: int, percent: int) -> int:
    """That many hundredths of an amount; half a penny goes to the customer."""
    return (minor * percent + 50) // 100


def _together(text: str, sign: str) -> str:
    return re.sub(rf"{re.escape(sign)}(?=[0-9]{{3}}(?![0-9]))", "", text)
