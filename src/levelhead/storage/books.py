"""The books: every conversation as it was heard, by the number of its turns and by the order they came."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from levelhead.conversation import Advice, Card, Heard, Reading, Timeline, Turn
from levelhead.people.audit import Deed
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage import summaries, tables
from levelhead.storage.audit_notes import note
from levelhead.storage.columns import new_id
from levelhead.storage.customers import customer_of, hold, met, named
from levelhead.storage.database import Shelf
from levelhead.storage.holding import held_by
from levelhead.storage.records import Answered, CardAnswer, ConversationSummary, Kept
from levelhead.storage.stored import from_stored, to_stored
from levelhead.storage.vault import OPEN, Vault, Words

REMEMBERED = 512  # Conversations whose timeline stays in memory: about 100 kB each, so 50 MB at the most.


Write = Callable[[Connection], None]
"""Something else to be kept in the same transaction: the storage module that speaks its SQL makes it."""


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


_TURN, _READING, _ADVICE = insert(tables.turn), insert(tables.reading), insert(tables.advice)
_KEPT = (
    select(tables.turn.c.arrival, tables.turn.c.n, tables.turn.c.turn, tables.reading.c.reading, tables.advice.c.advice)
    .join(tables.reading)
    .join(tables.advice)
    .where(tables.turn.c.conversation == bindparam("conversation"))
)
_ANSWERS = (
    select(tables.card_answer)
    .where(tables.card_answer.c.conversation == bindparam("conversation"))
    .order_by(tables.card_answer.c.id)
)


class Book:
    """One conversation, open for the turn that is being heard. Nothing is written before `Books.turn_of` ends."""

    def __init__(self, conversation: str, kept: tuple[Kept, ...]) -> None:
        self.conversation = conversation
        self.kept = kept
        self.to_keep: list[Heard] = []
        self.to_write: list[Write] = []

    @property
    def timeline(self) -> Timeline:
        """The turns so far, in order of `n`; a card that was answered away shows nowhere."""
        return tuple(kept.heard for kept in self.kept)

    def keep(self, heard: Heard) -> None:
        """Have this written, in one transaction with all else that is kept of this turn."""
        self.to_keep.append(heard)

    def also(self, write: Write) -> None:
        """Have this written after the turns, in the same transaction; where no turn is kept, it is not written."""
        self.to_write.append(write)


class Books:
    """All conversations of one tenant. Safe to use from several threads; turns of one conversation must queue."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now, vault: Vault = OPEN) -> None:
        self.shelf = shelf
        self.vault = vault
        self._clock = clock
        self._timelines: OrderedDict[str, tuple[Kept, ...]] = OrderedDict()
        self._timelines_lock = Lock()

    @property
    def tenant(self) -> UUID:
        """Whose books these are."""
        return self.shelf.tenant

    @contextmanager
    def turn_of(self, conversation: str, team: UUID | None = None, holder: UUID | None = None) -> Iterator[Book]:
        """The conversation's book for one turn; what it was told to keep is on disk when this ends, or none of it.

        A conversation that is new belongs to `team`, and the person `holder` holds it.
        """
        book = Book(conversation, self._timeline(conversation))
        yield book
        if not book.to_keep:
            return
        # Only here and where a card is answered does memory learn of a conversation, both in its queue: a page that
        # reads while a turn is written, or while a conversation is removed, can never leave an old view behind.
        with self.shelf.writing() as connection:
            first = 1 + max((kept.arrival for kept in book.kept), default=0)
            arrived = tuple(Kept(first + place, heard) for place, heard in enumerate(book.to_keep))
            # Turns of the agent may come without the customer's name.
            names = (kept.heard.turn.customer for kept in reversed(book.kept))
            called = next(filter(None, names), None)
            for kept in arrived:
                self._write(connection, kept, team, called)
            if not book.kept:
                held_by(connection, conversation, holder)
            for write in book.to_write:
                write(connection)
        self._remember(conversation, in_order((*book.kept, *arrived)))

    def timeline(self, conversation: str) -> Timeline:
        """All turns of the conversation in order of `n`, as it stands now; empty when it is not known."""
        return tuple(kept.heard for kept in self._timeline(conversation))

    def at_hand(self, conversation: str) -> Timeline | None:
        """As `timeline`, where it takes no waiting; None where the database has to be asked."""
        with self._timelines_lock:
            known = self._timelines.get(conversation)
        return None if known is None else tuple(kept.heard for kept in known)

    def conversations(self, limit: int = 200, sight: Sight = EVERYTHING) -> tuple[ConversationSummary, ...]:
        """The conversations in sight at a glance, the one heard last first."""
        with self.shelf.reading() as connection:
            return summaries.latest(connection, limit, self.words_of, sight, self.at_hand)

    def arrivals(self, conversation: str) -> tuple[Kept, ...]:
        """The turns in the order they came, each with the advice exactly as it was given then."""
        with self.shelf.reading() as connection:
            return tuple(sorted(self._kept_turns(connection, conversation), key=lambda kept: kept.arrival))

    def conversation_ids(self) -> tuple[str, ...]:
        """Every conversation, in the order of their first turns."""
        conversation, first = tables.turn.c.conversation, func.min(tables.turn.c.heard_at)
        with self.shelf.reading() as connection:
            return tuple(connection.scalars(select(conversation).group_by(conversation).order_by(first, conversation)))

    def answer_card(
        self,
        conversation: str,
        card: str,
        answer: CardAnswer,
        also: Iterable[Write] = (),
        *,
        said_to: Card | None = None,
    ) -> Answered:
        """Keep what the agent said to a card; `not_now` and `wrong` take it off the screen for good.

        Where the card is given, the answer counts for its rule.
        """
        kept = self._timeline(conversation)
        answered = Answered(card, answer, self._clock(), max((turn.arrival for turn in kept), default=0))
        with self.shelf.writing() as connection:
            row = {"id": new_id(), "conversation": conversation, "card": card, "answer": answer.value}
            row |= {"answered_at": answered.at, "after": answered.after}
            row |= {"rule": said_to.rule, "kind": said_to.kind.value} if said_to else {}
            connection.execute(insert(tables.card_answer), row)
            # Not what the answer was: the audit is read by others than those whom live help serves.
            note(connection, Deed.CARD_ANSWERED, card, conversation=conversation, at=answered.at)
            for write in also:
                write(connection)
        if answer.takes_away:
            self._remember(conversation, without_cards(kept, {card}))
        return answered

    def card_answers(self, conversation: str) -> tuple[Answered, ...]:
        """What the agent said to the cards of this conversation, oldest first; the last one to a card stands."""
        with self.shelf.reading() as connection:
            return _answers(connection, conversation)

    def remove(self, conversations: Iterable[str], also: Iterable[Write] = ()) -> None:
        """Take these conversations out with all that hangs on them; only the audit remembers that they were."""
        gone = tuple(conversations)
        with self.shelf.writing() as connection:
            for conversation in gone:
                connection.execute(delete(tables.conversation).where(tables.conversation.c.id == conversation))
                note(connection, Deed.CONVERSATION_REMOVED, conversation=conversation, at=self._clock())
            for write in also:
                write(connection)
        self.forget(gone)

    def forget(self, conversations: Iterable[str]) -> None:
        """Have these conversations read from the database again: something else has changed them there."""
        with self._timelines_lock:
            for conversation in conversations:
                self._timelines.pop(conversation, None)

    def words_of(self, customer: UUID | None) -> Words:
        """Opens what is kept of this customer."""
        return self.vault.words_of(self.tenant, customer)

    def _kept_turns(self, connection: Connection, conversation: str) -> Iterator[Kept]:
        return _kept_turns(connection, conversation, self.words_of(customer_of(connection, conversation)))

    def _timeline(self, conversation: str) -> tuple[Kept, ...]:
        with self._timelines_lock:
            known = self._timelines.get(conversation)
        if known is not None:
            return known
        with self.shelf.reading() as connection:
            kept = in_order(self._kept_turns(connection, conversation))
            away = {answered.card for answered in _answers(connection, conversation) if answered.answer.takes_away}
        return without_cards(kept, away)

    def _remember(self, conversation: str, kept: tuple[Kept, ...]) -> None:
        with self._timelines_lock:
            self._timelines[conversation] = kept
            self._timelines.move_to_end(conversation)
            if len(self._timelines) > REMEMBERED:
                self._timelines.popitem(last=False)

    def _write(self, connection: Connection, kept: Kept, team: UUID | None, called: str | None) -> None:
        """Keep a turn; the customer's name is written where it is another than they were `called` before."""
        now, heard = self._clock(), kept.heard
        turn = heard.turn
        words, held = met(connection, self.vault, self.tenant, turn, now)
        name = turn.customer if turn.customer != called else None
        if name:
            named(connection, words, name)
        _write_conversation(connection, turn, words.keep(name, "name", turn.conversation) if name else None, team, now)
        if not held:
            hold(connection, turn.conversation, words)
        key = {"conversation": turn.conversation, "n": turn.n}
        row = {"arrival": kept.arrival, "source_id": turn.source_id, "heard_at": now}
        row |= {"turn": words.keep(to_stored(turn), "turn", *key.values())}
        connection.execute(_TURN, key | row)
        reading = words.keep(to_stored(heard.reading), "reading", *key.values())
        connection.execute(_READING, key | {"reading": reading, **_shown(heard.reading)})
        advice = words.keep(to_stored(heard.advice), "advice", *key.values())
        connection.execute(_ADVICE, key | {"advice": advice})
        note(connection, Deed.TURN_HEARD, turn.n, conversation=turn.conversation, at=now)


