"""Follow-ups: what a person does to one, from its words to the answer, each with its event in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from levelhead.casework.follow_up import (
    ANSWER_WITHIN,
    FOLLOW_UP,
    LONGEST,
    MOST_WORDS,
    Answered,
    FollowUp,
    FollowUpMove,
    FollowUpState,
    Occasion,
    Told,
    Way,
    WhyNot,
    reopened,
    worded,
)
from levelhead.casework.item import NO_REASON, Item, Kind, Reason
from levelhead.casework.mail import Address, Mail, Of
from levelhead.live.not_asking import FOR_GOOD, called_off, calling_off, told, why_not
from levelhead.live.posting import laid_out
from levelhead.people.person import Whose
from levelhead.privacy.redact import redact
from levelhead.privacy.sealed import seal
from levelhead.storage.books import Write
from levelhead.storage.cases import SAME, Cases, NotNow, Same, UnknownItem
from levelhead.storage.columns import new_id
from levelhead.storage.customers import customer_of
from levelhead.storage.opening_hours import Opening
from levelhead.storage.refusals import Refused

FURTHEST: Final = timedelta(days=366)
Change = Callable[[FollowUp], FollowUp]


class NotThen(Refused):
    """A time that cannot be when a customer is asked."""


class NotAsked(Refused):
    """This customer is asked nothing; the text says why."""


class FollowUps:
    """One tenant's follow-ups. What the state of one does not allow raises NotNow, and nothing is changed."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def get(self, follow_up: UUID) -> Item[FollowUp]:
        """The follow-up of this id. Raises UnknownItem, for another kind of casework too."""
        item = self._cases.get(follow_up)
        if item.kind is not Kind.FOLLOW_UP:
            raise UnknownItem("There is no such follow-up.")
        return item

    def plan(self, conversation: str, whose: Whose, way: Way, owner: UUID | None, due: datetime | None = None) -> UUID:
        """Plan one by hand; without a time for the next open hour. Its id. Raises NotAsked or NotThen."""
        with self._cases.shelf.reading() as connection:
            customer = customer_of(connection, conversation)
        if customer is None:
            raise UnknownItem("Nobody knows whose follow-up this would be.")
        self._check_may_ask(customer)
        key = f"{conversation}:{new_id()}"
        body = FollowUp(way, Occasion.BY_HAND)
        write = self._opening(key, body, conversation, customer, whose.team, owner, self._when(due))
        return self._cases.open(Kind.FOLLOW_UP, key, write).id

    def word(self, follow_up: UUID, way: Way, subject: str, text: str) -> Item[FollowUp]:
        """Settle how it is asked and in which words; no words have it drafted again."""
        kept, named = written(text), _subject(subject)
        return self._moved(follow_up, FollowUpMove.WORD, lambda body: worded(replace(body, way=way), named, kept))

    def send(self, follow_up: UUID, to: Address, subject: str, text: str) -> Item[FollowUp]:
        """Have the post bring these words away. Raises NotAsked, or NotNow where there are no words."""
        item = self.get(follow_up)
        self._check_may_ask(item.customer)
        kept, named = written(text), _subject(subject)
        if not kept or not named:
            raise NotNow("A mail needs a subject and a text.")

        def leaving(body: FollowUp) -> FollowUp:
            return replace(worded(body, named, kept), way=Way.MAIL, to=to, trouble="")

        mail = Mail(Of.FOLLOW_UP, item.id, to, named, kept)
        beside = laid_out(self._cases, f"follow_up:{item.id}:{new_id()}", mail, item)
        return self._moved(follow_up, FollowUpMove.SEND, leaving, beside, due_at=None)

    def tell(self, follow_up: UUID, by: UUID | None, subject: str = "", text: str = "") -> Item[FollowUp]:
        """Say that it was asked: a mail went out by hand, or a call was made and the answer is to come."""
        now = self._cases.now()
        kept, named = written(text), _subject(subject)

        def asked(body: FollowUp) -> FollowUp:
            return replace(worded(body, named, kept) if kept else body, told=Told(now, by), trouble="")

        return self._moved(follow_up, FollowUpMove.TELL, asked, due_at=self._when(None, now + ANSWER_WITHIN))

    def answer(self, follow_up: UUID, by: UUID, *, worked: bool, words: str = "") -> Item[FollowUp]:
        """Write down what the customer says. What did not work is due at once: it goes on, or nothing ends."""
        now = self._cases.now()
        said = Answered(worked, now, by, clean(words, MOST_WORDS))
        move = FollowUpMove.SAY_WORKED if worked else FollowUpMove.SAY_NOT

        def answered(body: FollowUp) -> FollowUp:
            return replace(body, answer=said, told=body.told or Told(now, by))

        return self._moved(follow_up, move, answered, due_at=None if worked else now, reason=Reason(said.words))

    def give_up(self, follow_up: UUID) -> Item[FollowUp]:
        """Say that no answer came."""
        return self._moved(follow_up, FollowUpMove.GIVE_UP, due_at=None)

    def go_on(self, follow_up: UUID, owner: UUID | None, way: Way, due: datetime | None = None) -> Item[FollowUp]:
        """After what did not work: a new task, of this person or of the team. The answer is the new one."""
        was, key = self.get(follow_up), f"{follow_up}:{new_id()}"
        body = FollowUp(way, Occasion.NOT_WORKED, instead_of=was.id)
        opening = self._opening(key, body, was.conversation, was.customer, was.team, owner, self._when(due))
        self._moved(follow_up, FollowUpMove.GO_ON, None, opening, due_at=None)
        return self._cases.keyed(Kind.FOLLOW_UP, key)

    def call_off(self, follow_up: UUID, why: WhyNot, words: str = "") -> Item[FollowUp]:
        """Say that nobody has to ask; a reason that is about the person calls off all else that would be asked of them.

        What did not work is called off for such a reason alone.
        """
        item, reason = self.get(follow_up), Reason(clean(words, MOST_WORDS))
        if item.state == FollowUpState.NOT_WORKED and why is WhyNot.NOT_NEEDED:
            raise NotNow("It did not work, so it does not just end: let it go on, in your hands or somebody else's.")
        writes = [*called_off(self._cases, item, why, reason)]
        if why in FOR_GOOD:
            writes += calling_off(self._cases, item.customer, why, reason, but=(item.id,))
        self._cases.write(*writes)
        return self.get(follow_up)

    def reopen(self, follow_up: UUID) -> Item[FollowUp]:
        """Take back what was answered or called off; what was called off with it stays so."""
        return self._moved(follow_up, FollowUpMove.REOPEN, reopened, due_at=self._cases.now())

    def _check_may_ask(self, customer: UUID) -> None:
        why = why_not(self._cases, customer)
        if why is not None:
            raise NotAsked(f"This customer is asked nothing: {why.replace('_', ' ')}.")

    def _when(self, due: datetime | None, else_at: datetime | None = None) -> datetime:
        now = self._cases.now()
        if due is None:
            return Opening(self._cases.shelf).hours().opens_after(else_at or now)
        if not now <= due <= now + FURTHEST:
            raise NotThen("A follow-up is due at a time that is still to come, within a year.")
        return due

    def _opening(
        self,
        key: str,
        body: FollowUp,
        conversation: str | None,
        customer: UUID,
        team: UUID | None,
        owner: UUID | None,
        due: datetime,
    ) -> Write:
        return self._cases.opening(
            Kind.FOLLOW_UP,
            key,
            body,
            machine=FOLLOW_UP,
            move=FollowUpMove.PLAN,
            conversation=conversation,
            customer=customer,
            team=team,
            owner=owner,
            due_at=due,
        )

    def _moved(
        self,
        follow_up: UUID,
        move: FollowUpMove,
        body: Change | None = None,
        *beside: Write,
        due_at: datetime | Same | None = SAME,
        reason: Reason = NO_REASON,
    ) -> Item[FollowUp]:
        self._cases.write(*moving(self._cases, self.get(follow_up), move, body, due_at, reason), *beside)
        return self.get(follow_up)


def moving(
    cases: Cases,
    item: Item[Any],
    move: FollowUpMove,
    body: Change | None = None,
    due_at: datetime | Same | None = SAME,
    reason: Reason = NO_REASON,
) -> Iterator[Write]:
    """Writes a move of a follow-up, and tells the outside of all but its words."""
    yield cases.moving(item.id, FOLLOW_UP, FollowUpState, move, body=body or SAME, due_at=due_at, reason=reason)
    if (FollowUpState(item.state), move) in FOLLOW_UP.table and move is not FollowUpMove.WORD:
        yield told(cases, item, FOLLOW_UP.after(FollowUpState(item.state), move))


def written(text: str) -> str:
    """Words to a customer, without secrets. A number to ring stays: it is what they are to read."""
    return redact(_lines(text)).text[:LONGEST].strip()


def _subject(text: str) -> str:
    return redact(" ".join(text.split())).text[:_LONGEST_SUBJECT]


def clean(words: str, most: int) -> str:
    """What somebody typed, without secrets, placeholders for what is kept sealed; lines stay lines."""
    return seal(redact(_lines(words)).text)[0][:most].strip()


def _lines(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.strip().splitlines())


_LONGEST_SUBJECT: Final = 150
