"""The desk: where a turn is heard, from its arrival to the card. Read this first.

A turn is redacted, read, advised on and kept in one transaction, with what the outside is to be told of it
(`events.py`); only then does whoever watches hear of it, and only then does `hear` return, so what was acknowledged is
on disk. Turns of one conversation queue up in the order they came; turns of different conversations do not wait for
each other.

- **Duplicate**: the same `source_id`, or the same number with the same words from the same speaker. What was made of
  it the first time is returned; nothing is written and nobody is told again.
- **Taken**: the same number with other words or another speaker is refused (TurnTaken).
- **Late**: a free number below the highest kept is kept and read against the turns before it, without a card.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

from anyio import CancelScope, CapacityLimiter, Lock, to_thread

from levelhead.advising.overlay import overlaid
from levelhead.advising.pack import Pack
from levelhead.conversation import DraftCheck, Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live import drafts, events
from levelhead.live.bus import Bus, CardAnswered, ConversationChanged, ConversationRemoved, TurnHeard
from levelhead.live.engine import said, said_after
from levelhead.live.following import Happened, followed
from levelhead.live.hearing import NOT_AGREED, OFF, make_of, set_down
from levelhead.live.packs_in_force import packs_of
from levelhead.people.person import Whose
from levelhead.people.team import Rollout
from levelhead.privacy.consent import NOT_KEPT, Gate, without_words
from levelhead.privacy.redact import redact
from levelhead.privacy.sealed import Said
from levelhead.storage import outbox, sealed
from levelhead.storage.books import Book, Books, utc_now
from levelhead.storage.cases import Cases
from levelhead.storage.consents import Consents
from levelhead.storage.holding import Holding
from levelhead.storage.muting import Muting
from levelhead.storage.objections import Objections
from levelhead.storage.records import Answered, CardAnswer, Kept
from levelhead.storage.refusals import CannotKeep, Refused
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams

__all__ = ["CannotKeep", "CardAnswer", "Desk", "NotATurn", "Refused", "TurnTaken", "UnknownCard"]

AT_ONCE = 3  # Turns in work at once: reading keeps a core busy for milliseconds, more threads would only share it.
Done = TypeVar("Done")
LAST_NUMBER = 2**31 - 1  # What an integer column holds in any database.


class TurnTaken(Refused):
    """The number of this turn belongs to another one."""


class UnknownCard(Refused):
    """There is no such card in this conversation."""


class NotATurn(Refused):
    """A number or a text that no database can hold."""


class Desk:
    """Hears turns, checks drafts and takes answers to cards, for any number of conversations at once."""

    def __init__(self, books: Books, bus: Bus, reader: Reader | None, pack_for: Callable[[str], Pack]) -> None:
        self.books = books
        self.bus = bus
        self.reader = reader
        self.pack_for = pack_for
        self.packs = packs_of(books.shelf)
        self.cases = Cases(books)
        self._queues: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self._at_once = CapacityLimiter(AT_ONCE)

    async def hear(self, turn: Turn, whose: Whose | None = None) -> Heard:
        """Hear a turn; when this returns it is on disk. Raises TurnTaken, NotATurn or CannotKeep, nothing written.

        A conversation that is new is `whose`. Of a team where Levelhead is off, nothing is read.
        """
        async with self._queue_of(turn.conversation):
            kept = await to_thread.run_sync(self._hear, turn, whose, limiter=self._at_once)
            if kept.new:
                self.bus.publish(TurnHeard(turn.conversation, kept.heard, kept.late))
        return kept.heard

    async def check(self, conversation: str, draft: str) -> DraftCheck:
        """What an unsent reply had better say otherwise; spans are in the redacted draft, and nothing is kept."""
        return await to_thread.run_sync(self._check, conversation, draft, limiter=self._at_once)

    async def answer(self, conversation: str, card_id: str, answer: CardAnswer) -> None:
        """Keep what the agent said to a card; `not_now` and `wrong` close it. Raises UnknownCard or CannotKeep."""
        async with self._queue_of(conversation):
            answered = await to_thread.run_sync(self._answer, conversation, card_id, answer, limiter=self._at_once)
            self.bus.publish(CardAnswered(conversation, answered))

    async def change(self, conversation: str, change: Callable[[], Done]) -> Done:
        """Change something beside its turns, such as consent or a label, between two turns; whoever watches hears."""
        async with self._queue_of(conversation):
            done = await to_thread.run_sync(change, limiter=self._at_once)
            self.bus.publish(ConversationChanged(conversation))
        return done

    async def remove(self, conversation: str) -> None:
        """Take a conversation out of the books for good."""
        async with self._queue_of(conversation):
            gone = (outbox.removed([conversation], utc_now()),)
            await to_thread.run_sync(self.books.remove, (conversation,), gone, limiter=self._at_once)
            self.bus.publish(ConversationRemoved(conversation))

    @asynccontextmanager
    async def _queue_of(self, conversation: str) -> AsyncIterator[None]:
        # The dictionary holds a queue only as long as somebody stands in it.
        queue = self._queues.setdefault(conversation, Lock())
        async with queue:
            # A caller who gives up now must not part the telling from the keeping.
            with CancelScope(shield=True):
                yield

    def _hear(self, turn: Turn, whose: Whose | None) -> "_Kept":
        _check_fits(turn)
        team, holder = (whose.team, whose.owner) if whose else (None, None)
        # The moment ends before the book is written: whatever the turn is read by was so at once.
        with self.books.turn_of(turn.conversation, team, holder) as book, self.books.shelf.at_one_moment():
            rollout = self._rollout(team)
            known = _already_heard(turn, book)
            if known:
                return _Kept(known, new=False, late=False)
            clean = said_after(turn, book.timeline)
            pack = self._pack(turn.locale, team)
            gate = Consents(self.books.shelf).gate(turn.conversation)
            heard = self._made_of(clean, book, gate, pack, reads=rollout.reads)
            late = bool(book.kept) and book.kept[-1].heard.turn.n > turn.n
            book.keep(heard)
            book.also(sealed.written(self.books, clean if heard.turn is clean.turn else Said(heard.turn)))
            if rollout.shows:
                before = self._put_right(turn.conversation, book.timeline)
                for write in followed(Happened(heard, before, team, holder, pack), self.cases):
                    book.also(write)
            told = events.of_turn(heard, first=not book.kept, late=late, shows=rollout.shows)
            told = self._unless_muted(heard, told)
            book.also(events.written(told, utc_now()))
        return _Kept(heard, new=True, late=late)

    def _pack(self, locale: str, team: UUID | None) -> Pack:
        """The pack with what the team has settled about its cards (`advising/overlay.py`)."""
        return overlaid(self.pack_for(locale), Teaching(self.books.shelf, self.cases.now).in_force(team))

    def _made_of(self, clean: Said, book: Book, gate: Gate, pack: Pack, *, reads: bool) -> Heard:
        if not gate.keeps_words:
            return set_down(without_words(clean.turn), NOT_AGREED)
        if not (gate.reads and reads):
            return set_down(clean.turn, OFF if gate.reads else NOT_AGREED)
        timeline = self._put_right(book.conversation, book.timeline)
        return make_of(clean.turn, timeline, reader=self.reader, pack=pack)

    def _check(self, conversation: str, draft: str) -> DraftCheck:
        timeline = self._put_right(conversation, self.books.timeline(conversation))
        return drafts.check(redact(draft).text, timeline, self.reader, self.pack_for)

    def _put_right(self, conversation: str, timeline: Timeline) -> Timeline:
        """Nothing new leans on a label that the customer disputes."""
        return Objections(self.books.shelf).shown(conversation, timeline) if timeline else timeline

    def _answer(self, conversation: str, card_id: str, answer: CardAnswer) -> Answered:
        cards = {
            heard.advice.card.id: heard.advice.card for heard in self.books.timeline(conversation) if heard.advice.card
        }
        if card_id not in cards:
            raise UnknownCard("There is no such card in this conversation.")
        whose = Holding(self.books.shelf).whose(conversation)
        shows = self._rollout(whose.team if whose else None).shows
        told = [events.CardAnswered(conversation, card_id, answer)] if shows else []
        return self.books.answer_card(
            conversation, card_id, answer, [events.written(told, utc_now())], said_to=cards[card_id]
        )

    def _unless_muted(self, heard: Heard, told: Iterable[events.Event]) -> Iterator[events.Event]:
        """Without the card where cards are muted: nobody is told of one that the agent is not shown."""
        card = heard.advice.card
        hides = card is not None and not card.safety and Muting(self.books.shelf).is_muted(heard.turn.conversation)
        return (event for event in told if not (hides and isinstance(event, events.CardShown)))

    def _rollout(self, team: UUID | None) -> Rollout:
        return Rollout.ON if team is None else Teams(self.books.shelf).rollout(team)


class _Kept(NamedTuple):
    heard: Heard
    new: bool
    late: bool


def _check_fits(turn: Turn) -> None:
    if not 0 <= turn.n <= LAST_NUMBER:
        raise NotATurn(f"A turn number is between 0 and {LAST_NUMBER}, not {turn.n}.")
    for words in (turn.conversation, turn.text, turn.customer, turn.source_id):
        try:
            (words or "").encode()
        except UnicodeEncodeError as error:
            raise NotATurn("The turn holds half a character (a lone surrogate), which is no text.") from error


def _already_heard(turn: Turn, book: Book) -> Heard | None:
    if turn.source_id is not None:
        for kept in book.kept:
            if kept.heard.turn.source_id == turn.source_id:
                return kept.heard
    taken = next((kept for kept in book.kept if kept.heard.turn.n == turn.n), None)
    if taken is None:
        return None
    if _same_words(turn, taken, book):
        return taken.heard
    raise TurnTaken(f"Turn {turn.n} of this conversation is already there with other words.")


def _same_words(turn: Turn, taken: Kept, book: Book) -> bool:
    """Whether `turn` would have been kept as `taken` was; masks depend on the turns that had come by then."""
    before = [kept.heard.turn for kept in book.kept if kept.arrival < taken.arrival and kept.heard.turn.n < turn.n]
    known = taken.heard.turn
    return turn.speaker is known.speaker and known.text in (said(turn, before).turn.text, NOT_KEPT)