def without_cards(kept: tuple[Kept, ...], away: set[str]) -> tuple[Kept, ...]:
    """The same turns with these cards in front of nobody; that a card was once raised stays."""
    if not away:
        return kept
    return tuple(_without(turn, away) for turn in kept)


def _without(kept: Kept, away: set[str]) -> Kept:
    showing = kept.heard.advice.showing
    if showing is None or showing.id not in away:
        return kept
    return replace(kept, heard=replace(kept.heard, advice=replace(kept.heard.advice, showing=None)))


def in_order(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """By the number of the turn."""
    return tuple(sorted(kept, key=lambda turn: turn.heard.turn.n))


def _write_conversation(connection: Connection, turn: Turn, name: str | None, team: UUID | None, now: datetime) -> None:
    mine = tables.conversation.c.id == turn.conversation
    known = {"heard_at": now} | ({"customer": name} if name else {})
    if not connection.execute(update(tables.conversation).where(mine).values(known)).rowcount:
        row = {"id": turn.conversation, "team": team, "channel": turn.channel.value, "locale": turn.locale}
        connection.execute(insert(tables.conversation), row | {"customer": name, "heard_at": now})


def _shown(reading: Reading) -> dict[str, str | int | None]:
    shown = reading.of_customer
    return {"emotion": shown.emotion.value if shown else None, "intensity": shown.intensity if shown else None}


def _kept_turns(connection: Connection, conversation: str, words: Words) -> Iterator[Kept]:
    for row in connection.execute(_KEPT, {"conversation": conversation}):
        turn_text, reading_text, advice_text = (
            words.give(kept, name, conversation, row.n)
            for name, kept in (("turn", row.turn), ("reading", row.reading), ("advice", row.advice))
        )
        heard = Heard(
            from_stored(Turn, turn_text), from_stored(Reading, reading_text), from_stored(Advice, advice_text)
        )
        yield Kept(row.arrival, heard)


def _answers(connection: Connection, conversation: str) -> tuple[Answered, ...]:
    rows = connection.execute(_ANSWERS, {"conversation": conversation})
    return tuple(Answered(row.card, CardAnswer(row.answer), row.answered_at, row.after) for row in rows)
