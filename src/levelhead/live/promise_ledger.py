"""The ledger of promises: what people and time do to one, each with its event in the transaction that does it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from levelhead.casework.follow_up import Occasion
from levelhead.casework.item import NO_REASON, Item, Kind, Reason
from levelhead.casework.promise import OPEN, PROMISE, Promised, PromiseMove, PromiseState
from levelhead.casework.promise_words import by_then
from levelhead.casework.standing_in import reminder
from levelhead.live import events
from levelhead.live.follow_up_planning import After, follow_ups_after
from levelhead.people.team import Rollout
from levelhead.storage.books import Write
from levelhead.storage.cases import SAME, Cases, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.opening_hours import Absences
from levelhead.storage.refusals import Refused
from levelhead.storage.teams import Teams

LONGEST: Final = timedelta(days=731)
"""Nobody is promised anything for later."""


class NotThen(Refused):
    """A time that is over where it has to come, or to come where it has to be over."""


class Ledger:
    """One tenant's promises. Whatever is not possible as a promise stands raises NotNow, and nothing is changed."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def get(self, promise: UUID) -> Item[Promised]:
        """The promise of this id. Raises UnknownItem, for another kind of casework too."""
        item = self._cases.get(promise)
        if item.kind is not Kind.PROMISE:
            raise UnknownItem("There is no such promise.")
        return item

    def confirm(self, promise: UUID, due: datetime | None = None) -> Item[Promised]:
        """Somebody has looked at it and agrees; with a time, that is when it is due, and its clock begins anew."""
        self._check(due)
        if due is None:
            return self._moved(promise, PromiseMove.CONFIRM, confirmed=True)
        return self._moved(promise, PromiseMove.GIVE_TIME, due_at=due, confirmed=True, needs_time=False)

    def keep(self, promise: UUID, at: datetime | None = None, why: str = "") -> Item[Promised]:
        """It was kept, now or then; what looked like keeping is the evidence."""
        item, kept_at = self.get(promise), at or self._cases.now()
        if kept_at > self._cases.now():
            raise NotThen("Nothing is kept at a time that is still to come.")
        in_time = by_then(item, kept_at)
        reason = Reason(why, (item.body.sign,) if item.body.sign else ())
        told = [*self._told(item, events.PromiseKept(item.conversation or "", str(item.id), in_time))]
        if item.conversation is not None:
            then = After(item.conversation, Occasion.PROMISE, item.id, item.body.cause)
            told += follow_ups_after(self._cases, then)
        return self._moved(promise, PromiseMove.KEEP, reason, *told, confirmed=True, kept_at=kept_at)

    def withdraw(self, promise: UUID, why: str = "") -> Item[Promised]:
        """It was none, or it is needed no longer."""
        return self._moved(promise, PromiseMove.WITHDRAW, Reason(why))

    def supersede(self, promise: UUID, due: datetime, why: str = "") -> Item[Promised]:
        """The customer has been told another time: a new promise comes in the place of this one, which it is."""
        self._check(due)
        was, key = self.get(promise), f"{promise}:{new_id()}"
        body = replace(was.body, confirmed=True, needs_time=False, instead_of=was.id, sign=None, due_text="")
        opening = self._cases.opening(
            Kind.PROMISE,
            key,
            body,
            machine=PROMISE,
            move=PromiseMove.MAKE,
            conversation=was.conversation,
            customer=was.customer,
            team=was.team,
            owner=was.owner,
            due_at=due,
            reason=Reason(why),
        )
        self._cases.write(self._move(promise, PromiseMove.SUPERSEDE, Reason(why)), opening)
        return self._cases.keyed(Kind.PROMISE, key)

    def reopen(self, promise: UUID) -> Item[Promised]:
        """Take back that it was kept, withdrawn or superseded; what came in its place goes."""
        after = [
            self._move(item.id, PromiseMove.WITHDRAW)
            for item in self._beside(self.get(promise))
            if item.body.instead_of == promise and item.state in OPEN
        ]
        self._cases.write(self._move(promise, PromiseMove.REOPEN, kept_at=None), *after)
        return self.get(promise)

    def by_time(self, item: Item[Promised], move: PromiseMove) -> None:
        """What the clock does; whoever has to see to it, or their systems, are told."""
        self._cases.write(self._move(item.id, move), *self._told(item, self._of_time(item, move)))

    def _check(self, due: datetime | None) -> None:
        now = self._cases.now()
        if due is not None and not now < due <= now + LONGEST:
            raise NotThen("A promise needs a time that is still to come, within two years.")

    def _of_time(self, item: Item[Promised], move: PromiseMove) -> events.Event:
        conversation, due = item.conversation or "", item.due_at.isoformat() if item.due_at else ""
        if move is PromiseMove.BREAK:
            return events.PromiseBroken(conversation, str(item.id), due)
        state = PROMISE.after(PromiseState(item.state), move)
        now = self._cases.now()
        to = reminder(item.owner, state, Absences(self._cases.shelf, self._cases.now).now(), now)
        event = events.PromiseDueSoon if move is PromiseMove.REMIND else events.PromiseLate
        return event(conversation, str(item.id), due, to.whom, str(to.person) if to.person else None)

    def _told(self, item: Item[Promised], event: events.Event) -> Iterator[Write]:
        """The event, where the promise is of a conversation whose team is shown what is read."""
        rollout = Teams(self._cases.shelf).rollout(item.team) if item.team else Rollout.ON
        if item.conversation is not None and rollout.shows:
            yield events.written([event], self._cases.now())

    def _moved(
        self,
        promise: UUID,
        move: PromiseMove,
        reason: Reason = NO_REASON,
        *beside: Write,
        due_at: datetime | None = None,
        **body: Any,  # noqa: ANN401 - whatever of the body is to be another
    ) -> Item[Promised]:
        self._cases.write(self._move(promise, move, reason, due_at=due_at, **body), *beside)
        return self.get(promise)

    def _move(
        self,
        promise: UUID,
        move: PromiseMove,
        reason: Reason = NO_REASON,
        *,
        due_at: datetime | None = None,
        **body: Any,  # noqa: ANN401
    ) -> Write:
        return self._cases.moving(
            promise,
            PROMISE,
            PromiseState,
            move,
            reason=reason,
            body=lambda was: replace(was, **body),
            due_at=due_at or SAME,
        )

    def _beside(self, item: Item[Promised]) -> tuple[Item[Promised], ...]:
        if item.conversation is None:
            return self._cases.of_customer(item.customer, Kind.PROMISE)
        return self._cases.of_conversation(item.conversation, Kind.PROMISE)
