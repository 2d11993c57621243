"""Requests for a remedy above somebody's authority, as a supervisor answers them and as time does."""

from uuid import UUID

from levelhead.casework import remedy as rules
from levelhead.casework.arrangement import Signed
from levelhead.casework.item import Item, Kind
from levelhead.casework.remedy import Answer, Purse, Remedied, RemedyState
from levelhead.live.packs_in_force import packs_of
from levelhead.live.remedying import clean, said_plainly, turning
from levelhead.people.person import Person
from levelhead.people.sight import Sight
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.database import Shelf
from levelhead.storage.granting import Granting


class Approving:
    """Requests as a supervisor answers them, and as time does."""

    def __init__(self, books: Books, cases: Cases) -> None:
        self._books = books
        self._cases = cases

    @property
    def shelf(self) -> Shelf:
        """The tenant's rows."""
        return self._books.shelf

    def waiting(self, sight: Sight) -> tuple[Item[Remedied], ...]:
        """What waits for an answer in conversations in sight, what is over soonest first."""
        return self._cases.standing(Kind.REMEDY, [RemedyState.REQUESTED], sight=sight)

    def one(self, item: UUID) -> Item[Remedied]:
        """The remedy of this id. Raises UnknownItem."""
        known = self._cases.get(item)
        if known.kind is not Kind.REMEDY:
            raise UnknownItem("There is no remedy of this id.")
        return known

    def answer(self, item: UUID, by: Person, *, approved: bool, words: str = "") -> None:
        """Say yes or no to what was asked for; it goes back to whoever asked. Raises NotNow."""
        known = self.one(item)
        pack, now = packs_of(self.shelf).remedies(known.body.locale), self._cases.now()
        limits = pack.limits.get(by.role)
        if limits is None:
            raise NotNow("Your role grants nothing.")
        given = Granting(self._books).given(known.conversation or "", pack.currency.code, now - pack.month)
        answer = Answer(Signed(by.id, by.shown_as, now), approved, clean(words))
        turned = said_plainly(
            lambda: rules.answered(RemedyState(known.state), known.body, answer, Purse(limits, given))
        )
        self._cases.write(*turning(self._cases, known, turned, answer.words, _asker(known)))

    def lapse(self, item: UUID) -> None:
        """Give it back to whoever asked, as nobody has answered in time. Raises NotNow before that."""
        known = self.one(item)
        turned = said_plainly(lambda: rules.lapsed(RemedyState(known.state), known.body, self._cases.now()))
        self._cases.write(*turning(self._cases, known, turned, owner=_asker(known)))


def _asker(item: Item[Remedied]) -> UUID | None:
    return item.body.request.by.person if item.body.request else item.owner
