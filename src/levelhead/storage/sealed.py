"""What is kept sealed: values that a turn has placeholders for, given out one at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from levelhead.privacy.kinds import SealedKind, hint
from levelhead.privacy.sealed import Said, Sealed, for_search, seal
from levelhead.storage import tables
from levelhead.storage.books import Books, Write
from levelhead.storage.customers import customer_of
from levelhead.storage.refusals import Refused
from levelhead.storage.vault import Words


class NothingSealed(Refused):
    """Nothing is sealed at this place, or not any more."""


@dataclass(frozen=True, slots=True)
class SealedFact:
    """A value without the value: where its placeholder stands, and a hint that tells it from another."""

    conversation: str
    n: int
    place: int
    kind: SealedKind
    hint: str


class SealedFacts:
    """What is sealed in the conversations of one tenant."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def of(self, conversation: str) -> tuple[SealedFact, ...]:
        """Everything sealed in this conversation, in order, with hints such as "…123" for whoever may read it."""
        with self._books.shelf.reading() as connection:
            return tuple(
                SealedFact(conversation, n, place, kind, hint(kind, value))
                for (n, place), (kind, value) in values_of(connection, self._books, conversation).items()
            )

    def reveal(self, conversation: str, n: int, place: int) -> str:
        """The value behind one placeholder. Raises NothingSealed, or KeyGone where the customer was erased.

        Whoever calls this has asked for the permission (`see_sealed`), and has the look audited.
        """
        sealed = tables.sealed.c
        with self._books.shelf.reading() as connection:
            query = select(sealed.value).where(
                sealed.conversation == conversation, sealed.n == n, sealed.place == place
            )
            kept = connection.scalar(query)
            if kept is None:
                raise NothingSealed("Nothing is sealed there, or it was removed since.")
            words = self._books.words_of(customer_of(connection, conversation))
            return words.give(kept, "sealed", conversation, n, place)

    def with_value(self, value: str, locale: str = "en-GB") -> tuple[str, ...]:
        """The conversations in which this very phone number, e-mail address or account was given, however written."""
        tokens = [self._books.vault.token(self._books.tenant, form) for form in _forms(value, locale)]
        sealed = tables.sealed.c
        with self._books.shelf.reading() as connection:
            found = select(sealed.conversation).where(sealed.token.in_(tokens)).distinct()
            return tuple(connection.scalars(found.order_by(sealed.conversation)))


def written(books: Books, said: Said) -> Write:
    """Keeps what was taken out of a turn, in the transaction that keeps the turn."""

    def write(connection: Connection) -> None:
        if said.sealed:
            words = books.words_of(customer_of(connection, said.turn.conversation))
            connection.execute(insert(tables.sealed), [_row(books, words, said, one) for one in said.sealed])

    return write


def values_of(
    connection: Connection, books: Books, conversation: str
) -> Mapping[tuple[int, int], tuple[SealedKind, str]]:
    """Every value sealed in a conversation, by turn and place: for an export to the customer, and for hints."""
    words = books.words_of(customer_of(connection, conversation))
    sealed = tables.sealed.c
    rows = connection.execute(
        select(tables.sealed).where(sealed.conversation == conversation).order_by(sealed.n, sealed.place)
    )
    return {
        (row.n, row.place): (SealedKind(row.kind), words.give(row.value, "sealed", conversation, row.n, row.place))
        for row in rows
    }


def _row(books: Books, words: Words, said: Said, one: Sealed) -> dict[str, str | int]:
    turn = said.turn
    return {
        "conversation": turn.conversation,
        "n": turn.n,
        "place": one.place,
        "kind": one.kind.value,
        "value": words.keep(one.value, "sealed", turn.conversation, turn.n, one.place),
        "token": books.vault.token(books.tenant, for_search(one.kind, one.value)),
    }


def _forms(value: str, locale: str) -> Sequence[str]:
    """What the value would be searched for as: what it is found to be, else each kind in turn."""
    _, found = seal(value, locale)
    if found:
        return [for_search(one.kind, one.value) for one in found]
    return [for_search(kind, value) for kind in SealedKind]
