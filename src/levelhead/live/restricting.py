"""Restrictions as they are proposed, decided, told, looked at again and ended; each kept with who did it and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from levelhead.casework import restriction as rules
from levelhead.casework.arrangement import Appeal, Letter, Signed
from levelhead.casework.boundary import BoundaryState, evidence
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.follow_up import WhyNot
from levelhead.casework.item import NO_REASON, Evidence, Item, Kind, Reason
from levelhead.casework.restriction import (
    IN_FORCE,
    RESTRICTION,
    WAITING,
    Restriction,
    RestrictionMove,
    RestrictionState,
    Way,
)
from levelhead.casework.restriction_letter import letter_of
from levelhead.live import events
from levelhead.live.arranging import Arrangements, said_plainly
from levelhead.live.climbing import boundary_of
from levelhead.live.not_asking import calling_off
from levelhead.people.person import Person
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import NotNow
from levelhead.storage.columns import new_id


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


class Restrictions(Arrangements[RestrictionState, RestrictionMove, Restriction]):
    """The restrictions of one tenant. Raises NotNow before its time, NotComplete where something is missing."""

    kind = Kind.RESTRICTION
    open_in = (*WAITING, *IN_FORCE)

    def __init__(self, books: Books, policy: Policy, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(books, RESTRICTION, RestrictionState, clock)
        self._policy = policy

    def propose(self, conversation: str, asked: Asked, by: Person, team: UUID | None) -> Item[Restriction]:
        """Propose one for whose contact was ended in this conversation; nothing holds yet."""
        ended = boundary_of(self._cases, conversation)
        if ended is None or ended.state != BoundaryState.ENDED:
            raise NotNow("A restriction can be proposed once the contact was ended for abuse.")
        body = _made(asked, evidence(conversation, ended.body), self._signed(by))
        with_limits = said_plainly(lambda: rules.proposed(body, self._policy.limits))
        key = f"{conversation}:{new_id()}"
        write = self._cases.opening(
            self.kind,
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
        known: Item[Restriction] = self._cases.keyed(self.kind, key)
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
        return known.body.letter or said_plainly(lambda: self._letter(known))

    def tell(self, item: UUID, by: Person) -> None:
        """Say that the letter has gone out; from now on it holds."""
        letter = said_plainly(lambda: self._letter(self.one(item)))
        self._turn(item, lambda state, body: rules.told(state, body, letter, self._signed(by)))
        known = self.one(item)
        self._cases.write(*calling_off(self._cases, known.customer, WhyNot.RESTRICTED, NO_REASON))

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

    def holding_for(self, conversation: str) -> Item[Restriction] | None:
        """What holds at this moment for the customer of this conversation."""
        found = self._cases.of_same_customer(conversation, self.kind)
        return next((one for one in found if self.holds(one)), None)

    def holds(self, item: Item[Restriction]) -> bool:
        """Whether it holds at this moment."""
        return rules.holds(RestrictionState(item.state), item.body, self._clock())

    def due_to_end(self) -> tuple[Item[Restriction], ...]:
        """Those whose time is over and that nobody has ended yet."""
        now = self._clock()
        return tuple(item for item in self._cases.standing(self.kind, _ENDS) if item.body.expires_at <= now)

    def end(self, item: UUID) -> None:
        """End one whose time is over."""
        self._turn(item, rules.expired)

    def _letter(self, known: Item[Restriction]) -> Letter:
        timeline = self._books.timeline(known.conversation) if known.conversation else ()
        name = next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), None)
        said_on = next((heard.turn.said_at for heard in reversed(timeline) if heard.turn.said_at), known.opened_at)
        customer = name or self._policy.nameless
        return letter_of(known.body, self._policy, customer=customer, said_on=said_on, now=self._clock())

    def _because(self, known: Item[Restriction], why: str) -> Reason:
        return Reason(why, known.body.evidence)

    def _told(self, known: Item[Restriction], turned: rules.Turn) -> Iterator[Write]:
        if known.conversation is not None:
            ends = turned.body.expires_at.isoformat()
            told = events.RestrictionChanged(known.conversation, str(known.id), turned.state, ends)
            yield events.written([told], self._clock())


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
