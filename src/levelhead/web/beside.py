"""What stands beside the turns of a conversation: what customers said about labels, and hints at what is sealed."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from levelhead.conversation import Heard, Timeline
from levelhead.privacy.kinds import placeholders_in
from levelhead.privacy.objections import Mark, feeling_is_disputed
from levelhead.storage.books import Books
from levelhead.storage.keyring import KeyGone
from levelhead.storage.muting import Muting
from levelhead.storage.objections import Objections
from levelhead.storage.sealed import SealedFacts


@dataclass(frozen=True, slots=True)
class Beside:
    """Marks by the number of the turn; hints by turn and place of the placeholder; whether cards are muted."""

    marks: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)
    hints: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    muted: bool = False

    def without_disputed(self, timeline: Timeline) -> Timeline:
        """The timeline with no feeling where the customer disputes it and named no other: "calm" would be a claim."""
        return tuple(_felt(heard, self.marks.get(heard.turn.n, ())) for heard in timeline)


NOTHING: Final = Beside()
_BARE: Final = "…"  # A hint that tells nothing; the placeholder alone says as much.


def beside(books: Books, conversation: str, timeline: Timeline) -> Beside:
    """What stands beside these turns; of a customer whose key is gone there are no hints."""
    hints: dict[int, dict[int, str]] = defaultdict(dict)
    if any(placeholders_in(heard.turn.text) for heard in timeline):
        with suppress(KeyGone):
            for fact in SealedFacts(books).of(conversation):
                hints[fact.n][fact.place] = "" if fact.hint == _BARE else fact.hint
    return Beside(Objections(books.shelf).of(conversation), hints, Muting(books.shelf).is_muted(conversation))


def _felt(heard: Heard, marks: tuple[Mark, ...]) -> Heard:
    if not feeling_is_disputed(marks):
        return heard
    return replace(heard, reading=replace(heard.reading, of_customer=None))
