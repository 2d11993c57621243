"""Notices: what a customer is told before a conversation is recorded, written down or read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from levelhead.privacy.consent import Purpose


@dataclass(frozen=True, slots=True)
class Notices:
    """The words of one locale. `told` is said at the start, `asked` asks for a yes or a no."""

    locale: str
    version: str
    told: Mapping[Purpose, str]
    asked: Mapping[Purpose, str]
    rights: str


class WrongNotices(ValueError):
    """A pack of notices that leaves something out."""


def parse_notices(text: str) -> Notices:
    """The notices of a pack. Raises WrongNotices naming what is missing."""
    found = tomllib.loads(text)
    try:
        told, asked = ({purpose: str(found[kind][purpose]) for purpose in Purpose} for kind in ("told", "asked"))
        return Notices(found["locale"], found["version"], told, asked, found["rights"])
    except KeyError as missing:
        raise WrongNotices(f"the notices leave out {missing}") from None
