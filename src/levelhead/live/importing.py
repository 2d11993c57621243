"""Past conversations of another system: read as if they had been heard here, and kept as what is over.

Nothing follows from them: no card, no event, no promise in the ledger. A conversation is kept whole or not at all, and
one that is here already is left as it is.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from levelhead.advising.pack import Pack
from levelhead.casework.note import Outcome
from levelhead.conversation import Advice, Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live.engine import said, said_after
from levelhead.live.hearing import NOT_AGREED, OFF, make_of, set_down
from levelhead.people.audit import Deed
from levelhead.privacy.consent import NOT_KEPT, without_words
from levelhead.privacy.sealed import Said
from levelhead.storage import sealed
from levelhead.storage.audit_notes import noted
from levelhead.storage.books import Books, utc_now
from levelhead.storage.consents import Consents
from levelhead.storage.database import Shelf
from levelhead.storage.history import ending
from levelhead.storage.refusals import Refused
from levelhead.storage.teams import Teams

IMPORTED = "This conversation was over when it was imported."


class HereAlready(Refused):
    """A conversation of this id is here with other words."""


class Found(StrEnum):
    """What importing something comes to."""

    NEW = "new"
    KNOWN = "known"


class Importing:
    """Takes past conversations into the books of one tenant."""

    def __init__(
        self,
        books: Books,
        reader: Reader | None,
        pack_for: Callable[[str], Pack],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._books = books
        self._reader = reader
        self._pack_for = pack_for
        self._clock = clock

    def look(self, turns: Sequence[Turn]) -> Found:
        """What `keep` would come to; nothing is written. Raises HereAlready."""
        kept = self._books.timeline(turns[0].conversation)
        if not kept:
            return Found.NEW
        if len(kept) != len(turns) or not all(_is_same(turn, kept, place) for place, turn in enumerate(turns)):
            raise HereAlready(f"The conversation {turns[0].conversation!r} is here already, with other turns.")
        return Found.KNOWN

    def keep(self, turns: Sequence[Turn], ended: Outcome, team: UUID | None) -> Found:
        """Keep a conversation, its turns in order of `n`, all of which know their moment. Raises HereAlready."""
        if self.look(turns) is Found.KNOWN:
            return Found.KNOWN
        name = turns[0].conversation
        last = max(turn.said_at.astimezone(UTC) for turn in turns if turn.said_at)
        # Heard when it was said: it must not stand among what is going on now.
        books = Books(self._books.shelf, lambda: min(last, self._clock()), self._books.vault)
        with books.turn_of(name, team) as book:
            timeline: Timeline = ()
            for turn in turns:
                clean, heard = self._heard(turn, timeline, reads=_reads(books.shelf, team))
                timeline = (*timeline, heard)
                book.keep(heard)
                book.also(sealed.written(books, clean))
            book.also(ending(name, ended, self._clock()))
            book.also(noted(Deed.CUSTOMERS_IMPORTED, "conversation", conversation=name))
        return Found.NEW

    def _heard(self, turn: Turn, timeline: Timeline, *, reads: bool) -> tuple[Said, Heard]:
        clean = said_after(turn, timeline)
        gate = Consents(self._books.shelf).gate(turn.conversation)
        if not gate.keeps_words:
            heard = set_down(without_words(clean.turn), NOT_AGREED)
            return Said(heard.turn), heard
        if not (gate.reads and reads):
            return clean, set_down(clean.turn, OFF if gate.reads else NOT_AGREED)
        made = make_of(clean.turn, timeline, reader=self._reader, pack=self._pack_for(turn.locale))
        return clean, Heard(made.turn, made.reading, Advice(made.advice.steps, quiet_because=IMPORTED))


def _reads(shelf: Shelf, team: UUID | None) -> bool:
    return team is None or Teams(shelf).rollout(team).reads


def _is_same(turn: Turn, kept: Timeline, place: int) -> bool:
    """Whether `turn` would have been kept as the one at this place; masks depend on the turns before."""
    known, before = kept[place].turn, [heard.turn for heard in kept[:place]]
    same = (turn.n, turn.speaker) == (known.n, known.speaker)
    return same and known.text in (said(turn, before).turn.text, NOT_KEPT)
