"""Restrictions as they are proposed, decided, told, looked at again and ended; each kept with who did it and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from levelhead.casework import restriction as rules
from levelhead.casework.boundary import BoundaryState, evidence
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.item import Evidence, Item, Kind, Reason
from levelhead.casework.machine import NotPossible
from levelhead.casework.restriction import (
    IN_FORCE,
    RESTRICTION,
    WAITING,
    Appeal,
    Incomplete,
    Letter,
    Restriction,
    RestrictionMove,
    RestrictionState,
    Signed,
    Turned,
    Way,
)
from levelhead.casework.restriction_letter import letter_of
from levelhead.live import events
from levelhead.live.climbing import boundary_of
from levelhead.people.person import Person
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.refusals import Refused

Made = TypeVar("Made")


class NotComplete(Refused):
    """Something is missing without which a restriction may not be; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal says: everything that the customer will have to be told, and why."""

    way: Way
    meaning: str
    reason: str
    adjustments: str
    still: str
    appeal_to: str
    expires_at: datetime
    review_at: datetime


class Restrictions:
    """The restrictions of one tenant. Raises NotNow before its time, NotComplete where something is missing."""

    def __init__(self, books: Books, policy: Policy, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._cases = Cases(books, clock)
        self._policy = policy
        self._clock = clock

    def propose(self, conversation: str, asked: Asked, by: Person, team: UUID | None) -> Item[Restriction]:
        """Propose one for whose contact was ended in this conversation; nothing holds yet."""
        ended = boundary_of(self._cases, conversation)
        if ended is None or ended.state != BoundaryState.ENDED:
            raise NotNow("A restriction can be proposed once the contact was ended for abuse.")
        body = _made(asked, evidence(conversation, ended.body), self._signed(by))
        with_limits = _said_plainly(lambda: rules.proposed(body, self._policy.limits))
        key = f"{conversation}:{new_id()}"
        write = self._cases.opening(
            Kind.RESTRICTION,
            key,
            with_limits,
            machine=RESTRICTION,
            move=RestrictionMove.PROPOSE,
            conversation=conversation,
            team=team,
            owner=by.id,
            due_at=asked.expires_at,
            reason=Reason(asked.reason, body.evidence),
        )
        self._cases.write(write)
        known: Item[Restriction] = self._cases.keyed(Kind.RESTRICTION, key)
        return known

    def approve(self, item: UUID, by: Person) -> None:
        """Put a supervisor's name to it, who is not the one who proposed it."""
        self._turn(item, lambda state, body: rules.approved(state, body, self._signed(by)))

    def refuse(self, item: UUID, why: str) -> None:
        """Leave it at what it is."""
        self._turn(item, rules.refused, why)

    def take_back(self, item: UUID) -> None:
        """Take it back before anybody is told."""
        self._turn(item, rules.taken_back)

    def letter(self, item: UUID) -> Letter:
        """The letter as it went out, or as it would go out now. Raises NotComplete with what is missing."""
        known = self.one(item)
        return known.body.letter or _said_plainly(lambda: self._letter(known))

    def tell(self, item: UUID, by: Person) -> None:
        """Say that the letter has gone out; from now on it holds."""
        letter = _said_plainly(lambda: self._letter(self.one(item)))
        self._turn(item, lambda state, body: rules.told(state, body, letter, self._signed(by)))

    def review(self, item: UUID, by: Person, until: datetime, why: str) -> None:
        """Say that it is still needed, and when somebody looks again."""
        limits = self._policy.limits
        self._turn(item, lambda state, body: rules.reviewed(state, body, self._signed(by), until, limits), why)

    def lift(self, item: UUID, by: Person, why: str) -> None:
        """End it before its time; in answer to an appeal, `why` is what the customer is told."""
        self._turn(item, lambda state, body: rules.lifted(state, body, self._signed(by), why), why)

    def appeal(self, item: UUID, words: str) -> None:
        """Write down what the customer says against it."""
        appeal, within = Appeal(words.strip(), self._clock()), timedelta(days=self._policy.appeal_days)
        self._turn(item, lambda state, body: rules.appealed(state, body, appeal, within))

    def uphold(self, item: UUID, by: Person, answer: str) -> None:
        """Answer an appeal: it stays, and why."""
        self._turn(item, lambda state, body: rules.upheld(state, body, self._signed(by), answer), answer)

    def one(self, item: UUID) -> Item[Restriction]:
        """The restriction of this id. Raises UnknownItem."""
        known = self._cases.get(item)
        if known.kind is not Kind.RESTRICTION:
            raise UnknownItem("There is no restriction of this id.")
        return known

    def open(self, sight: Sight = EVERYTHING) -> tuple[Item[Restriction], ...]:
        """Those that wait for somebody or hold, what is due first at the top."""
        return self._cases.standing(Kind.RESTRICTION, {*WAITING, *IN_FORCE}, sight=sight)

    def over(self, sight: Sight = EVERYTHING) -> tuple[Item[Restriction], ...]:
        """Those that hold no more, or never did."""
        return self._cases.standing(Kind.RESTRICTION, set(RestrictionState) - {*WAITING, *IN_FORCE}, sight=sight)

    def holding_for(self, conversation: str) -> Item[Restriction] | None:
        """What holds at this moment for the customer of this conversation."""
        found = self._cases.of_same_customer(conversation, Kind.RESTRICTION)
        now = self._clock()
        return next((one for one in found if rules.holds(RestrictionState(one.state), one.body, now)), None)

    def holds(self, item: Item[Restriction]) -> bool:
        """Whether it holds at this moment."""
        return rules.holds(RestrictionState(item.state), item.body, self._clock())

    def due_to_end(self) -> tuple[Item[Restriction], ...]:
        """Those whose time is over and that nobody has ended yet."""
        now = self._clock()
        return tuple(item for item in self._cases.standing(Kind.RESTRICTION, _ENDS) if item.body.expires_at <= now)

    def end(self, item: UUID) -> None:
        """End one whose time is over."""
        self._turn(item, rules.expired)

    def _letter(self, known: Item[Restriction]) -> Letter:
        timeline = self._books.timeline(known.conversation) if known.conversation else ()
        name = next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), None)
        said_on = next((heard.turn.said_at for heard in reversed(timeline) if heard.turn.said_at), known.opened_at)
        customer = name or self._policy.nameless
        return letter_of(known.body, self._policy, customer=customer, said_on=said_on, now=self._clock())

    def _turn(self, item: UUID, step: Callable[[RestrictionState, Restriction], Turned], why: str = "") -> None:
        known = self.one(item)
        turned = _said_plainly(lambda: step(RestrictionState(known.state), known.body))
        self._cases.write(*self._turning(known, turned, Reason(why.strip(), known.body.evidence)))

    def _turning(self, known: Item[Restriction], turned: Turned, reason: Reason) -> Iterator[Write]:
        move = turned.move
        yield self._cases.moving(
            known.id, RESTRICTION, RestrictionState, move, reason=reason, body=turned.body, due_at=turned.due_at
        )
        if known.conversation is not None:
            yield self._told(known.conversation, str(known.id), turned.state, turned.body.expires_at)

    def _told(self, conversation: str, named: str, state: RestrictionState, ends: datetime) -> Write:
        told = events.RestrictionChanged(conversation, named, state, ends.isoformat())
        return events.written([told], self._clock())

    def _signed(self, by: Person) -> Signed:
        return Signed(by.id, by.shown_as, self._clock())


_ENDS = (RestrictionState.APPROVED, *IN_FORCE)


def _made(asked: Asked, words: tuple[Evidence, ...], by: Signed) -> Restriction:
    return Restriction(
        way=asked.way,
        meaning=asked.meaning.strip(),
        reason=asked.reason.strip(),
        adjustments=asked.adjustments.strip(),
        still=asked.still.strip(),
        appeal_to=asked.appeal_to.strip(),
        evidence=words,
        proposed=by,
        expires_at=asked.expires_at,
        review_at=asked.review_at,
    )


def _said_plainly(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except Incomplete as missing:
        raise NotComplete(missing.field, str(missing)) from None
    except NotPossible as why:
        raise NotNow(str(why)) from None
