"""What people and time do to an arrangement of any kind (a restriction, a plan): each with who did it and why."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from levelhead.casework.arrangement import Arrangement, Incomplete, Signed, Turned
from levelhead.casework.item import Item, Kind, Reason
from levelhead.casework.machine import Machine, NotPossible
from levelhead.people.person import Person
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.refusals import Refused

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Body = TypeVar("Body", bound=Arrangement)
Made = TypeVar("Made")


class NotComplete(Refused):
    """Something is missing without which it may not be; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class Arrangements(Generic[State, Move, Body]):
    """The arrangements of one kind and tenant. Raises NotNow before its time, NotComplete where something is missing.

    `open_in` are the states in which somebody has to see to one, or in which it holds.
    """

    kind: ClassVar[Kind]
    open_in: ClassVar[Collection[StrEnum]]

    def __init__(
        self,
        books: Books,
        machine: Machine[State, Move],
        states: type[State],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._books = books
        self._cases = Cases(books, clock)
        self._machine = machine
        self._states = states
        self._clock = clock

    @property
    def books(self) -> Books:
        """What they are kept in."""
        return self._books

    def now(self) -> datetime:
        """The moment by which they are looked at."""
        return self._clock()

    def one(self, item: UUID) -> Item[Body]:
        """The one of this id. Raises UnknownItem."""
        known = self._cases.get(item)
        if known.kind is not self.kind:
            raise UnknownItem(f"There is no {self.kind} of this id.")
        return known

    def open(self, sight: Sight = EVERYTHING) -> tuple[Item[Body], ...]:
        """Those that wait for somebody or hold, what is due first at the top."""
        return self._cases.standing(self.kind, self.open_in, sight=sight)

    def over(self, sight: Sight = EVERYTHING) -> tuple[Item[Body], ...]:
        """Those that hold no more, or never did."""
        return self._cases.standing(self.kind, set(self._states) - set(self.open_in), sight=sight)

    def _turn(self, item: UUID, step: Callable[[State, Body], Turned[State, Move, Body]], why: str = "") -> None:
        known = self.one(item)
        turned = said_plainly(lambda: step(self._states(known.state), known.body))
        self._cases.write(*self._turning(known, turned, self._because(known, why.strip())))

    def _turning(self, known: Item[Body], turned: Turned[State, Move, Body], reason: Reason) -> Iterator[Write]:
        yield self._cases.moving(
            known.id,
            self._machine,
            self._states,
            turned.move,
            reason=reason,
            body=turned.body,
            due_at=turned.due_at,
        )
        yield from self._told(known, turned)

    def _because(self, known: Item[Body], why: str) -> Reason:
        """Why it was done, as it is kept beside it."""
        return Reason(why)

    def _told(self, known: Item[Body], turned: Turned[State, Move, Body]) -> Iterator[Write]:
        """What the outside is told of it."""
        raise NotImplementedError

    def _signed(self, by: Person) -> Signed:
        return Signed(by.id, by.shown_as, self._clock())


def said_plainly(make: Callable[[], Made]) -> Made:
    """What it makes; what casework refuses is refused in the words of whoever asks. Raises NotComplete or NotNow."""
    try:
        return make()
    except Incomplete as missing:
        raise NotComplete(missing.field, str(missing)) from None
    except NotPossible as why:
        raise NotNow(str(why)) from None
