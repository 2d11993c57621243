"""Editing packs: a draft is read by the parsers of the desk before it is kept, and counts once it is put into force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from levelhead import packs
from levelhead.casework.edition import BUILT_IN, Edition, draft, in_force
from levelhead.packs.checking import check
from levelhead.storage.books import utc_now
from levelhead.storage.database import Shelf
from levelhead.storage.editions import Editions
from levelhead.storage.refusals import Refused

MOST_WHY: Final = 200


class NothingChanged(Refused):
    """The text is the one that is in force already."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pack stands: every edition, the newest first, which one is in force, and the draft that waits.

    `newest` is the number that whoever edits has seen: an edit goes through only while it is the newest.
    """

    pack: str
    editions: tuple[Edition, ...]

    @property
    def in_force(self) -> Edition | None:
        """The edition in force; None where the pack that comes with Levelhead is."""
        return in_force(self.editions)

    @property
    def draft(self) -> Edition | None:
        """The draft that waits."""
        return draft(self.editions)

    @property
    def number(self) -> int:
        """The number in force."""
        return self.in_force.number if self.in_force else BUILT_IN

    @property
    def edited(self) -> int:
        """The number whose text is edited next: the draft's, or else what is in force."""
        return self.draft.number if self.draft else self.number

    @property
    def newest(self) -> int:
        """The highest number."""
        return self.editions[0].number if self.editions else BUILT_IN


class Editing:
    """The packs of one tenant, to be edited. Waits on the database and on the core, so use a thread."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self.editions = Editions(shelf, clock)

    def standing(self, pack: str) -> Standing:
        """Where a pack stands now."""
        return Standing(pack, self.editions.of(pack))

    def text(self, pack: str, number: int) -> str:
        """The text of an edition; 0 is the pack that comes with Levelhead. Raises UnknownEdition."""
        return packs.text_of(pack) if number == BUILT_IN else self._kept(pack, number)

    def write(self, pack: str, text: str, why: str, after: int) -> Edition:
        """Keep a new draft. Raises NotUsable, NothingChanged, or Overtaken where `after` is not the newest number."""
        text = _plain(text)
        check(pack, text)
        known = self.standing(pack)
        if text == self.text(pack, known.number):
            raise NothingChanged("Nothing is different from what is in force.")
        return self.editions.write(pack, text, _short(why), after)

    def put_in_force(self, pack: str, number: int) -> Edition:
        """Have a draft count from the next turn on. Raises NotUsable, UnknownEdition, or Overtaken."""
        check(pack, self.text(pack, number))
        return self.editions.put_in_force(pack, number)

    def set_aside(self, pack: str, number: int) -> Edition:
        """Give a draft up. Raises UnknownEdition, or Overtaken."""
        return self.editions.set_aside(pack, number)

    def go_back(self, pack: str, number: int, why: str, after: int) -> Edition:
        """A new edition, in force at once, with the text of this one. Raises as `write` does."""
        text = self.text(pack, number)
        check(pack, text)
        if number == self.standing(pack).number:
            raise NothingChanged("That edition is in force already.")
        return self.editions.go_back(pack, number, text, _short(why), after)

    def _kept(self, pack: str, number: int) -> str:
        return self.editions.text_of(self.editions.numbered(pack, number).id)


def _plain(text: str) -> str:
    """With the line ends of any text file, and one at its end."""
    return text.replace("\r\n", "\n").rstrip() + "\n"


def _short(why: str) -> str:
    return " ".join(why.split())[:MOST_WHY]
