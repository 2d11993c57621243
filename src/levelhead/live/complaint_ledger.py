"""The complaints of a tenant: what people and time do to one, each with its event in the transaction that does it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from secrets import choice
from typing import Final, TypeVar
from uuid import UUID

from levelhead.casework import complaint_steps as steps
from levelhead.casework.complaint import COMPLAINT, Complaint, ComplaintMove, ComplaintState, LetterKind, Sent
from levelhead.casework.complaint_clock import Due, clock_at, may_write
from levelhead.casework.complaint_letter import Written, letter_of
from levelhead.casework.complaint_rules import RuleSet
from levelhead.casework.complaint_steps import Stepped, Wanting, is_standing
from levelhead.casework.item import NO_REASON, Evidence, Item, Kind, Reason
from levelhead.casework.machine import NotPossible
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.quoting import cut
from levelhead.conversation import Speaker
from levelhead.live import events
from levelhead.live.packs_in_force import packs_of
from levelhead.storage.books import Books, Write
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.complaint_rules import ComplaintRules
from levelhead.storage.opening_hours import Opening
from levelhead.storage.refusals import Refused

LETTERS: Final = "CDFHJKMNPRTVWXY3479"
"""What codes are made of: nothing that is read or heard as something else, and no vowels, so no words."""
Made = TypeVar("Made")
Step = Callable[[ComplaintState, Complaint], Stepped]


class NotWhole(Refused):
    """Something is missing without which this may not be done; `fields` names all of it."""

    def __init__(self, fields: tuple[str, ...], why: str) -> None:
        super().__init__(why)
        self.fields = fields
        self.field = fields[0]


def new_code() -> str:
    """A code that a customer can name a complaint by: random, and nothing can be told from it."""
    first, last = ("".join(choice(LETTERS) for _ in range(4)) for _ in range(2))
    return f"{first}-{last}"


class Complaints:
    """One tenant's complaints. What is not possible as one stands raises NotNow, what lacks something NotWhole."""

    def __init__(self, cases: Cases, locale: str = "") -> None:
        """`locale` is the language that letters are written in, as far as the rules have them in it."""
        self._cases = cases
        self._locale = locale
        self._shelf = cases.shelf
        self._packs = packs_of(cases.shelf)

    def get(self, complaint: UUID) -> Item[Complaint]:
        """The complaint of this id. Raises UnknownItem, for another kind of casework too."""
        item = self._cases.get(complaint)
        if item.kind is not Kind.COMPLAINT:
            raise UnknownItem("There is no such complaint.")
        return item

    def of(self, conversation: str) -> Item[Complaint] | None:
        """The complaint of a conversation, proposed or more; None where there is none."""
        return next(iter(self._cases.of_conversation(conversation, Kind.COMPLAINT)), None)

    def chosen(self) -> tuple[RuleSet, ...]:
        """The rule sets that hold for the tenant, the one that is proposed first."""
        known = self._packs.complaints(self._locale)
        named = [known[name] for name in ComplaintRules(self._shelf).settled().sets if name in known]
        return tuple(named) or (next(iter(known.values())),)

    def rules_of(self, body: Complaint) -> RuleSet:
        """The rules that a complaint falls under; of one that is only proposed, those that it would."""
        return self._packs.complaints(self._locale).get(body.rules) or self.chosen()[0]

    def hours(self) -> OpeningHours:
        """The calendar that days are counted by."""
        return Opening(self._shelf).hours()

    def open(self, said: Evidence, said_at: datetime, team: UUID | None, owner: UUID | None) -> Item[Complaint]:
        """Open one that somebody has heard in these words, or say yes to what is proposed of their conversation."""
        known, conversation = self.of(said.conversation), said.conversation
        if known is not None:
            asked = known.state in (ComplaintState.PROPOSED, ComplaintState.NOT_ONE)
            return self.confirm(known.id, owner) if asked else known
        opening = self._cases.opening(
            Kind.COMPLAINT,
            conversation,
            Complaint(said, said_at),
            machine=COMPLAINT,
            move=ComplaintMove.PROPOSE,
            conversation=conversation,
            team=team,
            owner=owner,
            reason=Reason(evidence=(said,)),
        )
        self._cases.write(opening)
        return self.confirm(self._cases.keyed(Kind.COMPLAINT, conversation).id, owner)

    def heard_in(self, books: Books, conversation: str, team: UUID | None, by: UUID | None) -> Item[Complaint]:
        """Open one by what the customer has said last; raises NotNow where they have said nothing."""
        for heard in reversed(books.timeline(conversation)):
            turn = heard.turn
            if turn.speaker is Speaker.CUSTOMER:
                said = Evidence(conversation, turn.n, cut(turn.text))
                return self.open(said, turn.said_at or self._cases.now(), team, by)
        raise NotNow("The customer has said nothing yet that a complaint could rest on.")

    def confirm(self, complaint: UUID, by: UUID | None = None) -> Item[Complaint]:
        """Somebody says that it is one: its clock counts from the words, and it has a code from now on.

        Where nobody has to see to it yet, it is theirs.
        """
        rules = self.chosen()[0].name
        told = partial(self._opened, rules)
        step: Step = lambda state, body: steps.confirmed(state, body, rules, new_code())  # noqa: E731
        return self._step(complaint, step, told=told, by=by)

    def dismiss(self, complaint: UUID) -> Item[Complaint]:
        """Somebody says that it is none."""
        return self._step(complaint, steps.dismissed)

    def take_back(self, complaint: UUID) -> Item[Complaint]:
        """Take back what was answered last."""
        return self._step(complaint, steps.taken_back)

    def fall_under(self, complaint: UUID, rules: str) -> Item[Complaint]:
        """Have it fall under another of the rule sets that hold for the tenant."""
        if rules not in {one.name for one in self.chosen()}:
            raise NotWhole(("rules",), "Choose one of the rule sets that are settled for your organisation.")
        return self._step(complaint, lambda state, body: steps.falls_under(state, body, rules))

    def assess(self, complaint: UUID, why: str) -> Item[Complaint]:
        """Somebody has looked at how serious it is."""
        return self._step(complaint, steps.assessed, Reason(why.strip()))

    def investigate(self, complaint: UUID, findings: str, done: str) -> Item[Complaint]:
        """Somebody has looked into it."""
        return self._step(complaint, lambda state, body: steps.investigated(state, body, findings, done))

    def pause(self, complaint: UUID, why: str) -> Item[Complaint]:
        """We wait for the customer, where the rules allow it."""
        now, may = self._cases.now(), self.rules_of(self.get(complaint).body).may_pause
        step: Step = lambda state, body: steps.paused(state, body, now, why, allowed=may)  # noqa: E731
        return self._step(complaint, step, Reason(why.strip()))

    def resume(self, complaint: UUID) -> Item[Complaint]:
        """What we waited for has come."""
        now = self._cases.now()
        return self._step(complaint, lambda state, body: steps.resumed(state, body, now))

    def deadlock(self, complaint: UUID, why: str) -> Item[Complaint]:
        """The customer knows the outcome and does not accept it, and nobody means to look again."""
        now = self._cases.now()
        return self._step(complaint, lambda state, body: steps.deadlocked(state, body, now, why), Reason(why.strip()))

    def close(self, complaint: UUID, cause: str) -> Item[Complaint]:
        """It is over; what it came from is written down."""
        now = self._cases.now()
        return self._step(complaint, lambda state, body: steps.closed(state, body, now, cause), told=self._closed)

    def withdraw(self, complaint: UUID, words: str, cause: str) -> Item[Complaint]:
        """The customer has taken it back."""
        now = self._cases.now()
        step: Step = lambda state, body: steps.withdrawn(state, body, now, words, cause)  # noqa: E731
        return self._step(complaint, step, Reason(words.strip()), told=self._closed)

    def reopen(self, complaint: UUID) -> Item[Complaint]:
        """It turned out not to be over."""
        now = self._cases.now()
        told = partial(self._opened, "")
        return self._step(complaint, lambda state, body: steps.reopened(state, body, now), told=told)

    def letter(
        self, item: Item[Complaint], kind: LetterKind, told: Mapping[str, str], enclosed: tuple[str, ...] = ()
    ) -> Written:
        """The letter as it would go out now. Raises NotWhole with everything that is missing."""
        rules = self.rules_of(item.body)
        if kind in rules.letters and not may_write(kind, item.body, rules, self.hours(), self._cases.now()):
            raise NotNow("The time for a summary is over. Write a final response instead.")
        return _plainly(lambda: letter_of(kind, rules, told, enclosed))

    def sent(self, item: Item[Complaint], letter: Written, by: UUID, name: str) -> Item[Complaint]:
        """The letter has gone out by hand: it is kept word for word, with when and by whom."""
        if not is_standing(item.state):
            raise NotNow("A letter belongs to a complaint that is open. Say first that it is one.")
        gone = Sent(
            letter.kind, letter.title, letter.paragraphs, letter.pack, self._cases.now(), by, name
        )  # fmt: skip
        return self._step(item.id, lambda state, body: steps.wrote(state, body, gone))

    def by_time(self, item: Item[Complaint], move: ComplaintMove, due: Due) -> None:
        """What the clock does; whoever has to see to it, or their systems, are told."""
        name = due.limit.name
        step = steps.reminded if move is ComplaintMove.REMIND else steps.reached
        event = events.ComplaintDueSoon if move is ComplaintMove.REMIND else events.ComplaintLimitReached
        told = event(item.conversation or "", str(item.id), due.limit.duty, due.at.isoformat())
        self._step(
            item.id,
            lambda state, body: step(state, body, name),
            told=lambda _: self._told(told) if due.limit.binds else iter(()),
        )

    def _step(
        self,
        complaint: UUID,
        step: Step,
        reason: Reason = NO_REASON,
        *,
        told: Callable[[Item[Complaint]], Iterator[Write]] = lambda _: iter(()),
        by: UUID | None = None,
    ) -> Item[Complaint]:
        was = self.get(complaint)
        stepped = _plainly(lambda: step(ComplaintState(was.state), was.body))
        due = clock_at(stepped.body, self.rules_of(stepped.body), self.hours()) if is_standing(stepped.state) else None
        moving = self._cases.moving(
            complaint,
            COMPLAINT,
            ComplaintState,
            stepped.move,
            body=partial(_unless_changed, was.body, stepped.body),
            owner=was.owner or by,
            due_at=due,
            reason=reason,
        )
        self._cases.write(moving, *told(was))
        return self.get(complaint)

    def _opened(self, rules: str, item: Item[Complaint]) -> Iterator[Write]:
        named = rules or item.body.rules
        yield from self._told(events.ComplaintOpened(item.conversation or "", str(item.id), named))

    def _closed(self, item: Item[Complaint]) -> Iterator[Write]:
        binding = {limit.name for limit in self.rules_of(item.body).limits if limit.binds}
        in_time = binding.isdisjoint(item.body.reached)
        yield from self._told(events.ComplaintClosed(item.conversation or "", str(item.id), in_time))

    def _told(self, event: events.Event) -> Iterator[Write]:
        if event.conversation:
            yield events.written([event], self._cases.now())


def _unless_changed(seen: Complaint, new: Complaint, now: Complaint) -> Complaint:
    """What was made of a complaint that has changed meanwhile would take that change back."""
    if seen != now:
        raise NotNow("Somebody else has changed this complaint meanwhile. Look at it again.")
    return new


def _plainly(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except Wanting as missing:
        raise NotWhole(missing.fields, str(missing)) from None
    except NotPossible as why:
        raise NotNow(str(why)) from None
