"""The packs that a tenant works with: asked for at each turn and page, so that an edition counts everywhere at once.

What an advice was given under stands in its label (`en-GB 2026.1/3`: edition 3); with it the pack of that day is found
again, whatever has been put into force since.
"""

import re
from collections.abc import Callable
from typing import Final

from levelhead.advising.pack import Pack
from levelhead.packs import Packs, cards, numbered
from levelhead.storage.database import Shelf
from levelhead.storage.editions import Editions, UnknownEdition

_EDITION: Final = re.compile(r"^\S+ [^\s/]+/([0-9]+)\b")


def packs_of(shelf: Shelf) -> Packs:
    """The packs of the tenant whose shelf this is, each as it is in force whenever it is asked for."""
    return Packs(Editions(shelf))


class PacksThen:
    """The packs of cards that past advices name. One that is gone, or was never edited, is today's built-in one."""

    def __init__(self, shelf: Shelf, built_in: Callable[[str], Pack]) -> None:
        self._editions = Editions(shelf)
        self._built_in = built_in
        self._known: dict[tuple[str, int], Pack] = {}

    def named(self, label: str, locale: str) -> Pack:
        """The pack of this locale that an advice names."""
        found, today = _EDITION.match(label), self._built_in(locale)
        if found is None:
            return today
        key = (today.name, int(found[1]))
        if key not in self._known:
            self._known[key] = self._edition(*key) or today
        return self._known[key]

    def _edition(self, name: str, number: int) -> Pack | None:
        try:
            text = self._editions.text_of(self._editions.numbered(name, number).id)
        except UnknownEdition:
            return None
        return numbered(cards(text), number)
